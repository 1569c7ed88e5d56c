"""The command line as a shell sees it."""

import io
import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from rich.console import Console

import databases
from bot.terminal import gathering_table
from builders import NOW
from digests import opml
from digests.lease import SENDING
from digests.model import Feed, Validators
from digests.pipeline.gathering import GatherReport
from digests.store import schema
from digests.store.engine import open_engine
from digests.store.unit_of_work import Store

ARTICLE = """Report an error

Bridge opens over the river

09.11.2018, 19:46 3248
A bridge of 1.2 kilometres was opened over the river on Monday. It cost 27.2 million tenge and took four years.

The mayor said that 12,000 cars would cross it every day. Fishermen had asked for a ferry instead.

The old bridge will be kept for people on foot. A pier for boats will follow next spring, the city promises.

When citing our content a hyperlink to this website is obligatory.

relevant news

Most read
"""

TOPICS = """
[[feeds]]
url = "https://agency.example/feed.xml"
title = "Agency"

[[topics]]
slug = "space"
name = { en = "Space" }
words = ["rocket"]
"""


@pytest.fixture
def newsdigest(tmp_path):
    """Runs `newsdigest` in an empty folder with nothing in the environment."""

    def run(*words, stdin="", **environment):
        return subprocess.run(
            [sys.executable, "-m", "bot", *words],
            cwd=tmp_path,
            env={"PATH": "/usr/bin:/bin", "COLUMNS": "100", **environment},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run


@pytest.mark.parametrize(
    "words", [[], ["bogus"], ["digest", "--minutes", "x"], ["summarize"], ["summarize", "nofile.html"]]
)
def test_bad_usage_is_one_clear_line_and_two(newsdigest, words):
    done = newsdigest(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    if words:
        assert done.stderr.startswith("newsdigest: ")
        assert done.stderr.count("\n") == 1


def test_bad_configuration_is_a_line_for_each_fault_and_two(newsdigest):
    done = newsdigest("run", TELEGRAM_BOT_TOKEN="x", DEFAULT_TZ="Mars/Olympus")
    assert done.returncode == 2
    assert [line.split(":")[1].strip() for line in done.stderr.splitlines()] == ["TELEGRAM_BOT_TOKEN", "DEFAULT_TZ"]


def test_without_a_token_run_says_where_to_get_one(newsdigest):
    done = newsdigest("run")
    assert done.returncode == 2
    assert "@BotFather" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["run"],
        ["demo"],
        ["gather"],
        ["digest"],
        ["summarize"],
        ["topics"],
        ["topics", "import"],
        ["feeds", "import"],
        ["feeds", "export"],
        ["doctor"],
        ["db", "upgrade"],
        ["db", "backup"],
        ["db", "restore"],
        ["db", "copy"],
    ],
    ids=" ".join,
)
def test_every_command_has_help(newsdigest, words):
    done = newsdigest(*words, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: ")


def test_a_pasted_page_is_summarized_as_json(newsdigest):
    done = newsdigest("summarize", "-", "--json", "--sentences", "3", stdin=ARTICLE)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["title"] == "Bridge opens over the river"
    assert (told["published_at"], told["published_zone"]) == ("2018-11-09T19:46", "unknown")
    assert (told["language"], told["engine"], len(told["sentences"])) == ("en", "news", 3)
    for sentence in told["sentences"]:
        assert told["text"][sentence["start"] : sentence["end"]] == sentence["text"]
    for furniture in ("Report an error", "3248", "hyperlink", "Most read", "relevant news"):
        assert furniture not in told["text"]


def test_several_sources_are_summarized_and_one_that_fails_stops_no_other(newsdigest, tmp_path):
    (tmp_path / "one.html").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "two.html").write_text("<html></html>", encoding="utf-8")
    done = newsdigest("summarize", "two.html", "one.html", "missing.html", "--json", "--seconds", "20")
    assert done.returncode == 1
    (told,) = json.loads(done.stdout)
    assert told["title"] == "Bridge opens over the river"
    assert sum(len(one["text"].split()) for one in told["sentences"]) <= 67
    assert ("two.html: " in done.stderr, "missing.html: " in done.stderr) == (True, True)


