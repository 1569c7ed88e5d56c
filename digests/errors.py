"""The error tree. Each leaf is named for the reaction it asks; attributes carry what a sentence to a person needs.

NewsDigestError
├─ FetchError                 the address gave nothing to read; `code` is stored with the feed
│  ├─ AddressRefusedError     not ours to fetch: private network, wrong scheme, credentials, odd port
│  ├─ UnreachableError        no connection, no such host, broken TLS or HTTP
│  ├─ FetchTimeoutError       too slow
│  ├─ TooLargeError           more bytes than allowed
│  ├─ HttpStatusError         an answer that is no success; `is_gone` for 410
│  ├─ ChallengeError          a page that checks for browsers, in place of what was asked for
│  ├─ RobotsError             the site asks programs not to read this page
│  ├─ NotAFeedError           an answer that is no feed
│  └─ UnparsableError         an answer that takes too long to be read, or breaks its reader
├─ UnreadablePageError        no article in the page or text
├─ WorkerError                a worker process failed
│  └─ WorkTimedOutError       ... or was killed for taking too long
├─ NoFeedFoundError           a site that names no feed
├─ FeedExistsError, UnknownFeedError, FeedPausedError
├─ AmbiguousFeedError, SeveralFeedsError     one of them is to be named
├─ InvalidFeedError, InvalidWeightError      what an admin says of a feed can't be
├─ TopicExistsError, UnknownTopicError, TopicChangedError, NoDraftError, InvalidTopicError
├─ UnknownArticleError, UnknownStoryError    not gathered; or nothing is left of it
├─ NotAllowedError            the person lacks the right
├─ InvitationError, UnknownMemberError, UnknownChangeError, NothingToRevertError, UnknownBroadcastError
├─ TopicsFileError            a file of topics or feeds that can't be taken; nothing of it was
│  └─ ListTooLongError        ... as it names more feeds than are taken at once
├─ ModelError                 the language model gave nothing to use: the extract stands
│  ├─ ModelAwayError          out of reach, too slow or busy; may be asked again after `retry_in`
│  ├─ ModelRefusedError       it refuses: the key, its name or the address is wrong
│  └─ ModelUnreadableError    an answer that is none
├─ DatabaseError              the database can't be used: for operators, nobody in a chat causes it
│  ├─ DatabaseAwayError       PostgreSQL can't be reached, or does not let us in
│  ├─ DatabaseLostError       ... not any more, or not just now: what was begun is undone, and may be done again
│  ├─ NewerDatabaseError      a newer version of the product made it
│  ├─ UnfinishedCopyError     a copy into it was begun and not finished
│  └─ CopyRefusedError        a copy, a backup or what is made of it can't be made so
├─ InvalidTimeError, UnknownZoneError, UnknownSubscriberError, NothingTriedError
└─ DeliveryError              a message did not arrive
   ├─ SubscriberGoneError     the chat is closed to us: send nothing more
   ├─ ChatMovedError          the chat has another number now
   ├─ WritingBarredError      we lack the right to write there: pause the chat, tell who let us in
   ├─ ThreadGoneError         the thread takes nothing: forget it, and send to the chat itself
   ├─ DeliveryRefusedError    this message will never be accepted
   ├─ DeliveryDelayedError    not accepted; may be tried again after `retry_in`
   └─ DeliveryUnknownError    no answer: perhaps accepted, so never sent again
"""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import Any


class NewsDigestError(Exception):
    """Anything that the product expects to go wrong. Crosses from one process to another whole."""

    def __reduce__(self) -> tuple[Any, ...]:
        """By attributes: the way of Exception is to call the constructor anew, with the text for its arguments."""
        return _as_it_was, (type(self), self.args, self.__dict__)


def _as_it_was(kind: type[NewsDigestError], args: tuple[object, ...], attributes: dict[str, object]) -> NewsDigestError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(attributes)
    return error


class FetchError(NewsDigestError):
    """An address gave nothing to read. Its text holds no address: people may see it.

    code: the kind of failure, as it is stored with a feed and counted in reports.
    """

    code: str = "unreachable"


class AddressRefusedError(FetchError):
    """The address is not ours to fetch."""

    code = "refused"


class UnreachableError(FetchError):
    """There was no connection, or none that speaks HTTP."""

    code = "unreachable"


class FetchTimeoutError(FetchError):
    """The answer did not arrive in time."""

    code = "timeout"


class TooLargeError(FetchError):
    """The answer was longer than `limit` bytes."""

    code = "too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} bytes")
        self.limit = limit


class HttpStatusError(FetchError):
    """The server answered with a status that is no success. code: `status:404` and the like.

    retry_in: how long the server asked us to wait, None if it did not.
    """

    def __init__(self, status: int, *, retry_in: timedelta | None = None) -> None:
        super().__init__(f"HTTP status {status}")
        self.status = status
        self.code = f"status:{status}"
        self.retry_in = retry_in

    @property
    def is_gone(self) -> bool:
        """Whether the server says that there will never be anything there again (RFC 9110, section 15.5.11)."""
        return self.status == 410  # noqa: PLR2004


