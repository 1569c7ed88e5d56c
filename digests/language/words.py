"""Words and their stems. Light enough for every process: needs PyStemmer and nothing else."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

import Stemmer

from digests.language.stopwords import STOP_WORDS
from digests.language.turkic import kazakh_stem

SPOKEN = ("en", "ru", "kk")
"""What readers type may be in any of these languages, ISO 639-1."""

# Snowball's name of each language it knows, by ISO 639-1.
_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

# A number keeps its decimal mark; a word keeps an apostrophe inside it and is parted at hyphens, so that
# "интернет-магазин" is found by "интернет" and "COVID-19" by "covid".
_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:'[^\W_]+)*")
_APOSTROPHES = "’ʼ‘`ʻ"
# Left by NFKC: the stress mark of dictionaries, the dot that İ leaves when folded, soft hyphens, invisible joiners.
_INVISIBLE = re.compile("[\u0301\u0307\u00ad\u200b-\u200d\u2060\ufeff]")


_REMEMBERED = 50_000  # stems of one language: about 7 MB, the words of some thousand articles


def fold(text: str) -> str:
    """`text` as it is compared: NFKC, case folded, ё as е, one kind of apostrophe, nothing invisible.

    May be longer or shorter than `text`.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    folded = _INVISIBLE.sub("", folded).replace("ё", "е")
    for apostrophe in _APOSTROPHES:  # `translate` takes a hundred times as long
        folded = folded.replace(apostrophe, "'")
    return folded


def words(text: str) -> list[str]:
    """The words and numbers of `text`, folded, in order."""
    return _WORD.findall(fold(text))


@cache  # one for each language
def _snowball(language: str) -> Stemmer.Stemmer | None:
    name = _SNOWBALL.get(language)
    return Stemmer.Stemmer(name, 0) if name in Stemmer.algorithms() else None


def _made(language: str) -> Callable[[str], str] | None:
    """What makes stems in that language; None where words are their own."""
    if language in {"kk", "ky"}:
        return kazakh_stem
    snowball = _snowball(language)
    if snowball is None:
        return None
    return lambda word: snowball.stemWord(word) or word  # of some Greek words nothing is left


@cache  # one for each language
def stemmer(language: str) -> Callable[[str], str]:
    """What makes `stem` of words in that language, for whoever has many of them."""
    made = _made(language)
    return str if made is None else lru_cache(maxsize=_REMEMBERED)(made)


def stem(word: str, language: str) -> str:
    """What the forms of a folded `word` share, in the language of that ISO 639-1 code; `word` for a language unknown.

    A stem is for comparing only; it need not be a word.
    """
    return stemmer(language)(word)


def stems(text: str, language: str) -> list[str]:
    """The stem of each of `words(text)`."""
    return list(map(stemmer(language), words(text)))


def stems_anywhere(word: str) -> frozenset[str]:
    """The stems that a folded word has in any language, and so what it has in texts of one that is not known yet."""
    # None of them is worth remembering by itself: nearly all are of no text that is ever read.
    return frozenset((word, *(made(word) for language in ("kk", *_SNOWBALL) if (made := _made(language)) is not None)))


def stop_words(language: str) -> frozenset[str]:
    """Folded words that say nothing of a text's subject; empty for a language without a list."""
    return STOP_WORDS.get(language, frozenset())
