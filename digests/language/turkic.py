"""Stems of Kazakh and Kyrgyz words, for which Snowball has no stemmer.

Both languages add endings in one order (stem, plural, possessor, case) and vary them by vowel harmony and by the sound
before them; a stripper that minds that sound takes few endings for what they are not. It strips until nothing more
comes off, so that all the forms of a word meet at one stem, and leaves three letters or a syllable as in "ел", "үй".
It is made for matching words in news, not for linguistics.
"""

import re

_VOWELS = "аәеёиоөуұүыіэюя"
_A = "[аеоө]"
_I = "[ыіиуү]"
# Sounds after which an ending begins without voice; б, в, г, д end a syllable in loans only: завод - заводта.
_AFTER_VOICELESS = "(?<=[кқпстшфхцчщбвгд])"
_AFTER_VOICED = "(?<![кқпстшфхцчщбвгд])"
_PLACE = "(?:н|ғы|гі|гы|ги|гу|гү)?"

_CASE = "|".join([
    rf"{_AFTER_VOICELESS}т{_I}ң?",  # -ты, -тың
    rf"{_AFTER_VOICELESS}(?<!с)т{_A}{_PLACE}",  # -та, -тан, -тағы; but not the -стан of countries
    rf"{_AFTER_VOICED}(?<!{_I}н)д{_I}н?ң?",
    rf"{_AFTER_VOICED}(?<!{_I}н)д{_A}{_PLACE}",
    rf"(?<={_I})нд{_A}{_PLACE}",  # after a possessor: мектебінде
    rf"(?<=[{_VOWELS}мнң])н{_I}ң",
    rf"(?<=[{_VOWELS}])н{_I}н?",
    rf"(?<={_I})н(?:{_A}н?)?",
    rf"(?<=[мнң])н{_A}н",
    rf"{_AFTER_VOICELESS}[қк]{_A}",
    rf"{_AFTER_VOICED}[ғг]{_A}",
    r"[мбп]ен(?:ен)?",
])  # fmt: skip
# -сы follows a vowel; after ы it is as a rule the -с of a short word and -ы: облыс - облысы.
_POSSESSOR = rf"{_I}?[мң]{_I}з|{_I}[мң]|(?<=[аәеиоөуүюя])с{_I}|(?<=\w{{4}}[ыі])с{_I}|(?<=[^{_VOWELS}]){_I}"
_PLURAL = rf"{_AFTER_VOICELESS}т{_A}р|(?<=[{_VOWELS}рй])л{_A}р|(?<=[лмнңзж])д{_A}р"
# The commonest tenses and participles: айтқан, айтады, айтатын, айтып.
_VERB = rf"{_AFTER_VOICELESS}[қк]{_A}н|{_AFTER_VOICED}[ғг]{_A}н|[аей]т{_I}н|[аей]д{_I}|{_I}п"
_ENDINGS = tuple(re.compile(rf"(?:{ending})$") for ending in (_VERB, _CASE, _POSSESSOR, _PLURAL))

_WHOLE = frozenset({"теңге"})  # words of the news whose own end looks like an ending and whose rest is another word
_VOICED = {"б": "п", "ғ": "қ", "г": "к"}  # before an ending that begins with a vowel: мектеп - мектебі


def kazakh_stem(word: str) -> str:
    """The stem of a folded Kazakh or Kyrgyz `word`; the word itself when it is short, foreign or bare."""
    longer = ""
    while longer != word:
        longer = word
        for ending in _ENDINGS:
            word = _without(ending, word)
    return word[:-1] + _VOICED.get(word[-1], word[-1]) if len(word) > 3 else word  # noqa: PLR2004 - a bare syllable


def _without(ending: re.Pattern[str], word: str) -> str:
    if word in _WHOLE:
        return word
    shorter = ending.sub("", word)
    return shorter if _can_stand_alone(shorter) else word


def _can_stand_alone(root: str) -> bool:
    if len(root) == 2:  # noqa: PLR2004 - a vowel and a consonant: ел, үй, іс
        return root[0] in _VOWELS and root[1] not in _VOWELS
    return len(root) > 2 and any(letter in _VOWELS for letter in root)  # noqa: PLR2004
