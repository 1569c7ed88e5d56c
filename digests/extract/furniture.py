"""Furniture: the lines around an article that are the site's, not the author's.

Rules are general (never a site's name) and written for the languages served and their neighbours. They are tried at the
edges of a text only, where furniture stands; `INSIDE` are the few that are certain anywhere.
"""

import re
from collections.abc import Iterable, Sequence

from digests.extract.dates import published_in_line
from digests.extract.furniture_words import (
    ADDRESS,
    ALSO,
    CITATION,
    COUNTER,
    CREDIT,
    ERRORS,
    LETTER,
    MENU,
    NETWORK,
    REPORTERS,
    RIGHTS,
    SHARE,
    TECHNICAL,
)
from digests.language.words import fold

_TOP = 8  # lines looked at from either edge; sites put more below the text than above
_BOTTOM = 14
_MENU_LINES, _MENU_WORDS = 10, 8  # so many lines so short above the first sentence are a menu, whatever they say
_LEAST_LEFT = 0.5  # of a text when its end is cut off
_LABEL_WORDS = 16  # a headline of a neighbouring article is no longer than this
_ENDS = tuple(".!?…»”\"'。！？।)")

_SEARCHED = re.compile(f"{ERRORS}|{CITATION}|{RIGHTS}|{TECHNICAL}")
_WHOLE = re.compile(
    rf"\W*(?:(?:{ALSO}|{SHARE}|{MENU})(?:\W*\d*)?\W*|(?:{ALSO})\s*[:→>»].{{0,200}}|{CREDIT}|{COUNTER}"
    rf"|(?:{LETTER}|{REPORTERS})\W*"
    rf"|(?:(?:{NETWORK})\W+)+(?:{NETWORK})\W*|(?:{NETWORK})|(?:{ADDRESS})(?:\W+(?:{ADDRESS}))*)\s*"
)
_CRUMB = re.compile(r"\s(?:/|>|»|›|\||•|→)\s")
_INSIDE = re.compile(
    rf"\W*(?:{LETTER}|(?:read (?:also|more)|also read|see (?:also|more)|related|don't miss|more on this"
    rf"|читайте (?:также|еще)|смотрите также|сондай-ақ оқыңыз|тағы оқыңыз|lire aussi|lesen sie auch|читайте також)"
    rf"\s*:.{{0,200}}|advertisement|реклама|жарнама|на правах рекламы"
    rf"|media playback is (?:not supported|unsupported).{{0,60}}|(?:{ADDRESS}))\s*"
)
_CITATION = re.compile(CITATION)
_OF_LINKS = re.compile("link|reference|ссылк|сілтеме|шилтеме|посилання|havola|ҳавола", re.IGNORECASE)
_LONGEST = 400


def is_furniture(line: str) -> bool:
    """Whether a `line` at the edge of a text belongs to the site: a menu word, a share button, a counter, a notice."""
    if len(line) > _LONGEST:
        return False
    folded = fold(line).strip()
    return bool(_SEARCHED.search(folded) or _WHOLE.fullmatch(folded)) or _is_crumbs(folded)


def citation_wish(lines: Iterable[str]) -> str:
    """The first of `lines` in which a publisher asks for a link wherever it is cited; "" without one."""
    of_links = (line for line in lines if len(line) <= _LONGEST and _OF_LINKS.search(line))
    return next((line.strip() for line in of_links if _CITATION.search(fold(line))), "")


def is_label(line: str) -> bool:
    """Whether `line` is too short and open-ended to be a sentence: a heading, a link, a name."""
    return not line.rstrip().endswith(_ENDS) and len(line.split()) < _LABEL_WORDS


def without_furniture(lines: Sequence[str]) -> list[str]:
    """`lines`, none of them blank, without the furniture at both edges and the certain kinds of it inside."""
    menu = next((at for at, line in enumerate(lines) if not _is_menu_word(line)), 0)
    start = menu if menu >= _MENU_LINES else 0
    start += next((at for at, line in enumerate(lines[start : start + _TOP]) if not _opens_nothing(line)), _TOP)
    stop = _bottom(lines, start)
    return [line for line in lines[start:stop] if not _INSIDE.fullmatch(fold(line[: _LONGEST + 1]))]


def _is_menu_word(line: str) -> bool:
    return len(line.split()) <= _MENU_WORDS and not line.endswith((".", "!", "?", "…", "。", "！", "？"))


def _opens_nothing(line: str) -> bool:
    return is_furniture(line) or published_in_line(line) is not None


def _bottom(lines: Sequence[str], start: int) -> int:
    """Where the text ends: before the first line of furniture that only furniture, links and labels follow.

    A text that would lose most of itself so is a list or a table: of that only what closes it is furniture.
    """
    stop = len(lines)
    for at in range(len(lines) - 1, max(start, len(lines) - _BOTTOM) - 1, -1):
        if _opens_nothing(lines[at]):
            stop = at
        elif not is_label(lines[at]):
            break
    if sum(map(len, lines[start:stop])) < _LEAST_LEFT * sum(map(len, lines[start:])):
        stop = len(lines)
        while stop > start and _opens_nothing(lines[stop - 1]):
            stop -= 1
    return stop


def _is_crumbs(folded: str) -> bool:
    """Whether the line is a trail of short names: "home / news / economy"."""
    pieces = _CRUMB.split(folded)
    if len(pieces) == 2:  # noqa: PLR2004 - few enough for a headline with a dash or a bar
        return all(_WHOLE.fullmatch(piece) for piece in pieces)
    return len(pieces) > 2 and all(len(piece.split()) <= 3 for piece in pieces) and not folded.endswith(".")  # noqa: PLR2004
