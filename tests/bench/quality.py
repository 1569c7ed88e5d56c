"""The page of measured truth: `make quality` runs the benches and writes what they printed, and nothing else.

Each bench is measured by itself, as in `make bench`; what is not run this time keeps its figures, with their own date,
version and machine. A bench that was never run says so.
"""

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pytest
from rich.console import Console

ROOT = Path(__file__).parents[2]
BENCHES = Path(__file__).parent
MEASURED = ROOT / "docs" / "measured"
PAGE = ROOT / "docs" / "quality.md"

ALONE = "--alone"

TITLES = {
    "extraction": "Extraction",
    "feeds": "Feeds",
    "gathering": "Gathering",
    "language": "Languages and sentences",
    "summaries": "Summaries",
    "topics": "Topics",
    "stories": "Stories",
    "planning": "Planning",
    "delivery": "Delivery",
    "workers": "Workers",
    "year": "A year of news",
    "chaos": "Chaos",
}
"""Benches in the order of the page."""

HEAD = """# Measured

Every figure here was printed by the command that stands above it, on the day, version and machine named there; none was
written by hand. `make quality` measures everything again, `make quality BENCH=stories` one part. Beside most figures
stands what others make of the same data in the same run. The floors are in the benches: a run that falls below one says
**missed** here, and fails.

The data is real news that belongs to its publishers and is not part of the repository: where it is missing, a bench is
skipped and says so. Speeds are of the machine named; compare ratios.
"""


@dataclass(kw_only=True)
class Measure:
    """One test of a bench. outcome: passed, failed or skipped. said: what it printed, or why it was skipped."""

    name: str
    outcome: str = "passed"
    said: str = ""

    @property
    def sentence(self) -> str:
        """The name, as it is read."""
        name, _, case = self.name.removeprefix("test_").partition("[")
        words = name.replace("_", " ")
        return f"{words[:1].upper()}{words[1:]}" + (f": {case.rstrip(']')}" if case else "")


@dataclass(kw_only=True)
class Bench:
    """All of one bench, as it was measured."""

    name: str
    about: str
    command: str
    day: str
    version: str
    machine: str
    minutes: float = 0.0
    measures: list[Measure] = field(default_factory=list)


class Recorder:
    """A plugin of pytest: keeps what the tests print."""

    def __init__(self, console: Console) -> None:
        self.measures: dict[str, Measure] = {}
        self._console = console

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        name = report.nodeid.rpartition("::")[2]
        measure = self.measures.setdefault(name, Measure(name=name))
        # With fixtures that several tests share, what these print belongs to the first.
        if report.when in {"setup", "call"}:
            new = [text for title, text in report.sections if title == f"Captured stdout {report.when}"]
            measure.said = "\n".join(filter(None, (measure.said, *(text.strip() for text in new))))
        if report.outcome != "passed":
            measure.outcome = report.outcome
        if report.skipped and isinstance(report.longrepr, tuple):
            measure.said = report.longrepr[2].removeprefix("Skipped: ")
        if report.when == "call" or report.outcome != "passed":
            self._console.print(f"[dim]{measure.outcome}[/] {measure.sentence}", highlight=False)


def main(names: Sequence[str]) -> int:
    """Measure these benches, or all, and write the page; 1 when a floor was missed, 2 for a bench there is not."""
    console = Console(stderr=True)
    there = _benches()
    if unknown := [name for name in names if name not in there]:
        console.print(f"no bench {', '.join(unknown)}; there are {', '.join(there)}", highlight=False)
        return 2
    wanted, missed = names or list(there), False
    for number, name in enumerate(wanted, start=1):
        console.rule(f"{TITLES.get(name, name)} ({number} of {len(wanted)})")
        # Each in a process of its own: what one leaves in memory is no part of what another measures.
        finished = subprocess.run([sys.executable, "-m", "tests.bench.quality", ALONE, name], cwd=ROOT, check=False)
        missed |= finished.returncode != 0
        PAGE.write_text(page(_kept()), encoding="utf-8")
    return int(missed)


