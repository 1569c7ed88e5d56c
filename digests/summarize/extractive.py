"""sumy behind the Summarizer port. Downloads nothing and needs no data of NLTK."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from digests.language.words import stem, stop_words, words
from digests.model import Article, Summary
from digests.summarize.candidates import Candidate, candidates
from digests.summarize.document import document_of, places
from digests.summarize.news import NewsSummarizer

_MOST = 400  # sentences compared; the algorithms of sumy take seconds beyond, and news tells its story long before

# sumy's own. Not KL, which takes 30 s for 6,500 words, nor Edmundson, which needs lists of words that nobody keeps.
_STOCK: dict[str, Callable[[Callable[[str], str]], Any]] = {
    "lexrank": LexRankSummarizer,
    "lsa": LsaSummarizer,
    "luhn": LuhnSummarizer,
    "reduction": ReductionSummarizer,
    "sumbasic": SumBasicSummarizer,
    "textrank": TextRankSummarizer,
}
ALGORITHMS = ("news", *_STOCK)


class SumySummarizer:
    """The port over one algorithm. Never chooses headings or fragments while there are sentences."""

    def __init__(self, algorithm: str = "news") -> None:
        """algorithm: one of `ALGORITHMS`; KeyError for another."""
        self._stock = None if algorithm == "news" else _STOCK[algorithm]
        self._name = algorithm

    def summarize(self, article: Article, *, sentences: int) -> Summary:
        """See `digests.ports.Summarizer`. A dangling sentence comes only with the one before it."""
        found = candidates(article)
        if len(found) <= sentences:
            chosen = list(range(len(found)))
        else:
            pool = [(at, one) for at, one in enumerate(found) if one.fit][:_MOST] or list(enumerate(found))[:_MOST]
            chosen = self._choose(article, pool, sentences)
            if self._stock is not None:
                chosen = _on_firm_ground(chosen, found)
        return Summary(sentences=tuple(found[at].sentence for at in sorted(chosen)), engine=self._name)

    def _choose(self, article: Article, pool: Sequence[tuple[int, Candidate]], count: int) -> list[int]:
        stemmer = partial(stem, language=article.language)
        ignored = stop_words(article.language)
        if len(pool) <= count or not any(set(one.words) - ignored for _, one in pool):
            return [at for at, _ in pool[:count]]
        if self._stock is None:
            return places(
                NewsSummarizer(stemmer, stop_words=ignored, title=words(article.title))(document_of(pool), count)
            )
        algorithm = self._stock(stemmer)
        algorithm.stop_words = ignored
        with np.errstate(invalid="ignore", divide="ignore"):  # sentences of figures alone are like nothing
            return places(algorithm(document_of(pool), count))


def _on_firm_ground(chosen: Sequence[int], found: Sequence[Candidate]) -> list[int]:
    """`chosen` with the sentence before it in place of each dangling one that would stand without it."""
    firm: list[int] = []
    for at in sorted(chosen):
        before = at - 1
        replace = found[at].dangling and before not in firm and found[before].fit
        firm.append(before if replace else at)
    return firm
