"""The sentences of an article, and which of them may stand in a summary."""

from dataclasses import dataclass

from digests.language.sentences import sentences
from digests.language.tables import listed
from digests.language.words import words
from digests.model import Article, SummarySentence

_FEWEST_WORDS = 4  # less is a dateline, an interjection or a slip of the splitter
_HEADING_WORDS = 16  # a line without an end mark is a heading, a caption or a button up to this length
_ENDS = tuple(".!?…։।。！？»”\"')")
# Who opens a sentence with one of these speaks of somebody or something named before it.
_PRONOUNS = {
    "en": "he she they it his her their its him them this that these those",
    "ru": "он она оно они его ее их ему ей им это этот эта эти этого этой этому",
    "kk": "ол олар оның олардың оған оларға бұл бұған бұны бұның осы",
    "uk": "він вона воно вони його її їх їй їм це цей ця ці",
    "ky": "ал алар анын алардын ага бул буга ошол",
    "tr": "o onlar onun onların bu bunlar bunun",
    "de": "er sie es ihr ihre sein seine dies diese dieser dieses",
    "fr": "il elle ils elles ce cet cette ces",
    "es": "él ella ellos ellas este esta estos estas esto",
}
_DANGLING = {language: listed(text) for language, text in _PRONOUNS.items()}
# Behind one of these the pronoun is still what the sentence begins with: "Об этом сообщил ...".
_PREPOSITIONS = listed(
    "in at by for from of on to with after about в во на о об обо по при с со у к за из от для после"
)
# Before one of these it is no pronoun: "This week ...", "В этом году ...", "Бұл күні ...".
_TIMES = listed(
    """
week month year summer autumn fall winter spring morning evening season weekend time году месяце день дни неделе раз
жылы күні айда маусымда року
    """,
)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A sentence and its words, folded.

    fit: may stand in a summary: a whole sentence rather than a heading or a fragment, and the first of its wording.
    dangling: begins with a pronoun, so that it needs the sentence before it.
    """

    sentence: SummarySentence
    words: tuple[str, ...]
    fit: bool
    dangling: bool


def candidates(article: Article) -> tuple[Candidate, ...]:
    """Every sentence of the article, in order."""
    pronouns = _DANGLING.get(article.language, frozenset())
    seen: set[tuple[str, ...]] = set()
    found: list[Candidate] = []
    for start, end in sentences(article.text, article.language):
        text = article.text[start:end]
        own = tuple(words(text))
        found.append(
            Candidate(
                sentence=SummarySentence(text=text, start=start, end=end),
                words=own,
                fit=len(own) >= _FEWEST_WORDS and _is_whole(text, own) and own not in seen,
                dangling=bool(found) and _dangles(own, pronouns),
            ),
        )
        seen.add(own)
    return tuple(found)


def _is_whole(text: str, own: tuple[str, ...]) -> bool:
    return (text.endswith(_ENDS) or len(own) >= _HEADING_WORDS) and not text.isupper()


def _dangles(own: tuple[str, ...], pronouns: frozenset[str]) -> bool:
    first = own[1:3] if own[:1] and own[0] in _PREPOSITIONS else own[:2]
    return bool(first) and first[0] in pronouns and not (len(first) > 1 and first[1] in _TIMES)
