"""The sentences of an article, and which of them may stand in a summary."""

import re
from dataclasses import dataclass
from functools import lru_cache

from digests.language.sentences import sentences
from digests.language.words import words
from digests.model import Article, SummarySentence
from digests.summarize.danglers import dangles, joined_by, only_attributes, speaks

_FEWEST_WORDS = 4  # less is a dateline, an interjection or a slip of the splitter
_HEADING_WORDS = 16  # a line without an end mark is a heading, a caption or a button up to this length
_ENDS = tuple(".!?…։।。！？»”\"')")
_CAPITAL = "A-ZА-ЯЁӘҒҚҢӨҰҮҺІ"
# A place, perhaps a day and an agency, before a report: "LONDON (Reuters) - ", "АСТАНА, 12 ноя — ТАСС. ".
_DATELINE = re.compile(
    rf"""
    (?: (?:[^\W\d_][\w.'’-]*(?:[ /]|,\ ?|$)){{0,5}} [^()\n–—]{{0,30}}
        \((?:[A-Z][\w.& /-]{{1,30}}|[{_CAPITAL}]{{2,12}})\)\s*[–—-]+\s+
      | [{_CAPITAL}][{_CAPITAL} .'’-]{{2,30}} (?:,\ [^–—.\n]{{1,30}})? \s+[–—-]+\s+
        (?:[{_CAPITAL}][^–—.\n]{{1,25}}[.:]\s+)?
      | [{_CAPITAL}]{{2}}[{_CAPITAL} .'’-]{{1,28}}:\s+
      | [{_CAPITAL}][\w-]{{2,20}}\.\s+ (?:\d{{1,2}}\s\w{{3,9}}\.?\s+)? [{_CAPITAL}][\w. -]{{1,24}}\s+[–—-]+\s+
    )(?=["“«„(]?[^\W_])
    """,
    re.VERBOSE,
)
_AGENCY = re.compile(rf"[{_CAPITAL}][\w./-]{{1,24}}\s+[–—-]+\s+(?=[\"“«„(]?[^\W_])")
_PLACE_WORDS = 2  # "АСТАНА." before "КазАқпарат – "
_LONGEST_DATELINE = 90
_PAIRS = (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"))
_SAME_MARKS = (re.compile('"+'), re.compile("`+"))  # that open and close; doubled by files that escape them so
_QUOTED = re.compile(r"[“«„\"][^“”«»„\"]*[”»“\"][,.!?…]*")
_FEWEST_OUTSIDE = 2  # words beside a quotation that may tell who speaks
_LIST_WORDS = 60  # so many behind a label and a colon are a list, of a squad or of prices
_LABEL = 40  # characters
_DATELINE_ONLY = re.compile(rf"[{_CAPITAL}]{{3}}[{_CAPITAL} -]*, [^.!?]{{3,40}}\.?$")
_PROMOTION = re.compile(
    r"""
    (?: subscribe\b | sign\ up\b | click\b | get\ (?:access|the\ latest)\b | download\ (?:the|our)\b | embed\ from\b
      | for\ more\ (?:news|information|stories|updates)\b | read\ (?:also|more|next)\b | follow\ (?:us|our|live)\b
      | (?:photo|image|picture|video|фото|видео|иллюстрация|сурет|автор\ фото)\s?:
      | подпи(?:сывайтесь|шитесь)\b | читайте\b | следите\ за\b | скачайте\b | присоединяйтесь\b
      | (?:біздің|бізге)\b.{0,40}жазылыңыз | жазылыңыз\b | (?:сондай-ақ\ )?оқыңыз\b | читайте\ також\b | підписуйтесь\b
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LIST_START = re.compile(r"(?:[-–—•*·▪►✓]|\(?\d{1,2}[.)]|\(?[a-zа-я]\))\s")
_OPEN_END = (":", ";", ",")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A sentence and its words, folded.

    fit: may stand in a summary: a whole sentence rather than a heading, a fragment, half a quotation or speech without
    its speaker, and the first of its wording.
    dangling: begins with a pronoun or a connective, so that it needs the sentence before it.
    """

    sentence: SummarySentence
    words: tuple[str, ...]
    fit: bool
    dangling: bool


@lru_cache(maxsize=8)  # the same article is asked for its candidates by an engine and by the proof of what that chose
def candidates(article: Article) -> tuple[Candidate, ...]:
    """Every sentence of the article, in order, without the dateline or the connective it begins with."""
    cased = not article.text.islower()
    seen: set[tuple[str, ...]] = set()
    found: list[Candidate] = []
    for start, end in sentences(article.text, article.language):
        begins_lower = cased and article.text[start].islower()
        behind_place = len(found) == 1 and len(found[0].words) <= _PLACE_WORDS
        start += _dateline(  # noqa: PLW2901
            article.text[start : min(end, start + _LONGEST_DATELINE)], behind_place=behind_place
        )
        start += joined_by(article.text[start:end], article.language)  # noqa: PLW2901
        text = article.text[start:end]
        own = tuple(words(text))
        found.append(
            Candidate(
                sentence=SummarySentence(text=text, start=start, end=end),
                words=own,
                fit=len(own) >= _FEWEST_WORDS
                and stands_alone(text, own, begins_lower=begins_lower)
                and not only_attributes(own, article.language)
                and own not in seen,
                dangling=bool(found)
                and (dangles(own, article.language) or speaks(tuple(words(_QUOTED.sub(" ", text))), article.language)),
            ),
        )
        seen.add(own)
    return tuple(found)


def stands_alone(text: str, own: tuple[str, ...], *, begins_lower: bool = False) -> bool:
    """Whether a sentence of the folded words `own` is whole. begins_lower: though others of its article do not."""
    if (len(own) > _LIST_WORDS and ":" in text[:_LABEL]) or _DATELINE_ONLY.match(text) or _PROMOTION.match(text):
        return False
    if text.endswith(_OPEN_END) or text.isupper() or _LIST_START.match(text) or begins_lower:
        return False
    if not text.endswith(_ENDS) and len(own) < _HEADING_WORDS:
        return False
    if any(text.count(opening) != text.count(closing) for opening, closing in _PAIRS):
        return False
    if any(len(mark.findall(text)) % 2 for mark in _SAME_MARKS):
        return False
    return len(words(_QUOTED.sub(" ", text))) >= _FEWEST_OUTSIDE or not _QUOTED.match(text)


def _dateline(beginning: str, *, behind_place: bool) -> int:
    """How many characters of the beginning of a sentence are a dateline, or the rest of one."""
    found = _DATELINE.match(beginning) or (behind_place and _AGENCY.match(beginning))
    return found.end() if found else 0
