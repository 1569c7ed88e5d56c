import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load
from digests.summarize.engines import ENGINES
from digests.topics_file import read

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def example():
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line))


def test_the_example_names_every_setting_and_no_other():
    assert {name.lower() for name in example()} == set(Settings.model_fields)


def test_the_example_shows_the_defaults():
    assert load(_env_file=ROOT / ".env.example") == load(_env_file=None)


def test_the_example_of_topics_can_be_taken():
    assert {topic.slug for topic in read((ROOT / "topics.example.toml").read_text(encoding="utf-8")).topics}


def test_every_summarizer_can_be_chosen():
    for name in ENGINES:
        assert load(_env_file=None, summarizer=name).summarizer == name


def test_all_faults_are_told_at_once(monkeypatch):
    for name, value in {
        "TELEGRAM_BOT_TOKEN": "no token",
        "ADMIN_IDS": "1,me",
        "DEFAULT_TZ": "Mars/Olympus",
        "GATHER_INTERVAL": "often",
        "FETCH_ALLOW_PRIVATE": "10.0.0.0/8,not/a/network",
        "WEBHOOK_URL": "ftp://x",
        "LOG_LEVEL": "loud",
        "SUMMARIZER": "magic",
    }.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load(_env_file=None)
    named = [fault.partition(":")[0] for fault in caught.value.faults]
    assert set(named) == {
        "TELEGRAM_BOT_TOKEN",
        "ADMIN_IDS",
        "DEFAULT_TZ",
        "GATHER_INTERVAL",
        "FETCH_ALLOW_PRIVATE",
        "WEBHOOK_URL",
        "LOG_LEVEL",
        "SUMMARIZER",
    }


@pytest.mark.parametrize(("written", "span"), [("90", 90), ("90s", 90), ("15m", 900), ("2h", 7200), ("1d", 86400)])
def test_spans_are_written_with_their_unit(monkeypatch, written, span):
    monkeypatch.setenv("GATHER_INTERVAL", written)
    assert load(_env_file=None).gather_interval == timedelta(seconds=span)


def test_lists_are_comma_separated_and_empty_means_none(monkeypatch):
    monkeypatch.setenv("ADMIN_IDS", "1, 2 ,3")
    monkeypatch.setenv("FETCH_ALLOW_PRIVATE", "")
    settings = load(_env_file=None)
    assert settings.admin_ids == (1, 2, 3)
    assert settings.fetch_allow_private == ()


def test_the_token_shows_up_nowhere(monkeypatch):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:ABC-DEF")
    assert "ABC-DEF" not in repr(load(_env_file=None))
