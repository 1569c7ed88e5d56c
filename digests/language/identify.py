"""Which language a text is in, offline. For workers: the model takes a second and 130 MB to load."""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from digests.model import UNSURE

# A closed set: limiting the model to likely languages took six words from 98.0 to 99.5 % right (SIB-200).
LANGUAGES = (
    "ar", "az", "be", "bg", "cs", "de", "el", "en", "es", "fa", "fr", "he", "hi", "hy", "it", "ja", "ka", "kk", "ko",
    "ky", "mn", "nl", "pl", "pt", "ro", "ru", "sr", "sv", "tg", "tr", "uk", "uz", "zh",
)  # fmt: skip
_ENOUGH = 1500  # characters; more change nothing
_FEWEST_LETTERS = 12
_LEAST_CERTAIN = (
    0.35  # of the model's own probability; a headline of three plain words has about 0.4, letters at random less
)
_LETTER = re.compile(r"[^\W\d_]")
_KAZAKH = re.compile("[әғқұһ]", re.IGNORECASE)
_UKRAINIAN = re.compile("[їєґ]", re.IGNORECASE)
# Letters of neighbours that share some of the Kazakh ones: Uzbek and Tajik Cyrillic, Tatar, Bashkir, Serbian.
_NEIGHBOURS = re.compile("[ўҳҷӣӯҙҫҡҗђћљњџ]", re.IGNORECASE)
# Of all letters: Kazakh has 7-12 % of its own, a Russian text that names Kazakh places hardly 1 %.
_TELLING = 0.025
_TELLING_UKRAINIAN = 0.01


@cache
def _model() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier


def identify(text: str) -> str:
    """The language of `text`, ISO 639-1, one of `LANGUAGES`; `UNSURE` for a text short, wordless or in none of them."""
    sample = text[:_ENOUGH]
    letters = len(_LETTER.findall(sample))
    if letters < (_FEWEST_LETTERS if sample.isascii() or not _is_ideographic(sample) else 4):
        return UNSURE
    if not _NEIGHBOURS.search(sample):
        if len(_KAZAKH.findall(sample)) > _TELLING * letters:
            return "kk"
        if len(_UKRAINIAN.findall(sample)) > _TELLING_UKRAINIAN * letters:
            return "uk"
    language, certainty = _model().classify(sample)
    return str(language) if certainty >= _LEAST_CERTAIN else UNSURE


def _is_ideographic(text: str) -> bool:
    return any("\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3" for letter in text)