def test_engines_are_compared_side_by_side(newsdigest):
    done = newsdigest("summarize", "-", "--compare", stdin=ARTICLE, COLUMNS="120")
    assert done.returncode == 0, done.stderr
    assert all(name in done.stdout for name in ("news", "lexrank", "textrank", "lead"))


def test_what_is_no_article_is_a_failure_in_one_line(newsdigest):
    done = newsdigest("summarize", "-", stdin="\n")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1


def test_a_private_address_is_refused(newsdigest):
    done = newsdigest("summarize", "http://127.0.0.1:9/secret")
    assert done.returncode == 1
    assert "127.0.0.1" not in done.stderr


def test_topics_go_in_and_out_and_a_broken_file_changes_nothing(newsdigest, tmp_path):
    (tmp_path / "in.toml").write_text(TOPICS, encoding="utf-8")
    (tmp_path / "bad.toml").write_text(
        '[[topics]]\nname = "Sea"\nwords = [1]\n[[feeds]]\nurl = "ftp://x"\n', encoding="utf-8"
    )
    assert newsdigest("topics", "import", "in.toml").returncode == 0
    bad = newsdigest("topics", "import", "bad.toml")
    assert bad.returncode == 2
    assert len(bad.stderr.splitlines()) >= 2
    assert newsdigest("topics", "export", "out.toml").returncode == 0
    out = (tmp_path / "out.toml").read_text(encoding="utf-8")
    assert 'slug = "space"' in out
    assert "Sea" not in out
    again = newsdigest("digest", "--topic", "sea")
    assert again.returncode == 2
    assert "space" in again.stderr


def test_a_dry_run_shows_the_differences_and_changes_nothing(newsdigest, tmp_path):
    (tmp_path / "in.toml").write_text(TOPICS, encoding="utf-8")
    first = newsdigest("topics", "import", "--dry-run", "in.toml", TOPICS_FILE="in.toml")
    assert first.returncode == 0, first.stderr
    assert "+ topic space" in first.stdout
    assert "2 to be added, 0 to be changed, 0 as they are; nothing was changed" in first.stdout
    assert newsdigest("topics", "export", "-").stdout.strip() in {"feeds = []\ntopics = []", ""}
    assert newsdigest("topics", "import", "in.toml").returncode == 0
    (tmp_path / "in.toml").write_text(f"{TOPICS}\nstrictness = 'strict'\n", encoding="utf-8")
    second = newsdigest("topics", "import", "--dry-run", "in.toml").stdout
    assert '~ topic space\n    strictness: null -> "strict"\n0 to be added, 1 to be changed, 1 as they are' in second


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b'[[topics]]\nname = "\xff"', "line 2: not UTF-8"),
        (b"[[topics]]\nname = ", "not TOML"),
        (b"\n[[feeds]]\nurl = 'x'", "line 2: feeds, number 1: not an http(s) address"),
    ],
)
@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_a_file_that_can_not_be_taken_names_line_and_fault(newsdigest, tmp_path, body, fault, options):
    (tmp_path / "bad.toml").write_bytes(body)
    done = newsdigest("topics", "import", *options, "bad.toml")
    assert (done.returncode, fault in done.stderr, "Traceback" in done.stderr) == (2, True, False)


def test_folders_of_a_list_become_topics_and_folders_again(newsdigest, tmp_path):
    address = "https://agency.example/feed.xml"
    (tmp_path / "in.opml").write_bytes(opml.write({address: "Agency"}, {"Local": (address,)}))
    assert "topics new: Local" in newsdigest("feeds", "import", "--topics", "in.opml").stdout
    assert newsdigest("feeds", "export", "out.opml").returncode == 0
    assert opml.read_folders((tmp_path / "out.opml").read_bytes()).folders == {"Local": (address,)}


