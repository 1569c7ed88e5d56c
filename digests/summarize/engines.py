"""Summarizers by name. Importing this imports sumy: for workers."""

from functools import cache

from digests.ports import Summarizer
from digests.summarize.extractive import ALGORITHMS, SumySummarizer
from digests.summarize.lead import LeadSummarizer

ENGINES = (*ALGORITHMS, "lead")
"""Every name that `summarizer` takes; the first is the best on news."""


@cache
def summarizer(name: str) -> Summarizer:
    """The engine of that name.

    Raises:
        ValueError: none has it.
    """
    if name not in ENGINES:
        raise ValueError(f"no summarizer {name!r}; there are: {', '.join(ENGINES)}")
    return LeadSummarizer() if name == "lead" else SumySummarizer(name)
