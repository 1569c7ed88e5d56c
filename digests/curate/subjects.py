"""What a topic says of itself, ready to be weighed. Pure and light."""

from dataclasses import dataclass

from digests.curate.topics import ENOUGH, terms
from digests.model import Strictness, Topic

ENOUGH_RECENT = 200
"""Articles; with fewer their spread says little."""

RECENT = 1000
"""Articles that tell what is usual: more change nothing that matters, and have to be looked at."""

HEAD = 500
"""Characters of an article's text that are weighed, beside its title."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What an admin said of a topic in one language.

    about: its name and description. terms: words, phrases and `beginnings*`. liked, disliked: texts of articles.
    enough: the total of what speaks for an article from which the topic takes it.
    """

    about: str
    terms: tuple[str, ...] = ()
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    enough: float = ENOUGH[Strictness.NORMAL]


def subject(topic: Topic, language: str) -> Subject:
    """The topic as it is weighed for articles in `language`."""
    return Subject(
        about=f"{topic.name(language)}. {topic.description(language)}".strip(),
        terms=terms(topic),
        liked=topic.liked,
        disliked=topic.disliked,
        enough=ENOUGH.get(topic.decided_by, ENOUGH[Strictness.NORMAL]),
    )
