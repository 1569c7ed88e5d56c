"""Quality and speed of summaries, against those that people wrote."""

import time
from datetime import UTC, datetime

import pytest

from digests.model import Article
from digests.summarize.engines import summarizer
from tests.bench.rouge import rouge

pytestmark = pytest.mark.bench


def article(one):
    return Article(
        url="",
        title=one.get("title", ""),
        text="\n".join(one["sents"])
        if "sents" in one
        else one["text"],  # that set is in lower case: nothing to split by
        author="",
        source="",
        language="en",
        image_url="",
        published_at=datetime(2026, 1, 1, tzinfo=UTC),
        from_feed=False,
    )


def measure(engine, documents, count):
    """Mean R1, R2, RL in percent; milliseconds of CPU an article."""
    totals, seconds = [0.0, 0.0, 0.0], 0.0
    for one in documents:
        source = article(one)
        started = time.process_time()
        summary = summarizer(engine).summarize(source, sentences=count)
        seconds += time.process_time() - started
        for at, value in enumerate(rouge([sentence.text for sentence in summary.sentences], one["refs"][0])):
            totals[at] += value
    scores = [100 * total / len(documents) for total in totals]
    print(f"\n{engine:8} {count} sentences: R1 {scores[0]:.2f} R2 {scores[1]:.2f} RL {scores[2]:.2f}, ", end="")  # noqa: T201
    print(f"{1000 * seconds / len(documents):.1f} ms an article")  # noqa: T201
    return scores


@pytest.mark.parametrize(
    ("count", "floors", "above_lead"),
    [
        pytest.param(3, (42.0, 19.0, 38.2), 0.7, id="three sentences"),
        pytest.param(2, (40.5, 17.7, 36.4), 1.5, id="two"),
    ],
)
def test_our_engine_beats_the_first_sentences(lines, count, floors, above_lead):
    documents = [*lines("summaries/cnndm_frank.jsonl"), *lines("summaries/cnndm_realsumm.jsonl")]
    measure("lead", documents[:5], count)  # loads what is loaded once
    lead, ours = measure("lead", documents, count), measure("news", documents, count)
    assert all(score >= floor for score, floor in zip(ours, floors, strict=True))
    assert ours[0] >= lead[0] + above_lead


def test_a_stock_engine_runs(lines):
    measure("lexrank", lines("summaries/cnndm_frank.jsonl"), 3)