def test_a_list_of_feeds_tells_which_are_new(newsdigest, tmp_path):
    (tmp_path / "one.opml").write_bytes(opml.write({"https://agency.example/feed.xml": "Agency"}))
    (tmp_path / "two.opml").write_bytes(
        opml.write({"https://paper.example/feed.xml": "Paper", "https://agency.example/feed.xml/": "Agency"})
    )
    assert "1 feeds of one.opml are followed from now on, 0 were" in newsdigest("feeds", "import", "one.opml").stdout
    assert "1 feeds of two.opml are followed from now on, 1 were" in newsdigest("feeds", "import", "two.opml").stdout


def test_doctor_names_what_is_missing(newsdigest):
    done = newsdigest("doctor", TELEGRAM_API_URL="http://127.0.0.1:9")
    assert done.returncode == 1
    assert "TELEGRAM_BOT_TOKEN" in done.stdout
    assert "/feeds add" in done.stdout


def test_a_database_that_can_not_be_reached_is_told_in_a_sentence(newsdigest):
    away = {"DATABASE_URL": "postgresql://news:s3cret@127.0.0.1:9/news", "TELEGRAM_API_URL": "http://127.0.0.1:9"}
    done = newsdigest("db", "upgrade", **away)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "'news' at 127.0.0.1:9 can't be used" in done.stderr
    examined = newsdigest("doctor", **away)
    assert examined.returncode == 1
    assert "PostgreSQL at 127.0.0.1:9 can’t be reached" in " ".join(examined.stdout.split())
    assert all("s3cret" not in one.stdout + one.stderr for one in (done, examined))


def test_a_database_of_another_kind_is_a_fault_of_the_configuration(newsdigest):
    done = newsdigest("db", "upgrade", DATABASE_URL="mysql://localhost/news")
    assert (done.returncode, done.stderr) == (
        2,
        "newsdigest: DATABASE_URL: write postgresql://user:password@host/name, or sqlite:////path/file\n",
    )


@pytest.mark.parametrize("words", ["worker", "run"])
def test_workers_without_postgresql_are_a_fault_of_the_configuration(newsdigest, words):
    done = newsdigest(words, WORKERS="external", TELEGRAM_BOT_TOKEN="1:abc")
    assert (done.returncode, done.stderr) == (2, "newsdigest: WORKERS: workers need PostgreSQL: set DATABASE_URL\n")


def test_gathering_reports_as_json(newsdigest, tmp_path):
    (tmp_path / "in.toml").write_text(TOPICS.replace("https://agency.example", "http://127.0.0.1:9"), encoding="utf-8")
    done = newsdigest("gather", "--json", TOPICS_FILE="in.toml")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["due"], report["failed"]) == (1, {"refused": 1})


def test_gathering_ends_with_what_became_of_every_feed():
    report = GatherReport(
        due=7,
        unchanged=2,
        changed=1,
        new=9,
        edited=1,
        failed={"status:404": 3, "timeout": 1},
        read=8,
        known=1,
    )
    broken = [
        Feed(
            id=number,
            url=f"https://{number}.example/feed.xml",
            title="[Agency]",
            site_url="",
            validators=Validators(),
            next_poll_at=NOW,
            last_success_at=None,
            failures=2,
            error=error,
            is_stopped=error == "status:410",
        )
        for number, error in enumerate(["status:404", "status:410"])
    ]
    console = Console(width=120, record=True, file=io.StringIO())
    console.print(gathering_table(report, broken))
    shown = console.export_text()
    told = re.findall(r"(due|unchanged|changed|failed|status:404|timeout|new|edited|read|known already) +(\d+)", shown)
    assert dict(told) == {
        "due": "7",
        "unchanged": "2",
        "changed": "1",
        "failed": "4",
        "status:404": "3",
        "timeout": "1",
        "new": "9",
        "edited": "1",
        "read": "8",
        "known already": "1",
    }
    assert (shown.count("[Agency]"), shown.count("2×"), shown.count("stopped")) == (2, 1, 1)