class ChallengeError(FetchError):
    """A guard before the site checks for browsers and their people, and we are neither."""

    code = "challenge"


class RobotsError(FetchError):
    """The robots.txt of the site asks programs not to read this page."""

    code = "robots"


class NotAFeedError(FetchError):
    """The answer is no feed in any format we know."""

    code = "not_a_feed"


class UnparsableError(FetchError):
    """The answer takes too long to be read, or breaks whatever reads it."""

    code = "parsing"


class UnreadablePageError(NewsDigestError):
    """No article could be found in a page or a text."""


class WorkerError(NewsDigestError):
    """A worker process failed at a piece of work."""


class WorkTimedOutError(WorkerError):
    """A piece of work took too long; the worker was killed and replaced."""


class NoFeedFoundError(NewsDigestError):
    """A site names no feed, and none stands where feeds usually do."""


class FeedExistsError(NewsDigestError):
    """The feed is followed already. title: its name."""

    def __init__(self, title: str) -> None:
        super().__init__(f"feed exists: {title}")
        self.title = title


class UnknownArticleError(NewsDigestError):
    """No article of that address has been gathered."""

    def __init__(self, url: str) -> None:
        super().__init__(f"unknown article: {url}")
        self.url = url


class NothingTriedError(NewsDigestError):
    """The reader tries no settings, or no longer."""


class UnknownStoryError(NewsDigestError):
    """The reader never had such a story, or nothing is left of it."""


class UnknownFeedError(NewsDigestError):
    """There is no such feed."""


class AmbiguousFeedError(NewsDigestError):
    """Several feeds may be meant. titles: a few of them."""

    def __init__(self, titles: Iterable[str]) -> None:
        self.titles = tuple(titles)
        super().__init__(f"several feeds: {', '.join(self.titles)}")


class SeveralFeedsError(NewsDigestError):
    """The address leads to several feeds of which one has to be named. urls: a few of them."""

    def __init__(self, urls: Iterable[str]) -> None:
        self.urls = tuple(urls)
        super().__init__(f"several feeds there: {', '.join(self.urls)}")


class InvalidFeedError(NewsDigestError):
    """What an admin says of a feed can't be. problem: one of "title", "credit", "language"."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"invalid feed ({problem})")
        self.problem = problem


class FeedPausedError(NewsDigestError):
    """The feed is paused, so that it is asked for nothing."""

    def __init__(self, title: str) -> None:
        super().__init__(f"feed paused: {title}")
        self.title = title


class InvalidWeightError(NewsDigestError):
    """A feed can't count so much, or so little."""


class TopicExistsError(NewsDigestError):
    """The slug is taken."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"topic exists: {slug}")
        self.slug = slug


class TopicChangedError(NewsDigestError):
    """Somebody else has changed the topic meanwhile."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"topic changed: {slug}")
        self.slug = slug


class NoDraftError(NewsDigestError):
    """The person has no draft of the topic, or no longer."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"no draft: {slug}")
        self.slug = slug


class UnknownTopicError(NewsDigestError):
    """There is no topic of that name. known: the slugs that exist."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"unknown topic: {name}")
        self.name = name
        self.known = tuple(known)


class InvalidTopicError(NewsDigestError):
    """The definition of a topic can't be taken.

    problem: one of "name", "slug", "empty", "word", "too_many", "too_many_examples", "phrase", "expression",
    "language", "strictness", "feed", "line"; of a reader's own words also "too_common", "too_many_own". detail: the
    offending piece.
    """

    def __init__(self, problem: str, detail: str) -> None:
        super().__init__(f"invalid topic ({problem}): {detail}")
        self.problem = problem
        self.detail = detail


class NotAllowedError(NewsDigestError):
    """Whoever asks lacks the right."""


class InvitationError(NewsDigestError):
    """No such invitation, or it was used, is too old, or gives nothing new."""


class UnknownBroadcastError(NewsDigestError):
    """There is no such broadcast."""


class UnknownMemberError(NewsDigestError):
    """There is no such member of the staff, or no longer."""


class UnknownChangeError(NewsDigestError):
    """The audit log has no such entry."""


class NothingToRevertError(NewsDigestError):
    """The change can't be taken back: it was already, or what it changed has been changed again or is gone."""


