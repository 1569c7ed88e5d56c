"""A headline for an article whose own says less than its text: its most telling clause, word for word. Pure."""

import re

from digests.language.words import stem, stop_words, words
from digests.model import Article
from digests.summarize.candidates import candidates
from digests.summarize.engines import summarizer

LONGEST = 120
"""Characters of a clause that can stand as a headline; more than that is a sentence."""

_FEWEST_WORDS = 4
_SAYS_SOMETHING = 4  # words, stop words aside, that no editor puts over a text that they have nothing to do with
_PARTING = re.compile(
    r"\s*(?:[;:]\s|\s[–—-]+\s|,\s+(?=(?:which|who|when|while|after|as|but|and|said|according|котор|что|где|когда|"
    r"сообщ|передает|передаёт|пишет|заяв|рассказ|а\s|но\s|деп\s|бұл\s)))",
    re.IGNORECASE,
)


def telling_title(article: Article) -> str:
    """The article's own headline, or the clause that tells most where that has hardly a word of the text.

    Never a word that does not stand in the article, in the same order; the headline itself where no clause is short
    enough.
    """
    found = candidates(article)
    if not found or _says_something(article):
        return article.title
    chosen = summarizer("news").summarize(article, sentences=1).sentences
    if not chosen or not any(one.fit and one.sentence == chosen[0] for one in found):
        return article.title
    clause = _clause(chosen[0].shown)
    return clause or article.title


def _says_something(article: Article) -> bool:
    ignored = stop_words(article.language)
    title = {stem(word, article.language) for word in words(article.title) if word not in ignored}
    text = {stem(word, article.language) for word in words(article.text)}
    return len(title) >= _SAYS_SOMETHING or bool(title & text)


def _clause(sentence: str) -> str:
    """The longest beginning of a sentence that ends with a clause and can stand alone; "" when there is none."""
    whole = sentence.rstrip(".… ")
    if len(whole) <= LONGEST:
        return whole
    fit = [
        whole[: parting.start()]
        for parting in _PARTING.finditer(whole, 0, LONGEST + 1)
        if parting.start() <= LONGEST
        and len(words(whole[: parting.start()])) >= _FEWEST_WORDS
        and _closed(whole[: parting.start()])
    ]
    return fit[-1] if fit else ""


def _closed(text: str) -> bool:
    pairs = (("“", "”"), ("«", "»"), ("(", ")"))
    return text.count('"') % 2 == 0 and all(text.count(one) == text.count(other) for one, other in pairs)