def test_polling_alone_is_asked_for_by_name(newsdigest):
    done = newsdigest("gather", "--poll-only", "--json")
    assert (done.returncode, json.loads(done.stdout)["due"]) == (0, 0)


def test_the_doctor_of_the_running_bot_needs_to_know_where_it_is(newsdigest, unused_tcp_port):
    unknown = newsdigest("doctor", "--running")
    assert unknown.returncode == 2
    assert unknown.stderr == "newsdigest: METRICS_LISTEN: is missing; it is where the bot is asked\n"
    silent = newsdigest("doctor", "--running", METRICS_LISTEN=f"127.0.0.1:{unused_tcp_port}")
    assert silent.returncode == 1
    assert silent.stdout.startswith("nobody answers at 127.0.0.1:")


@pytest.fixture
def postgresql(tmp_path):
    """The address of an empty PostgreSQL database."""
    url = databases.new_database(databases.POSTGRESQL, None, tmp_path)
    yield url
    databases.drop(url)


@pytest.fixture
def installed(newsdigest, tmp_path):
    """An installation on SQLite with a topic and a feed."""
    (tmp_path / "in.toml").write_text(TOPICS, encoding="utf-8")
    assert newsdigest("topics", "import", "in.toml").returncode == 0
    return tmp_path / "data" / "newsdigest.sqlite3"


def test_an_installation_moves_to_postgresql(newsdigest, installed, postgresql):
    done = newsdigest("db", "copy", postgresql)
    assert done.returncode == 0, done.stderr
    here, there = re.search(r"^feeds +1 +1 +([0-9a-f]{16}) +([0-9a-f]{16})", done.stdout, re.MULTILINE).groups()
    assert here == there
    assert "are equal on both sides" in done.stdout
    there = newsdigest("topics", "export", "-", DATABASE_URL=postgresql)
    assert there.stdout == newsdigest("topics", "export", "-").stdout
    assert 'slug = "space"' in there.stdout
    again = newsdigest("db", "copy", postgresql)
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
    assert "not empty" in again.stderr
    assert newsdigest("db", "copy", "--overwrite", postgresql).returncode == 0


def test_while_a_bot_runs_on_the_source_the_target_waits_for_another_copy(newsdigest, installed, postgresql):
    store = Store(open_engine(f"sqlite:///{installed}"))
    with store.begin() as work:
        work.leases.save(SENDING, "elsewhere 1 a", until=datetime.now(UTC) + timedelta(hours=1))
    first = newsdigest("db", "copy", postgresql)
    assert first.returncode == 0, first.stderr
    assert "stop it and give the same command again" in first.stdout
    begun = newsdigest("topics", "export", "-", DATABASE_URL=postgresql)
    assert begun.returncode == 1
    assert "not brought to its end" in begun.stderr
    with store.begin() as work:
        work.leases.remove(SENDING)
        work.remember("later", "fact")
    store.close()
    assert newsdigest("db", "copy", postgresql).returncode == 0
    assert newsdigest("topics", "export", "-", DATABASE_URL=postgresql).returncode == 0


@pytest.mark.parametrize(
    ("url", "code", "told"),
    [
        pytest.param("mysql://localhost/x", 2, "write postgresql://", id="another kind"),
        pytest.param("postgresql://news@127.0.0.1:9/x", 1, "can't be used", id="nobody answers"),
        pytest.param("sqlite:///data/newsdigest.sqlite3", 1, "the same database", id="itself"),
    ],
)
def test_a_target_that_will_not_do_is_refused_in_a_line(newsdigest, installed, url, code, told):
    done = newsdigest("db", "copy", url)
    assert (done.returncode, done.stderr.count("\n"), told in done.stderr) == (code, 1, True), done.stderr


