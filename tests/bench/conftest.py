"""Data outside the repository: real news that belongs to its publishers, in `SHARED_DIR` or beside the checkout."""

import json
import os
from pathlib import Path

import pytest

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as workers have it; before anything imports numpy
SHARED = Path(os.environ.get("SHARED_DIR") or Path(__file__).parents[3] / "shared")


@pytest.fixture(scope="session")
def corpora():
    found = SHARED / "corpora"
    if not found.is_dir():
        pytest.skip("no corpora: put them into ../shared beside the checkout, or set SHARED_DIR")
    return found


@pytest.fixture(scope="session")
def seed(corpora):
    return sorted((corpora.parent / "seed").glob("*.txt"))


@pytest.fixture(scope="session")
def lines(corpora):
    """Reads a file of one JSON object a line."""

    def read(name):
        with (corpora / name).open(encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    return read
