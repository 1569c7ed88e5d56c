"""Which letters a language writes: what a text can't be in, by the letters of its words.

Names keep their letters abroad ("Қостанай вошёл в список"), so words that begin with a capital say nothing here.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгдежзклмнопрстуфхцчш"

# An alphabet of Cyrillic letters beside the ones all share, by ISO 639-1.
_CYRILLIC_OWN = {
    "be": "ёийыьэюяіў",
    "bg": "ийщъьюя",
    "kk": "ёийщъыьэюяәғқңөұүһі",
    "ky": "ёийщъыьэюяңөү",
    "mn": "ёийщъыьэюяөү",
    "ru": "ёийщъыьэюя",
    "sr": "ијљњђћџ",
    "tg": "ёийъэюяғӣқӯҳҷ",
    "uk": "ийщьюяіїєґ",
    "uz": "ёийъьэюяўқғҳ",
}
_LATIN_OWN = {
    "az": "çəğıöşü",
    "cs": "áčďéěíňóřšťúůýž",
    "de": "äöüß",
    "en": "é",
    "es": "áéíñóúü",
    "fr": "àâæçèéêëîïôœùûüÿ",
    "it": "àèéìîòóù",
    "nl": "áéëíïóöüĳ",
    "pl": "ąćęłńóśźż",
    "pt": "àáâãçéêíóôõúü",
    "ro": "ăâîșțşţ",
    "sv": "åäöé",
    "tr": "âçğıîöşûü",
    "uz": "",
}
_FOREIGN = [
    {language: re.compile(f"[^{shared}{own}']") for language, own in alphabets.items()}
    for shared, alphabets in ((_CYRILLIC, _CYRILLIC_OWN), (_LATIN, _LATIN_OWN))
]
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
# Of the words in both scripts, in the order of `_FOREIGN`; a script with few of the words is that of names only.
_SCRIPTS = (re.compile("[\u0400-\u04ff]"), re.compile("[a-z\u00c0-\u024f\u1e00-\u1eff]"))
_LEAST_SCRIPT = 0.25
_FEW = 4
# Words of a text that may be a quotation or borrowed, and how much likelier each one more is in another language.
_MOST_FOREIGN = 0.1
_PENALTY = 0.05
# Every second Kazakh word has one of these; Uzbek and Tajik, which share қ and ғ, have none of them.
_KAZAKH_VOWEL = re.compile("[ыіәңөұүһ]")
_KAZAKH_AND_UZBEK = re.compile("[қғ]")
_ENOUGH_LETTERS = 20
# Kazakh in Latin letters, of 2018, of 2021 and as people type it: q as in no western language, yet no ə, o' or g'.
_LATIN_KAZAKH_ALONE = re.compile("q(?!u[aeioé])|[ǵū]|ñ(?![aeiouáéíóú])")
_LATIN_KAZAKH_LETTER = re.compile("[äñūğǵńúıýşöüó]")
_NEVER_LATIN_KAZAKH = re.compile("[əàèêõøåčřšžāēīėąęłćśźż]|[og]'")
_LEAST_KAZAKH = 0.1  # of the words; in Kazakh a third


def small_words(text: str) -> list[str]:
    """The words of `text` that don't begin with a capital."""
    return [word for word in _WORD.findall(text) if not word[0].isupper()]


def telling_words(text: str) -> list[str]:
    """The small words of `text`; all its words, made small, where those are few."""
    small = small_words(text)
    return small if len(small) >= _FEW else _WORD.findall(text.lower())


def likelihoods(words: Sequence[str], languages: Iterable[str]) -> dict[str, float]:
    """By language, how well its alphabet explains `words`: 1 at best, 0 in another script."""
    parts = [[word for word in words if script.match(word)] for script in _SCRIPTS]
    known = sum(map(len, parts))
    if known * 2 <= len(words):
        return dict.fromkeys(languages, 1.0)
    used = [
        (part, alphabets) for part, alphabets in zip(parts, _FOREIGN, strict=True) if len(part) >= _LEAST_SCRIPT * known
    ]
    return {
        language: max((_likelihood(part, language, alphabets) for part, alphabets in used), default=0.0)
        for language in languages
    }


def _likelihood(words: Sequence[str], language: str, alphabets: Mapping[str, re.Pattern[str]]) -> float:
    if language not in alphabets:
        return 0.0
    foreign = sum(map(bool, map(alphabets[language].search, words))) - _MOST_FOREIGN * len(words)
    if language == "kk" and _misses_kazakh_vowels("".join(words)):
        foreign = max(foreign, 0.0) + 1
    return float(_PENALTY ** max(foreign, 0.0))


def _misses_kazakh_vowels(joined: str) -> bool:
    return (
        len(joined) >= _ENOUGH_LETTERS and bool(_KAZAKH_AND_UZBEK.search(joined)) and not _KAZAKH_VOWEL.search(joined)
    )


def is_latin_kazakh(words: Sequence[str]) -> bool:
    """Whether small `words` are Kazakh in one of its Latin alphabets."""
    least = max(1.0, _LEAST_KAZAKH * len(words))
    return (
        sum(map(bool, map(_LATIN_KAZAKH_ALONE.search, words))) >= least
        and sum(map(bool, map(_LATIN_KAZAKH_LETTER.search, words))) >= least
        and not any(map(_NEVER_LATIN_KAZAKH.search, words))
    )
