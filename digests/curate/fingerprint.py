"""What comparing articles needs of one: the words of its headline and lead, and the names in it. Pure and light."""

import hashlib
import re
from collections import Counter

from digests.language.sentences import sentences
from digests.language.words import stem, stop_words, words
from digests.model import Fingerprint

_LEAD = 300  # characters of the text that count: the event itself stands there, the background after
_COPIED_WORDS = 20  # of a text: with fewer, two short notes may be alike by chance
_CAPITAL = re.compile(r"[^\W\d_][\w'’-]*")


def fingerprint(
    title: str, text: str, language: str, *, picture: str = "", translations: tuple[str, ...] = ()
) -> Fingerprint:
    """The terms and names of an article. language: ISO 639-1 or `UNSURE`. picture, translations: as they are kept.

    Numbers are terms; stop words are not. A word that opens a sentence is no name by its capital, and a headline tells
    names only where not every word of it has one.
    """
    lead = _cut(text)
    ignored = stop_words(language)
    headline = tuple(stem(word, language) for word in words(title) if word not in ignored)
    terms = Counter((*headline, *(stem(word, language) for word in words(lead) if word not in ignored)))
    names = _names(lead, language) | (_names(title, language) if not _is_title_case(title) else set())
    return Fingerprint(
        terms=dict(terms),
        names=frozenset(names),
        headline=headline,
        copy=_copy(text),
        picture=picture,
        translations=translations,
    )


def _copy(text: str) -> str:
    """The same for texts of the same words, whatever their case, spaces and punctuation."""
    found = words(text)
    if len(found) < _COPIED_WORDS:
        return ""
    return hashlib.blake2b(" ".join(found).encode(), digest_size=12).hexdigest()


def _cut(text: str) -> str:
    """The first `_LEAD` characters, without the half of a word at their end."""
    if len(text) <= _LEAD:
        return text
    whole, blank, _ = text[: _LEAD + 1].rpartition(" ")
    return whole if blank else text[:_LEAD]


def _names(text: str, language: str) -> set[str]:
    ignored = stop_words(language)
    return {
        stem(part, language)
        for start, end in sentences(text, language)
        for at, found in enumerate(_CAPITAL.finditer(text, start, end))
        if at and found[0][0].isupper()
        for part in words(found[0])
        if part not in ignored and len(part) > 1
    }


def _is_title_case(title: str) -> bool:
    """Whether most words that say something have a capital, as in English headlines."""
    long: list[str] = [word for word in _CAPITAL.findall(title) if len(word) > 3]  # noqa: PLR2004
    return sum(word[0].isupper() for word in long) * 2 > len(long)
