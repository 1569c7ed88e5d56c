"""Quality and speed of summaries, against those that people wrote and beside the engines that anyone has."""

import json
import re
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from nltk.tokenize.destructive import NLTKWordTokenizer
from rich.console import Console
from rich.table import Table
from sumy.nlp.stemmers import Stemmer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.utils import get_stop_words

from digests.language.sentences import sentences
from digests.language.words import stems
from digests.summarize.candidates import candidates
from digests.summarize.engines import summarizer
from digests.summarize.verify import proved
from tests.bench.news import article
from tests.bench.rouge import rouge

pytestmark = [
    pytest.mark.bench,
    pytest.mark.filterwarnings("ignore::RuntimeWarning"),  # sumy's LexRank, on texts without two words in common
]

KAZAKH = Path(__file__).parent / "data" / "kk_articles.jsonl"
"""24 news articles written for this benchmark, of invented people and places, in 12 kinds of news.

`kept` are the two sentences that an editor would keep, chosen as each article was written and before any engine was
run on it or tuned by it; in half of the articles one of them stands later than the second sentence.
"""

ABOVE_LEAD = 0.6  # R1; the aim is 0.8, and the interval is half a point to either side
RUSSIAN_BELOW_LEAD = 0.5  # R1 by which a proxy may miss lead: its interval is three times as wide
KEPT = 0.6  # share of the Kazakh sentences that are found
ARTICLES_A_SECOND = 300
FASTER_THAN_LEXRANK = 4  # sumy takes 10 to 13 ms for an article of this length where this was measured
LONGEST = 0.05  # seconds
NEAR_COPY = 0.8
RESAMPLES = 2000


def of_highlights(one):
    # One of the sets is in lower case and comes with its sentences: there is nothing to split it by.
    return article("\n".join(one["sents"]) if "sents" in one else one["text"], one.get("title", ""))


def summary(engine, source, count):
    made = proved(summarizer(engine).summarize(source, sentences=count), source, count=count)
    return [one.text for one in made.sentences]


def oracle(source, reference, count):
    """The sentences that match the reference best, taken greedily: what no extract can be much better than."""
    pool = [one.sentence.text for one in candidates(source)]
    chosen: list[str] = []
    while len(chosen) < count and pool:
        best = max(pool, key=lambda one: sum(rouge([*chosen, one], reference)[:2]))
        pool.remove(best)
        chosen.append(best)
    return chosen


def scores(made, references, tokens=None):
    """A row of R1, R2, RL in percent for each summary."""
    score = partial(rouge, tokens=tokens) if tokens else rouge
    return 100 * np.array([score(ours, theirs) for ours, theirs in zip(made, references, strict=True)])


def interval(ours, theirs):
    """The mean difference of R1 and its 95 % interval, by resampling articles in pairs."""
    difference = ours[:, 0] - theirs[:, 0]
    chance = np.random.default_rng(1)
    means = difference[chance.integers(0, len(difference), (RESAMPLES, len(difference)))].mean(axis=1)
    return difference.mean(), *np.percentile(means, [2.5, 97.5])


def show(title, results):
    """results: name -> rows of `scores`; the first is ours."""
    table = Table(title=title, title_justify="left")
    for name in ("engine", "R1", "R2", "RL", "R1 of ours above"):
        table.add_column(name, justify="left" if name == "engine" else "right")
    ours = next(iter(results.values()))
    for name, rows in results.items():
        mean, low, high = interval(ours, rows)
        above = "" if rows is ours else f"{mean:+.2f} [{low:+.2f}, {high:+.2f}]"
        table.add_row(name, *(f"{value:.2f}" for value in rows.mean(axis=0)), above)
    Console(width=100).print("\n", table)


@pytest.mark.parametrize(
    ("count", "floors"),
    [
        pytest.param(3, (42.0, 19.0, 38.2), id="three sentences"),
        pytest.param(2, (40.5, 17.7, 36.4), id="two"),
    ],
)
def test_highlights_that_people_wrote(lines, count, floors):
    documents = [*lines("summaries/cnndm_frank.jsonl"), *lines("summaries/cnndm_realsumm.jsonl")]
    sources, references = [of_highlights(one) for one in documents], [one["refs"][0] for one in documents]
    results = {
        engine: scores([summary(engine, source, count) for source in sources], references)
        for engine in ("news", "lead", "lexrank", "textrank", "luhn")
    }
    results["oracle"] = scores(
        [oracle(source, wanted, count) for source, wanted in zip(sources, references, strict=True)], references
    )
    show(f"{len(sources)} articles of CNN / Daily Mail, {count} sentences", results)
    ours = results["news"].mean(axis=0)
    assert all(score >= floor for score, floor in zip(ours, floors, strict=True))
    assert ours[0] >= results["lead"].mean(axis=0)[0] + ABOVE_LEAD
    assert interval(results["news"], results["lexrank"])[1] > 0


