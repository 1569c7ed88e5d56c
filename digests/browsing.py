"""Use cases of a reader who looks closer at what came: opens a story, saves it, looks for what was saved."""

from dataclasses import dataclass
from datetime import datetime

from digests.errors import UnknownStoryError
from digests.language.words import SPOKEN, stem, stop_words, words
from digests.model import FoundArticle, Part, SavedArticle, Story, Subscription, Topic
from digests.ports import Clock
from digests.store.unit_of_work import Store

PAGE = 5
"""Articles on a page of a search."""

MOST_WORDS = 10
"""Of one search."""

SHORTEST_WORD, WORDS_OFFERED = 4, 4
"""Letters of a word of a headline that can be muted, and how many of these are offered."""

_RUSSIAN_TOO = frozenset(["ал", "ала", "ары", "бар", "бой", "кез", "ким", "паш", "сен", "сол"])
"""Of the words that say nothing in Kazakh those that say much in Russian."""

MOST_SAVED = 500
"""Of one reader; beyond, the oldest give way."""


@dataclass(frozen=True, kw_only=True)
class OpenStory:
    """A story as its reader sees it. is_saved: its lead is among what they saved. is_followed: they hear of its turns.

    topics: those that it came for, as the reader follows them.
    """

    story: Story
    subscription: Subscription
    is_saved: bool
    is_followed: bool = False
    topics: tuple[Topic, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Words of its headline that a reader may want no more of: the longest, in the order of the headline."""
        lead = self.story.lead
        stops = stop_words(lead.language)
        telling = [
            word
            for word in dict.fromkeys(words(lead.title))
            if len(word) >= SHORTEST_WORD and not word.isdecimal() and stem(word, lead.language) not in stops
        ]
        kept = sorted(telling, key=len, reverse=True)[:WORDS_OFFERED]
        return tuple(word for word in telling if word in kept)


@dataclass(frozen=True, kw_only=True)
class FoundPage:
    """One page of what a search found. count: articles of all pages."""

    articles: tuple[FoundArticle, ...]
    count: int
    page: int


class Browsing:
    """What readers can do with what they were sent. Safe to call from any thread."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def open(self, chat_id: int, story_id: int) -> OpenStory:
        """The story as it is by now, for a reader who has had it.

        Raises:
            UnknownSubscriberError: nobody reads there.
            UnknownStoryError: the reader never had it, or nothing is left of it.
        """
        with self._store.read() as work:
            mine = work.readers.subscription(chat_id)
            story_id = work.outbox.joined([story_id]).get(story_id, story_id)
            story = work.articles.story(story_id) if story_id in work.readers.seen(chat_id) else None
            if story is None:
                raise UnknownStoryError
            saved = {one.url for one in work.readers.saved(chat_id)}
            return OpenStory(
                story=story,
                subscription=mine,
                is_saved=story.lead.url in saved,
                is_followed=story_id in work.readers.followed(chat_id),
                topics=tuple(one for one in work.topics.all() if one.slug in story.topics & mine.topics),
            )

    def message_of(self, chat_id: int, story_id: int, *, message_id: int) -> Part:
        """The page of that message that told the story; of a message that is not known, what told the story last.

        Raises:
            UnknownStoryError: nothing did, or it is kept no longer.
        """
        with self._store.read() as work:
            pages = work.outbox.pages_of(chat_id, message_id)
            part = next((page for page in pages if story_id in page.stories), None)
            part = part or work.outbox.part_that_told(chat_id, story_id)
        if part is None:
            raise UnknownStoryError
        return part

    def page(self, chat_id: int, message_id: int, number: int) -> Part:
        """A page of a message that told a digest, from 0.

        Raises:
            UnknownStoryError: it has no such page, or is kept no longer.
        """
        with self._store.read() as work:
            pages = work.outbox.pages_of(chat_id, message_id)
        if not 0 <= number < len(pages):
            raise UnknownStoryError
        return pages[number]

    def search(self, query: str, *, page: int) -> FoundPage:
        """The articles that have all the words that say something; the newest first, `PAGE` on a page from 0 on.

        Words are looked for in whatever form, as people of each language of the bot would write them (`asked_for`).
        """
        asked = asked_for(query)
        with self._store.read() as work:
            count, found = work.articles.find(asked, start=page * PAGE, limit=PAGE)
        return FoundPage(articles=found, count=count, page=page)

    def save(self, chat_id: int, story_id: int) -> OpenStory:
        """Keep the story's lead for later, or keep it no longer.

        Raises:
            UnknownSubscriberError, UnknownStoryError: as in `open`.
        """
        found = self.open(chat_id, story_id)
        lead = found.story.lead
        with self._store.begin() as work:
            if found.is_saved:
                work.readers.forget_saved(chat_id, lead.url)
            else:
                one = SavedArticle(url=lead.url, title=lead.title, source=lead.source, saved_at=self._clock())
                work.readers.save_article(chat_id, one, most=MOST_SAVED)
        return self.open(chat_id, story_id)

    def saved(self, chat_id: int) -> tuple[SavedArticle, ...]:
        """What the reader saved, the newest first."""
        with self._store.read() as work:
            return work.readers.saved(chat_id)

    def forget_saved(self, chat_id: int) -> None:
        """Keep nothing of it any longer."""
        with self._store.begin() as work:
            for one in work.readers.saved(chat_id):
                work.readers.forget_saved(chat_id, one.url)

    def kept(self, chat_id: int) -> dict[str, object]:
        """What is kept about the chat, ready for JSON: instants in ISO 8601, UTC. Texts of digests are in the chat.

        Raises:
            UnknownSubscriberError: nobody reads there.
        """

        def written(instant: datetime | None) -> str | None:
            return None if instant is None else instant.isoformat()

        with self._store.read() as work:
            mine = work.readers.subscription(chat_id)
            subscriber = work.readers.find(chat_id)
            assert subscriber is not None  # a subscription has its subscriber by foreign key
            seen, member = work.readers.seen(chat_id), work.staff.find(chat_id)
            titles = work.articles.titles(list(seen))
            return {
                "chat_id": chat_id,
                "language": subscriber.language,
                "state": subscriber.state.value,
                "paused_until": written(subscriber.paused_until),
                **_settings(mine),
                "followed_stories": list(work.articles.titles(work.readers.followed(chat_id)).values()),
                "saved": [
                    {"url": one.url, "title": one.title, "source": one.source, "saved_at": written(one.saved_at)}
                    for one in work.readers.saved(chat_id)
                ],
                "stories_told": [
                    {"title": titles.get(story_id, ""), "told_at": written(at)} for story_id, at in seen.items()
                ],
                "tries_settings": work.readers.draft(chat_id) is not None,
                "administers": [one.title for one in work.places.all() if chat_id in one.admin_ids],
                "role": member.role.value if member else "",
                "changes": [
                    {"at": written(one.at), "what": one.act.value, "of": one.subject}
                    for one in work.audit.of_user(chat_id)
                ],
                "editions": [
                    {"due_at": written(one.edition_at), "kind": one.kind, "state": one.state, "stories": one.stories}
                    for one in work.outbox.ledger(mine.id, limit=1000)
                ],
            }


def _settings(mine: Subscription) -> dict[str, object]:
    """As the reader made them, ready for JSON."""
    return {
        "topics": sorted(mine.topics),
        "times": [f"{at:%H:%M}" for at in mine.times],
        "weekend_times": [f"{at:%H:%M}" for at in mine.weekend_times],
        "days": sorted(mine.days),
        "zone": mine.zone,
        "minutes": mine.minutes,
        "muted_sources": sorted(mine.muted),
        "excluded_words": list(mine.excluded),
        "included_words": list(mine.included),
        "words_told_at_once": list(mine.alerts),
        "quiet_hours": [f"{at:%H:%M}" for at in (mine.quiet.start, mine.quiet.end)] if mine.quiet else [],
        "announcements": mine.announcements,
    }


def asked_for(query: str) -> list[frozenset[str]]:
    """For each word of a search the stems by which it is found; of more than `MOST_WORDS` the first.

    Words that say nothing in a language are passed over where others remain: most of a text is not found by them. Those
    in capitals among others that are not stay, as in "US tariffs".
    """
    every = words(query)
    names = set() if query.isupper() else set(words(" ".join(filter(str.isupper, query.split()))))
    telling = [word for word in every if word in names or not _says_nothing(word)]
    return [
        frozenset({word, *(stem(word, language) for language in SPOKEN)}) for word in (telling or every)[:MOST_WORDS]
    ]


def _says_nothing(word: str) -> bool:
    return word not in _RUSSIAN_TOO and any(word in stop_words(language) for language in SPOKEN)