def measure(name: str) -> int:
    """Measure one bench and keep what came of it; 1 when a floor was missed.

    What was measured whole before is not given up for a run that had to skip something.
    """
    bench = _measure(name, _benches()[name], Console(stderr=True))
    outcomes = {one.outcome for one in bench.measures}
    kept = MEASURED / f"{name}.json"
    if "skipped" not in outcomes or (len(outcomes) > 1 and not kept.exists()):
        MEASURED.mkdir(exist_ok=True)
        written = json.dumps(asdict(bench), ensure_ascii=False, indent=1)
        kept.write_text(written + "\n", encoding="utf-8")
    return int(any(one.outcome == "failed" for one in bench.measures))


def _benches() -> dict[str, Path]:
    found = {path.stem.removeprefix("test_"): path for path in sorted(BENCHES.glob("test_*.py"))}
    found["chaos"] = ROOT / "tests" / "chaos"
    return {name: found[name] for name in (*TITLES, *found) if name in found}


def _measure(name: str, path: Path, console: Console) -> Bench:
    recorder = Recorder(console)
    began = time.monotonic()
    ours = ["-o", "addopts=", "--import-mode=importlib", "-m", "bench", "-p", "no:terminal", "-p", "no:cacheprovider"]
    pytest.main([*ours, str(path)], plugins=[recorder])
    return Bench(
        name=name,
        about=_about(path),
        command=f"make quality BENCH={name}",
        day=datetime.now(UTC).date().isoformat(),
        version=_version(),
        machine=_machine(),
        minutes=round((time.monotonic() - began) / 60, 1),
        measures=list(recorder.measures.values()),
    )


def _about(path: Path) -> str:
    """The first lines of what its files say of themselves."""
    files = sorted(path.glob("test_*.py")) if path.is_dir() else [path]
    return " ".join(one.read_text(encoding="utf-8").split('"""')[1].strip().partition("\n")[0] for one in files)


def _version() -> str:
    commit = subprocess.run(
        ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return f"{version('news-digest-bot')} ({commit.stdout.strip() or 'no commit'})"


def _machine() -> str:
    model = platform.processor() or platform.machine()
    described = Path("/proc/cpuinfo")
    if described.exists():
        lines = (line.partition(":") for line in described.read_text(encoding="utf-8").splitlines())
        model = next((value.strip() for key, _, value in lines if key.strip() == "model name"), model)
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def _kept() -> list[Bench]:
    kept = []
    for path in sorted(MEASURED.glob("*.json")):
        read = json.loads(path.read_text(encoding="utf-8"))
        kept.append(Bench(**{**read, "measures": [Measure(**one) for one in read["measures"]]}))
    return kept


def page(benches: Iterable[Bench]) -> str:
    """The page, in Markdown."""
    by_name = {bench.name: bench for bench in benches}
    parts = [HEAD]
    for name in dict.fromkeys((*TITLES, *by_name)):
        title = TITLES.get(name, name)
        if name not in by_name:
            parts.append(f"## {title}\n\nNot measured yet: `make quality BENCH={name}`.\n")
            continue
        bench = by_name[name]
        parts.append(
            f"## {title}\n\n{bench.about}\n\n"
            f"`{bench.command}` · {bench.day} · version {bench.version} · {bench.minutes:.0f} min · {bench.machine}\n"
        )
        parts += map(_entry, bench.measures)
    return "\n".join(parts)


def _entry(measure: Measure) -> str:
    mark = {"passed": "", "failed": " **missed**", "skipped": " *skipped*"}[measure.outcome]
    said = f"\n```text\n{measure.said}\n```\n" if measure.said else ""
    return f"{measure.sentence}.{mark}\n{said}"


if __name__ == "__main__":
    sys.exit(measure(sys.argv[2]) if sys.argv[1:2] == [ALONE] else main(sys.argv[1:]))