def test_russian_is_not_below_lead_by_two_proxies(lines, corpora):
    """Nobody keeps Russian news with summaries by people. The proxies: what another outlet says of the same event, in
    its headline and first sentence; and an article's own headline, hidden from the engine.
    """
    tokens = partial(stems, language="ru")
    pairs = [
        one
        for path in sorted((corpora / "stories").glob("tgcontest_ru_*.jsonl"))
        for one in lines(f"stories/{path.name}")
        if "OK" in str(one.get("result") or one.get("quality"))
        and rouge([one["first_text"]], [one["second_text"]], tokens=tokens)[0] < NEAR_COPY
    ]
    sources = [article(one["first_text"], one["first_title"], "ru") for one in pairs]
    references = [
        [one["second_title"], one["second_text"][slice(*sentences(one["second_text"], "ru")[0])]] for one in pairs
    ]
    hidden = [one for one in lines("articles/ru.jsonl") if one.get("title")]
    proxies = [
        ("the same event elsewhere, two sentences", sources, references, 2),
        (
            "the hidden headline, one",
            [article(one["text"], "", "ru") for one in hidden],
            [[one["title"]] for one in hidden],
            1,
        ),
    ]
    for title, texts, wanted, count in proxies:
        results = {
            engine: scores([summary(engine, source, count) for source in texts], wanted, tokens)
            for engine in ("news", "lead", "lexrank")
        }
        show(f"{len(texts)} Russian articles: {title}", results)
        assert results["news"].mean(axis=0)[0] >= results["lead"].mean(axis=0)[0] - RUSSIAN_BELOW_LEAD


def test_kazakh_articles_are_cut_as_an_editor_would():
    documents = [json.loads(line) for line in KAZAKH.read_text(encoding="utf-8").splitlines()]
    told = [[sentence for paragraph in one["paragraphs"] for sentence in paragraph] for one in documents]
    sources = [
        article("\n\n".join(" ".join(paragraph) for paragraph in one["paragraphs"]), one["title"], "kk")
        for one in documents
    ]
    wanted = [[own[at] for at in one["kept"]] for one, own in zip(documents, told, strict=True)]
    made = {engine: [summary(engine, source, 2) for source in sources] for engine in ("news", "lead", "lexrank")}
    tokens = partial(stems, language="kk")
    show(
        f"{len(sources)} Kazakh articles, two sentences",
        {name: scores(one, wanted, tokens) for name, one in made.items()},
    )
    kept = {
        name: sum(len(set(ours) & set(theirs)) for ours, theirs in zip(one, wanted, strict=True)) / (2 * len(wanted))
        for name, one in made.items()
    }
    print("kept as by the editor:", ", ".join(f"{name} {share:.0%}" for name, share in kept.items()))  # noqa: T201
    assert kept["news"] >= KEPT
    assert kept["news"] >= kept["lead"] - 0.05


def seconds(engine, sources):
    """CPU time from the text to its proved summary."""
    fresh = [replace(source, url=f"{engine} {at}") for at, source in enumerate(sources)]
    started = time.process_time()
    for source in fresh:
        proved(summarizer(engine).summarize(source, sentences=3), source, count=3)
    return time.process_time() - started


class OwnWords:
    """sumy's tokenizer without the data that it would download: its words as NLTK finds them, but our sentences."""

    _TOKENIZER = NLTKWordTokenizer()
    _WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['-])*")

    def to_sentences(self, text):
        return [text[start:end] for start, end in sentences(text, "en")]

    def to_words(self, sentence):
        return [word for word in self._TOKENIZER.tokenize(sentence) if self._WORD.fullmatch(word)]


def seconds_of_sumy(sources):
    """CPU time of sumy's LexRank with sumy's parser, stemmer and stop words."""
    started = time.process_time()
    for source in sources:
        lexrank = LexRankSummarizer(Stemmer("english"))
        lexrank.stop_words = get_stop_words("english")
        lexrank(PlaintextParser.from_string(source.text, OwnWords()).document, 3)
    return time.process_time() - started


def test_summaries_are_made_in_no_time(lines):
    sources = [of_highlights(one) for one in lines("summaries/cnndm_frank.jsonl")]
    words = sum(len(source.text.split()) for source in sources) / len(sources)
    seconds("news", sources[:10]), seconds_of_sumy(sources[:3])  # loads what is loaded once
    ours, theirs = min(seconds("news", sources) for _ in range(3)), seconds_of_sumy(sources)
    enough = next(at for at in range(len(sources)) if sum(len(one.text.split()) for one in sources[:at]) > 6500)
    book = article("\n\n".join(source.text for source in sources[:enough]))
    long = min(seconds("news", [replace(book, title=str(at))]) for at in range(3))
    print(  # noqa: T201
        f"\n{len(sources) / ours:.0f} articles of {words:.0f} words a CPU second, {theirs / ours:.1f} times as many as "
        f"sumy's LexRank; {len(book.text.split())} words in {1000 * long:.0f} ms",
    )
    assert len(sources) / ours >= ARTICLES_A_SECOND
    assert theirs / ours >= FASTER_THAN_LEXRANK
    assert long <= LONGEST
