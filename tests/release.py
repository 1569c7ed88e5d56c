"""Tries a release as somebody who has nothing else: `python -m tests.release dist` after `make dist` has built it.

The wheel alone is installed into an empty virtual environment and used from an empty folder, with nothing of this
checkout, and nothing of the environment but what pip needs to find packages.
"""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]

USES = (
    ("--version",),
    ("db", "upgrade"),
    ("digest",),
    ("summarize", "article.txt"),
    ("demo",),
)
"""Together they need every kind of file that the wheel brings: migrations, catalogues, tables, the sample newsroom."""

ARTICLE = "A bridge was opened over the river on Monday. It cost 27 million and took four years. " * 5


def main(folder: Path) -> None:
    """Raises CalledProcessError, after what it printed, where anything does not work."""
    (wheel,) = folder.glob("*.whl")
    (sdist,) = folder.glob("*.tar.gz")
    with tempfile.TemporaryDirectory(prefix="newsdigest-release-") as temporary:
        environment, empty = Path(temporary, "environment"), Path(temporary, "empty")
        empty.mkdir()
        (empty / "article.txt").write_text(ARTICLE, encoding="utf-8")
        venv.create(environment, with_pip=True)
        run(environment / "bin/pip", "install", "--quiet", "--constraint", ROOT / "constraints.txt", wheel.absolute())
        for words in USES:
            run(environment / "bin/newsdigest", *words, cwd=empty, env={"PATH": "/usr/bin:/bin", "COLUMNS": "100"})
    for made in (wheel, sdist):
        tell(f"{made.name}: {made.stat().st_size / 1024:.0f} KiB")


def tell(line: str) -> None:
    """For whoever watches."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run(*words: object, **options: object) -> None:
    """Runs the command, in words for a person."""
    tell(" ".join(["$", *(Path(str(word)).name for word in words)]))
    subprocess.run([os.fspath(word) for word in words], check=True, **options)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
