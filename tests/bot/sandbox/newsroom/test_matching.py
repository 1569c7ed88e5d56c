"""The topics' words find the topics' articles and no others, under a plain reading of the operator's format."""

import re
import tomllib

import pytest
import Stemmer

from bot.sandbox.newsroom.content import load_articles, load_topics_toml

TOPICS = tomllib.loads(load_topics_toml())["topics"]
STEMMERS = {"en": Stemmer.Stemmer("english"), "ru": Stemmer.Stemmer("russian")}


def forms(text, language):
    words = re.findall(r"\w+", text.lower().replace("ё", "е"))
    return words, STEMMERS[language].stemWords(words) if language in STEMMERS else words


def matches(rule, text, language):
    words, stems = forms(text, language)
    if rule.endswith("*"):
        return any(word.startswith(rule[:-1]) for word in words)
    phrase = forms(rule, language)[1]
    return any(stems[start : start + len(phrase)] == phrase for start in range(len(stems)))


@pytest.mark.parametrize("article", load_articles(), ids=lambda article: f"{article.outlet}/{article.slug}")
def test_words_find_the_article_by_its_text_and_by_its_teaser(article):
    for text in ("\n".join((article.title, *article.paragraphs)), f"{article.feed_title}\n{article.teaser}"):
        found = {
            topic["slug"]
            for topic in TOPICS
            if any(matches(rule, text, article.language) for rule in topic["words"])
            and not any(matches(rule, text, article.language) for rule in topic["exclude"])
        }
        assert found == set(article.topics)