class TopicsFileError(NewsDigestError):
    """A file of topics or feeds can't be taken; nothing of it was. faults: one line each."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(self.faults))


class ListTooLongError(TopicsFileError):
    """A list names more feeds than are taken at once. most: how many are."""

    def __init__(self, most: int) -> None:
        super().__init__([f"more than {most} feeds: take it in parts"])
        self.most = most


class DatabaseTrouble(StrEnum):
    """What is the matter with a database.

    away: nothing answers, or it is not ready; refused: it does not take the user or the password; missing: there is no
    database of that name; barred: the user may not make tables there; busy: another process changes it for long;
    encoding: it does not keep texts in UTF-8.
    """

    AWAY = "away"
    REFUSED = "refused"
    MISSING = "missing"
    BARRED = "barred"
    BUSY = "busy"
    ENCODING = "encoding"


_ADVICE = {
    DatabaseTrouble.AWAY: "is PostgreSQL running there, and does DATABASE_URL name the right host and port?",
    DatabaseTrouble.REFUSED: "check user and password in DATABASE_URL, and the server's pg_hba.conf",
    DatabaseTrouble.MISSING: "make it: CREATE DATABASE",
    DatabaseTrouble.BUSY: "another process is changing it; try again in a minute",
    DatabaseTrouble.BARRED: "make the user its owner: ALTER DATABASE … OWNER TO …",
    DatabaseTrouble.ENCODING: "set it aside and make it anew: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0",
}


class ModelError(NewsDigestError):
    """The language model gave nothing to use. Its text says why, without anything that the endpoint said itself."""

    def __init__(self, why: str, retry_in: timedelta | None = None) -> None:
        super().__init__(why)
        self.retry_in = retry_in


class ModelAwayError(ModelError):
    """Out of reach, too slow or busy. retry_in: as it asks; None where it does not."""


class ModelRefusedError(ModelError):
    """It takes no request of ours: the key, the model's name or the address is wrong."""


class ModelUnreadableError(ModelError):
    """What it answered is no answer."""


class DatabaseError(NewsDigestError):
    """The database can't be used, or not as asked for."""


class DatabaseAwayError(DatabaseError):
    """PostgreSQL can't be used. where: host:port. said: its own words, in whatever language, without the password."""

    def __init__(self, trouble: DatabaseTrouble, *, where: str, database: str, user: str, said: str) -> None:
        super().__init__(
            f"The database {database!r} at {where} can't be used as {user!r} ({said}): {_ADVICE[trouble]}",
        )
        self.trouble = trouble
        self.where = where
        self.database = database
        self.user = user
        self.said = said


class DatabaseLostError(DatabaseError):
    """PostgreSQL can't be reached any more, or not just now; the transaction is undone."""

    def __init__(self) -> None:
        super().__init__("The database is out of reach")


class NewerDatabaseError(DatabaseError):
    """A newer version of the product made the database, or something else did."""

    def __init__(self) -> None:
        super().__init__(
            "The database is on a schema that this version does not know: a newer one made it; use that one"
        )


class UnfinishedCopyError(DatabaseError):
    """A copy into the database was begun and not brought to its end."""

    def __init__(self) -> None:
        super().__init__(
            "A copy into this database was not brought to its end: give the same `newsdigest db copy` or `db restore`"
            " again while no bot runs on the source",
        )


class CopyRefusedError(DatabaseError):
    """A database can't be copied, kept or brought back as it was asked for; nothing was changed. Its text says why."""


class InvalidTimeError(NewsDigestError):
    """Not a time of the day."""


class UnknownZoneError(NewsDigestError):
    """Neither a time zone nor a city we know."""

    def __init__(self, name: str) -> None:
        super().__init__(f"unknown zone: {name}")
        self.name = name


class UnknownSubscriberError(NewsDigestError):
    """Nobody reads in that chat."""


class DeliveryError(NewsDigestError):
    """A message to `chat_id` did not arrive."""

    def __init__(self, chat_id: int) -> None:
        super().__init__(f"chat {chat_id}")
        self.chat_id = chat_id


class SubscriberGoneError(DeliveryError):
    """The chat is closed to us: send nothing more."""


class ChatMovedError(DeliveryError):
    """The chat continues under `new_chat_id`."""

    def __init__(self, chat_id: int, new_chat_id: int) -> None:
        super().__init__(chat_id)
        self.new_chat_id = new_chat_id


class WritingBarredError(DeliveryError):
    """We are in the chat and lack the right to write there: pause it, and tell who let us in."""


class ThreadGoneError(DeliveryError):
    """The chat's `thread` is closed or no more: forget it, and send to the chat itself."""

    def __init__(self, chat_id: int, thread: int) -> None:
        super().__init__(chat_id)
        self.thread = thread


class DeliveryRefusedError(DeliveryError):
    """The message will never be accepted as it is."""


class DeliveryDelayedError(DeliveryError):
    """The message was not accepted; trying again after `retry_in` may help."""

    def __init__(self, chat_id: int, *, retry_in: timedelta) -> None:
        super().__init__(chat_id)
        self.retry_in = retry_in


class DeliveryUnknownError(DeliveryError):
    """No answer came: the message may have been accepted, so it is never sent again."""
