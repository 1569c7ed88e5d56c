"""Which language a text is in, offline. For workers: the model takes a second and 130 MB to load."""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from digests.language.alphabets import is_latin_kazakh, likelihoods, small_words, telling_words
from digests.model import UNSURE

# A closed set: limiting the model to likely languages took six words from 98.0 to 99.5 % right (SIB-200).
LANGUAGES = (
    "ar", "az", "be", "bg", "cs", "de", "el", "en", "es", "fa", "fr", "he", "hi", "hy", "it", "ja", "ka", "kk", "ko",
    "ky", "mn", "nl", "pl", "pt", "ro", "ru", "sr", "sv", "tg", "tr", "uk", "uz", "zh",
)  # fmt: skip
# Read here above all, so likelier than the rest where a few words leave it open.
_SERVED = {"en", "ru", "kk", "ky", "uz", "tr", "uk"}
_LIKELIER = 2.0
_ENOUGH = 1500  # characters; more change nothing
_FEWEST_LETTERS = 12
_LEAST_CERTAIN = (
    0.35  # of the model's own probability; a headline of three plain words has about 0.4, letters at random less
)
_LETTER = re.compile(r"[^\W\d_]")
_APOSTROPHES = re.compile("(?<=[a-z])[’ʼ‘`ʻ´](?=[a-z])", re.IGNORECASE)


@cache
def _model() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier


def identify(text: str) -> str:
    """The language of `text`, ISO 639-1, one of `LANGUAGES`; `UNSURE` for a text short, wordless or in none of them."""
    sample = _APOSTROPHES.sub("'", text[:_ENOUGH])
    letters = len(_LETTER.findall(sample))
    if letters < (_FEWEST_LETTERS if sample.isascii() or not _is_ideographic(sample) else 4):
        return UNSURE
    words = telling_words(sample)
    if is_latin_kazakh(small_words(sample)):
        return "kk"
    alphabets = likelihoods(words, LANGUAGES)
    weights = {
        language: chance * alphabets[language] * (_LIKELIER if language in _SERVED else 1.0)
        for language, chance in _model().rank(sample)
    }
    best = max(weights, key=weights.__getitem__)
    return best if weights[best] > 0 and weights[best] >= _LEAST_CERTAIN * sum(weights.values()) else UNSURE


def _is_ideographic(text: str) -> bool:
    return any("\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3" for letter in text)
