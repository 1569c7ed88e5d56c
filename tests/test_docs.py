"""What the documents say is checked against the code, and what the code has must be told in them."""

import re
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from bot import menu
from bot.cli import newsdigest
from bot.settings import Settings
from bot.topic_text import changed_topic, new_topic
from builders import topic
from digests.curate.topics import KeywordMatcher, check
from digests.model import Strictness

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


@each_document
def test_files_of_this_repository_are_there(path):
    named = {
        name
        for code in code_of(path)
        for name in re.findall(r"(?<![\w./-])(?:bot|deploy|digests|docs|tests)/[\w./-]+", code)
    }
    made = {"bot/locales/xx.ftl", "digests/store/migrations/versions/NNNN_what_for.py"} | {
        name for name in named if name.startswith("docs/_build")
    }
    assert {name for name in named - made if not (ROOT / name).exists()} == set()


def test_pictures_are_small_and_there_for_day_and_night():
    pictures = list((ROOT / "docs/pictures").glob("*.png"))
    assert {path.stem for path in pictures} == {
        f"{name}-{shade}" for name in ("digest", "workbench") for shade in ("light", "dark")
    }
    assert max(path.stat().st_size for path in pictures) < 200_000


ADMINS_GUIDE = text_of(ROOT / "docs/admin.md")


def examples():
    """Expressions of the admin's guide: language, expression, a sentence that it takes, one that it leaves."""
    for name, language in {"English": "en", "Russian": "ru", "Kazakh": "kk"}.items():
        section = re.split(r"^#", ADMINS_GUIDE.partition(f"### In {name}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
        for row in re.findall(r"^\| `(.+)` \| (.+) \| (.+) \|$", section, re.MULTILINE):
            yield pytest.param(language, *row, id=f"{language}: {row[0]}")


EXAMPLES = list(examples())


def takes(expression, sentence, language):
    one = topic("shown", expression)
    check(one)
    return KeywordMatcher([one]).match(title=sentence, text="", language=language, feed_url="") == {"shown"}


@pytest.mark.parametrize(("language", "expression", "taken", "left"), EXAMPLES)
def test_an_expression_takes_and_leaves_what_the_guide_says(language, expression, taken, left):
    assert takes(expression, taken, language)
    assert not takes(expression, left, language)


@pytest.mark.parametrize(
    ("language", "operators"),
    [("en", {"AND", "OR", "NOT"}), ("ru", {"И", "ИЛИ", "НЕ"}), ("kk", {"ЖӘНЕ", "НЕМЕСЕ", "ЕМЕС"})],
)
def test_every_language_has_examples_of_everything(language, operators):
    of_it = [one.values[1] for one in EXAMPLES if one.values[0] == language]
    assert operators <= {piece for one in of_it for piece in one.split()}
    assert any(one.endswith("*") for one in of_it)
    assert any(re.fullmatch(r"\w+", one) for one in of_it)
    assert any(one[0] in '"«' for one in of_it)


def test_the_topic_of_the_guide_is_understood_whole():
    (written,) = re.findall(r"^```\n/topic draft (.*?)^```", ADMINS_GUIDE, re.DOTALL | re.MULTILINE)
    shown = new_topic(written, "en")
    check(shown)
    assert shown.names == {"en": "Space", "ru": "Космос", "kk": "Ғарыш"}
    assert '"space station"' in shown.words
    assert shown.must == ("NASA OR ESA OR Байконур",)
    assert shown.exclude == ("horoscope", "гороскоп")
    assert shown.languages == ("en", "ru", "kk")
    assert shown.description("en")
    assert shown.liked
    assert shown.disliked
    assert shown.strictness is Strictness.NORMAL


def test_lines_in_other_languages_are_understood():
    (told,) = re.findall(r"^Lines may be written in (.*?)\n\n", ADMINS_GUIDE, re.DOTALL | re.MULTILINE)
    names = re.findall(r"`([^`:]+):`", told.replace("\n", " "))
    assert len(names) == 18
    values = {
        "строгость": "строго",
        "қатаңдық": "қатаң",
        "ленты": "https://a.example/f",
        "таспалар": "https://a.example/f",
    }
    for name in names:
        assert changed_topic(f"x\n{name}: {values.get(name, 'en')}", topic("x", "y"), "ru") != topic("x", "y"), name


def test_every_document_is_in_the_table_of_contents():
    index = text_of(ROOT / "docs/index.md")
    listed = [
        name
        for block in re.findall(r"^```{toctree}\n(.*?)^```", index, re.DOTALL | re.MULTILINE)
        for name in re.findall(r"^(?!:)(\S+)$", block, re.MULTILINE)
    ]
    there = {path.stem for path in (ROOT / "docs").glob("*.md")} - {"index"}
    assert len(listed) == len(set(listed))
    assert set(listed) == there
