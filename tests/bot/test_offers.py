from datetime import timedelta

from bot.offers import LIFETIME, MOST, Offers, Undoable
from fakes import FakeClock


def test_an_offer_lasts_an_hour_from_its_last_use():
    clock = FakeClock()
    offers = Offers(clock)
    name = offers.add(Undoable(1))
    clock.now += LIFETIME
    assert offers.get(name, Undoable) == Undoable(1)
    offers.replace(name, Undoable(2))
    clock.now += LIFETIME
    assert offers.get(name, Undoable) == Undoable(2)
    clock.now += timedelta(seconds=1)
    assert offers.get(name, Undoable) is None


def test_an_offer_is_given_to_whoever_asks_for_its_kind_by_its_name():
    offers = Offers(FakeClock())
    name = offers.add(Undoable(1))
    assert (offers.get(name, int), offers.get("another", Undoable)) == (None, None)
    assert len(name) <= 20


def test_of_too_many_offers_the_oldest_go():
    offers = Offers(FakeClock())
    first, *_, last = [offers.add(Undoable(number)) for number in range(MOST + 1)]
    assert offers.get(first, Undoable) is None
    assert offers.get(last, Undoable) == Undoable(MOST)
