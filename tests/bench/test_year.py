"""A bot of 1,000 feeds that has gathered for longer than it keeps anything: the steady state, in which a year ends too.

What is generated is said in `year.py`: by default 5 articles a feed and day for 32 days, of which 30 are kept, so that
each further day adds as much as is forgotten. `BENCH_FEEDS`, `BENCH_DAILY` and `BENCH_DAYS` change that.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
pytestmark = pytest.mark.bench

FEEDS, DAILY = int(os.environ.get("BENCH_FEEDS", "1000")), int(os.environ.get("BENCH_DAILY", "5"))
DAYS = int(os.environ.get("BENCH_DAYS", "32"))
KEPT = 30

MOST_KILOBYTES = 12
"""Of the file, for each article that is kept: with its summary, entry, place in the index, and what was sent."""

MOST_GROWTH = 1.02
"""A day, once as much is forgotten as comes."""

MOST_SECONDS = 0.25
"""Of CPU for an answer, at the median."""


MOST_SECONDS_OF_A_DIGEST = 0.5
"""... for a digest now, of a week of 5,000 articles a day."""

MOST_SECONDS_OF_A_PARTICULAR_ONE = 1.0
"""... for a reader of such wishes: what is muted is counted among all of the week."""


@pytest.fixture(scope="module")
def year():
    """In a process of its own, so that its memory is its own."""
    found = subprocess.run(
        [sys.executable, str(HERE / "year.py"), str(FEEDS), str(DAILY), str(DAYS)],
        check=True,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(HERE.parents[1])},
    )
    told = json.loads(found.stdout)
    counted = ", ".join(f"{count:,} {name}" for name, count in told["counted"].items())
    size = told["sizes"][-1]
    print(f"\n{counted}: {size:,.0f} MB, {size * 2**20 / told['counted']['articles'] / 1000:.1f} kB an article")  # noqa: T201
    for name, seconds in told["answers"].items():
        print(f"{name}: p50 {_share(seconds, 0.5) * 1000:.0f} ms, p99 {_share(seconds, 0.99) * 1000:.0f} ms of CPU")  # noqa: T201
    for one in told["pruning"]:
        print(f"{one['articles']:,} articles forgotten in {one['seconds']:.0f} s, half of it pauses")  # noqa: T201
    return told


def _share(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def test_a_day_is_kept_for_each_day_that_goes(year):
    assert len(year["pruning"]) == DAYS - KEPT
    assert year["counted"]["articles"] == KEPT * FEEDS * DAILY


def test_the_file_stays_as_large_as_what_is_kept(year):
    assert year["sizes"][-1] * 2**20 <= MOST_KILOBYTES * 1000 * year["counted"]["articles"]
    assert year["sizes"][-1] <= MOST_GROWTH * year["sizes"][KEPT]


@pytest.mark.parametrize("name", ["a frequent word", "a rare word", "two words", "a story opened"])
def test_answers_stay_fast(year, name):
    assert _share(year["answers"][name], 0.5) < MOST_SECONDS


def test_a_digest_now_stays_fast(year):
    assert _share(year["answers"]["a digest now"], 0.5) < MOST_SECONDS_OF_A_DIGEST


def test_a_digest_now_stays_fast_for_readers_with_wishes_of_their_own(year):
    assert _share(year["answers"]["a digest now with mutes and words"], 0.5) < MOST_SECONDS_OF_A_PARTICULAR_ONE