@pytest.mark.parametrize("kind", databases.KINDS)
@pytest.mark.parametrize("into", databases.KINDS)
def test_what_was_kept_is_brought_back_into_either_kind(newsdigest, installed, postgresql, tmp_path, kind, into):
    source = {}
    if kind == databases.POSTGRESQL:
        assert newsdigest("db", "copy", postgresql).returncode == 0
        source = {"DATABASE_URL": postgresql}
    kept = newsdigest("db", "backup", "kept.db", **source)
    assert kept.returncode == 0, kept.stderr
    assert (tmp_path / "kept.db").stat().st_mode & 0o077 == 0
    assert sorted(one.name for one in tmp_path.glob("kept.db*")) == ["kept.db"]
    written = newsdigest("topics", "export", "-").stdout
    other = databases.new_database(into, None, tmp_path)
    try:
        back = newsdigest("db", "restore", "kept.db", DATABASE_URL=other)
        assert back.returncode == 0, back.stderr
        assert "are equal on both sides" in back.stdout
        assert newsdigest("topics", "export", "-", DATABASE_URL=other).stdout == written
    finally:
        databases.drop(other)


def test_what_was_kept_takes_the_place_of_what_is_there_only_when_told_so(newsdigest, installed, postgresql, tmp_path):
    there = {"DATABASE_URL": postgresql}
    (tmp_path / "other.toml").write_text("[[topics]]\nname = 'Sea'\nwords = ['wave']\n", encoding="utf-8")
    assert newsdigest("topics", "import", "other.toml", **there).returncode == 0
    assert newsdigest("db", "backup", "kept.db").returncode == 0
    refused = newsdigest("db", "restore", "kept.db", **there)
    assert (refused.returncode, "--overwrite" in refused.stderr) == (1, True)
    assert "sea" in newsdigest("topics", "export", "-", **there).stdout
    assert newsdigest("db", "restore", "--overwrite", "kept.db", **there).returncode == 0
    assert newsdigest("topics", "export", "-", **there).stdout == newsdigest("topics", "export", "-").stdout


def test_a_backup_takes_the_place_of_another_only_when_told_so(newsdigest, installed, tmp_path):
    (tmp_path / "kept.db").write_text("precious", encoding="utf-8")
    done = newsdigest("db", "backup", "kept.db")
    assert (done.returncode, "--overwrite" in done.stderr) == (1, True)
    assert (tmp_path / "kept.db").read_text(encoding="utf-8") == "precious"
    bad = newsdigest("db", "restore", "kept.db", "--overwrite")
    assert (bad.returncode, "is no backup" in bad.stderr) == (1, True)
    assert newsdigest("db", "backup", "--overwrite", "kept.db").returncode == 0
    assert newsdigest("db", "restore", "--overwrite", "kept.db").returncode == 0


def test_a_backup_of_an_older_version_is_brought_to_the_newest_schema(newsdigest, tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'old.db'}")
    schema.upgrade(engine, to="0020")
    with engine.connect() as connection, connection.begin():
        values = ", ".join(["'space'", "1", """'{"en": "Space"}'""", "'{}'", *["'[]'"] * 7, "''"])
        connection.exec_driver_sql(f"INSERT INTO topics VALUES ({values})")
    engine.dispose()
    done = newsdigest("db", "restore", "old.db")
    assert done.returncode == 0, done.stderr
    assert 'slug = "space"' in newsdigest("topics", "export", "-").stdout


def test_nothing_is_brought_back_under_a_running_bot(newsdigest, installed, tmp_path):
    assert newsdigest("db", "backup", "kept.db").returncode == 0
    store = Store(open_engine(f"sqlite:///{installed}"))
    with store.begin() as work:
        work.leases.save(SENDING, "elsewhere 1 a", until=datetime.now(UTC) + timedelta(hours=1))
    store.close()
    done = newsdigest("db", "restore", "--overwrite", "kept.db")
    assert (done.returncode, "a bot runs on the target" in done.stderr) == (1, True)
