"""Editions of cohorts are composed: here while they are few, in processes beside when a round brings many.

Composing takes a millisecond or two for each cohort, and writing its readers' rows as long again: side by side a
round takes little more than half the time on two cores.
"""

import logging
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from digests.editions import is_quiet
from digests.errors import WorkerError
from digests.model import EditionKind, Part, Place, Story, Subscription, Topic
from digests.pipeline.cohorts import Cohorts
from digests.ports import Benches, OpenBenches, Renderer
from digests.store.outbox import NewEdition

log = logging.getLogger(__name__)

FEW = 500
"""So many orders of a round are composed here, within a second; to start a process takes as long."""

AT_A_TIME = 50
"""Orders handed to a process at once: about a tenth of a second."""

PATIENCE = 60.0
"""Seconds for what processes beside have been given, their start included; it takes a few."""

_PRIVATE = Place()


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """An edition to be composed for the readers of one cohort.

    subscription: of any of them; what it doesn't share with the others is not looked at.
    seen: the stories that they have had, and when. earlier: story -> a number that is the same for all stories of one
    message, of those that a message has told. since: their edition before this one.
    """

    subscription: Subscription
    language: str
    seen: Mapping[int, datetime]
    earlier: Mapping[int, int]
    since: datetime | None
    edition_at: datetime
    next_edition_at: datetime

    @property
    def bench(self) -> int:
        """Equal for orders that have most of their work in common: of one language and choice of stories."""
        mine = self.subscription
        return hash((self.language, mine.topics, mine.minutes, mine.max_stories, tuple(self.seen)))


@dataclass(frozen=True, slots=True)
class Composed:
    """What an order gave. content: as of `new`, worked out where it was composed."""

    new: NewEdition
    content: bytes


@dataclass(frozen=True, slots=True)
class Failed:
    """An order that can't be composed. said: the traceback."""

    said: str


Batch = Callable[[], Sequence[Composed | Failed]]
"""Gives what was composed of several orders, in their order, as soon as it is there."""


def compose_order(cohorts: Cohorts, order: Order) -> Composed | Failed:
    """What the readers of one cohort get. Whoever wants to hear of nothing is not told so day after day."""
    try:
        new = _compose(cohorts, order)
        return Composed(new, new.content)
    except Exception:  # noqa: BLE001 - one cohort's fault, whatever it is, must not stop the others; it is logged
        return Failed(traceback.format_exc())


def _compose(cohorts: Cohorts, order: Order) -> NewEdition:
    composed = cohorts.compose(
        order.subscription,
        order.language,
        seen=order.seen,
        since=order.since,
        edition_at=order.edition_at,
        next_edition_at=order.next_edition_at,
    )
    digest = composed.digest
    messages: tuple[Part, ...] = ()
    if digest.following:
        earlier = {
            one.id: order.earlier[one.id] for one in digest.stories if one.is_follow_up and one.id in order.earlier
        }
        messages = hushed(
            composed.shared_messages(EditionKind.SCHEDULED, _PRIVATE, earlier), order.subscription, order.edition_at
        )
    return NewEdition(
        messages=messages,
        edition_at=order.edition_at,
        kind=EditionKind.SCHEDULED,
        stories=len(digest.stories),
        tally=digest.tally,
    )


def hushed(messages: tuple[Part, ...], subscription: Subscription, edition_at: datetime) -> tuple[Part, ...]:
    """The messages, without a sound in the reader's quiet hours."""
    if not is_quiet(subscription, edition_at):
        return messages
    return tuple(replace(message, silent=True) for message in messages)


class Composers:
    """Whoever composes the orders of one round. Close them at its end."""

    def __init__(self, opened: Cohorts, open_benches: OpenBenches | None) -> None:
        """open_benches: processes beside, opened once there are many orders; None where all is composed here."""
        self._here = opened
        self._open_benches = open_benches
        self._benches: Benches | None = None
        self._count = 0

    @property
    def are_beside(self) -> bool:
        """Whether processes beside compose by now: what is taken on is not there at once."""
        return self._benches is not None

    def take_on(self, orders: Sequence[Order]) -> Batch:
        """Compose them all. Here it is done when that is asked for, elsewhere at once."""
        self._count += len(orders)
        if self._benches is None and self._open_benches is not None and self._count > FEW:
            try:
                self._benches = self._open_benches(partial(_begin, self._here.ingredients))
            except OSError as error:
                log.warning("the system starts no more processes, all editions are composed here: %s", error)
                self._open_benches = None
        if self._benches is None:
            return partial(self._compose_here, orders)
        return partial(self._collect, list(self._hand_out(self._benches, orders)), len(orders))

    def close(self) -> None:
        """End the processes."""
        if self._benches is not None:
            self._benches.close()

    def _give_up(self) -> None:
        """Leave a process that does not answer, and the others with it: what they were given fails at once."""
        self.close()
        self._benches, self._open_benches = None, None

    def _compose_here(self, orders: Sequence[Order]) -> list[Composed | Failed]:
        return [compose_order(self._here, order) for order in orders]

    def _hand_out(
        self, benches: Benches, orders: Sequence[Order]
    ) -> Iterator[tuple[list[int], list[Order], Future[list[Composed | Failed]]]]:
        of_bench: dict[int, list[int]] = defaultdict(list)
        for place, order in enumerate(orders):
            of_bench[order.bench % benches.count].append(place)
        for bench, places in of_bench.items():
            for start in range(0, len(places), AT_A_TIME):
                some = places[start : start + AT_A_TIME]
                handed = [orders[place] for place in some]
                yield some, handed, benches.submit(bench, _compose_there, handed)

    def _collect(
        self, handed_out: Sequence[tuple[list[int], list[Order], Future[list[Composed | Failed]]]], count: int
    ) -> list[Composed | Failed]:
        found: list[Composed | Failed] = [Failed("")] * count
        for places, orders, future in handed_out:
            try:
                composed = future.result(PATIENCE)
            except (WorkerError, TimeoutError) as error:
                said = str(error) or "no answer"
                log.warning("%d editions are composed here, as beside it failed: %s", len(orders), said)
                if isinstance(error, TimeoutError):
                    self._give_up()
                composed = self._compose_here(orders)
            for place, one in zip(places, composed, strict=True):
                found[place] = one
        return found


Ingredients = tuple[Sequence[Story], Sequence[Topic], Renderer, datetime]

_there: list[Cohorts] = []


def _begin(ingredients: Ingredients) -> None:
    """In a process beside, at its start."""
    stories, topics, renderer, now = ingredients
    _there[:] = [Cohorts(stories, topics, renderer, now=now)]


def _compose_there(orders: Sequence[Order]) -> list[Composed | Failed]:
    (cohorts,) = _there
    return [compose_order(cohorts, order) for order in orders]
