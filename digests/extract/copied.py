"""A page copied whole as text -> the part of it that is the article.

Without markup, what tells an article from menus, teasers and footers is that sentences stand together: the part is the
run of lines with the greatest sum of what each line is worth, as boilerpipe and jusText judge blocks by their length
and their neighbours. Measured on 92 real pages turned into text: F1 .70 for the whole text, .74 with only its edges
trimmed, .89 for the part (see the bench).
"""

import re
from collections.abc import Sequence

from digests.extract.furniture import is_furniture

# Fitted on those pages; of a sentence its words count, each line of another kind costs as much as a short sentence.
_SENTENCE_WORDS = 5
_LONG_LINE = 25  # words; so many are a paragraph even without a full stop
_MOST_WORTH = 60
_LEAST_WORTH = 4  # words by which a sentence must be longer to be worth anything
_LABEL_COST = 12
_MOST_COSTLY = 5  # lines in a row that are no sentences: a longer box parts an article no more than a short one
_FURNITURE_COST = 8
_LABELS, _LABEL_SHARE = 12, 0.3  # from so many on, a text is a page; fewer are headings
_HEADINGS = 2  # so many lines in a row that are no sentences are headings; more are a box
_ENDS = (".", "!", "?", "…", "。", "！", "？", "।", "։")
_CLOSING = "\"'»”’)]"
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def article_part(lines: Sequence[str]) -> tuple[int, int] | None:
    """(start, end) of the article in the `lines` of a copied page; None for a text that is no such page."""
    worth = [_worth(line) for line in lines]
    labels = sum(one < 0 for one in worth)
    if labels < _LABELS or labels < _LABEL_SHARE * len(lines):
        return None
    best, found = 0.0, (0, 0)
    running, start, box = 0.0, 0, 0
    for at, one in enumerate(worth):
        box = box + 1 if one < 0 else 0
        if running <= 0:
            running, start = 0.0, at
        running += one if box <= _MOST_COSTLY else 0
        if running > best:
            best, found = running, (start, at + 1)
    return found if best else None


def is_sentence(line: str) -> bool:
    """Whether the line is a paragraph of an article rather than a label or the site's own words."""
    return _worth(line) >= 0


def without_boxes(lines: Sequence[str]) -> list[str]:
    """The lines of an article part, without those that stand together and are no sentences, and without furniture."""
    kept: list[str] = []
    waiting: list[str] = []
    for line in lines:
        if _worth(line) < 0:
            waiting.append(line)
            continue
        if len(waiting) <= _HEADINGS:
            kept += [one for one in waiting if not is_furniture(one)]
        waiting = []
        kept.append(line)
    return kept


def _worth(line: str) -> float:
    if is_furniture(line):
        return -_FURNITURE_COST
    words = len(line.split()) + len(_IDEOGRAPH.findall(line)) / 2
    if words >= _LONG_LINE or (words >= _SENTENCE_WORDS and line.rstrip(_CLOSING).endswith(_ENDS)):
        return max(0, min(words, _MOST_WORTH) - _LEAST_WORTH)
    return -_LABEL_COST
