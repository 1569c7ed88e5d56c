"""What the documents say is checked against the code, and what the code has must be told in them."""

import re
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from bot import menu
from bot.cli import newsdigest
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / ".github").rglob("*.md"), *(ROOT / "docs").rglob("*.md")]
CURRENT = [path for path in DOCUMENTS if path.name != "CHANGELOG.md"]
"""All but the history, which may name what is gone."""

SETTINGS = {name.upper() for name in Settings.model_fields}
NAMED_ELSEWHERE = {"POSTGRES_PASSWORD", "SHARED_DIR"}
"""Of compose.postgres.yaml, and of the benchmarks."""

PATHS = {"/data", "/tmp", "/healthz", "/readyz", "/metrics", "/hook", "/setinline"}
"""With a slash before them, and no commands of the bot: folders, addresses, a command of @BotFather."""


def id_of(path):
    return path.relative_to(ROOT).as_posix()


each_document = pytest.mark.parametrize("path", CURRENT, ids=id_of)


def text_of(path):
    return path.read_text(encoding="utf-8")


def code_of(path):
    """What stands in backticks, and in blocks of code."""
    text = text_of(path)
    blocks = re.findall(r"^ *```.*?\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)
    rest = re.sub(r"^ *```.*?^ *```", "", text, flags=re.DOTALL | re.MULTILINE)
    return [*blocks, *re.findall(r"`([^`\n]+)`", rest)]


def leaves(command, name=()):
    """Every command that does something, by its words."""
    if isinstance(command, click.Group):
        for word, one in command.commands.items():
            yield from leaves(one, (*name, word))
    else:
        yield name, command


COMMANDS = dict(leaves(newsdigest))
GROUPS = {name[:-1] for name in COMMANDS if len(name) > 1}


def options_of(command):
    return {option for one in command.params if isinstance(one, click.Option) for option in one.opts}


def chat_commands():
    """Of every menu, and `/start`, which Telegram sends by itself."""
    menus = (menu.READER_COMMANDS, menu.GROUP_COMMANDS, menu.GROUP_ADMIN_COMMANDS, menu.ADMIN_COMMANDS)
    return {"start"}.union(*menus)


def makefile():
    return text_of(ROOT / "Makefile")


@each_document
def test_commands_of_the_terminal_are_real_with_their_options(path):
    for code in code_of(path):
        for written in re.findall(r"\bnewsdigest((?: [a-z][a-z-]*)*)((?: [^\n`;&|]+)?)", code):
            words, rest = tuple(written[0].split()), written[1]
            name = next((words[:end] for end in (2, 1) if words[:end] in COMMANDS), None)
            options = set(re.findall(r"(?<!\S)\[?(--[a-z][a-z-]*)", rest))
            if name is None:
                assert words in GROUPS or not words, f"newsdigest {' '.join(words)}"
                assert options <= {"--help", "--version"}
            else:
                assert options <= options_of(COMMANDS[name]) | {"--help"}, code


def test_every_command_of_the_terminal_is_documented_with_its_options():
    rows = {
        match[1]: match[0]
        for match in re.finditer(
            r"^\| `newsdigest ([a-z]+(?: [a-z]+)*).*$", text_of(ROOT / "docs/reference.md"), re.MULTILINE
        )
    }
    assert set(rows) == {" ".join(name) for name in COMMANDS}
    for name, command in COMMANDS.items():
        row = rows[" ".join(name)]
        assert {option for option in options_of(command) if option not in row} == set(), name


@each_document
def test_settings_are_real(path):
    named = {name for code in code_of(path) for name in re.findall(r"(?<![\w{-])[A-Z]+(?:_[A-Z]+)+\b", code)}
    assert named <= SETTINGS | NAMED_ELSEWHERE


def test_every_setting_is_documented():
    rows = re.findall(r"^\| (`.*?`) \|", text_of(ROOT / "docs/reference.md").partition("## Settings")[2], re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == SETTINGS


@each_document
def test_commands_of_the_chat_are_real(path):
    named = {name for code in code_of(path) for name in re.findall(r"(?<![\w/:.<*~])/[a-z]+(?![\w/.*-])", code)}
    assert named - PATHS <= {f"/{name}" for name in chat_commands()}


def test_every_command_of_the_chat_is_documented():
    reference = text_of(ROOT / "docs/reference.md")
    assert {name for name in chat_commands() if not re.search(rf"`/{name}\b", reference)} == set()


@each_document
def test_targets_of_make_exist(path):
    named = {name for code in code_of(path) for name in re.findall(r"(?<![\w-])make ([a-z-]+)", code)}
    assert named <= set(re.findall(r"^([a-z-]+):", makefile(), re.MULTILINE))


def anchors(path):
    """Of the headings, as GitHub and the site make them."""
    headings = re.findall(r"^#+ (.+)$", text_of(path), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", one.lower()).strip().replace(" ", "-") for one in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=id_of)
def test_links_between_files_lead_somewhere(path):
    text = text_of(path)
    links = [*re.findall(r"\]\(([^)\s]+)\)", text), *re.findall(r'(?:src|srcset|href)="([^"]+)"', text)]
    for link in links:
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = unquote(link).partition("#")
        target = path if not file else (path.parent / file).resolve()
        assert target.is_relative_to(ROOT), link
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_pictures_are_small_and_there_for_day_and_night():
    pictures = list((ROOT / "docs/pictures").glob("*.png"))
    assert {path.stem for path in pictures} == {
        f"{name}-{shade}" for name in ("digest", "workbench") for shade in ("light", "dark")
    }
    assert max(path.stat().st_size for path in pictures) < 200_000
