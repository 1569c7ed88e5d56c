from datetime import timedelta

from sqlalchemy import select

from builders import NOW
from digests.model import EditionKind, Part
from digests.store.outbox import NewEdition
from digests.store.tables import composition_parts, compositions


def editions(count):
    """Each says by how many minutes it is later than the first."""
    return [
        NewEdition(
            messages=(Part(text=str(minutes)),),
            edition_at=NOW + timedelta(minutes=minutes),
            kind=EditionKind.SCHEDULED,
            stories=0,
        )
        for minutes in range(count)
    ]


def test_of_thousands_that_are_stored_together_each_says_what_it_says(store):
    with store.begin() as work:
        composed = work.outbox.compose(editions(2_500), now=NOW)
    with store.engine.connect() as connection:
        at = select(compositions.c.id, compositions.c.edition_at, composition_parts.c.text)
        stored = connection.execute(at.join(composition_parts, composition_parts.c.composition_id == compositions.c.id))
        said = {row.id: (row.edition_at, row.text) for row in stored}
    assert [said[one.composition_id] for one in composed] == [
        (NOW + timedelta(minutes=minutes), str(minutes)) for minutes in range(2_500)
    ]


def test_the_number_of_one_that_was_forgotten_is_never_given_again(store):
    with store.begin() as work:
        *_, last = work.outbox.compose(editions(3), now=NOW)
        work.outbox.forget_composition(last.composition_id)
        assert work.outbox.are_kept([last.composition_id]) == frozenset()
    with store.begin() as work:
        (following,) = work.outbox.compose(editions(1), now=NOW)
        assert following.composition_id > last.composition_id
        assert work.outbox.are_kept([last.composition_id, following.composition_id]) == {following.composition_id}
