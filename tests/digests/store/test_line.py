import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from digests.store.line import Line


def test_one_at_a_time_in_the_order_in_which_they_came():
    line, order, inside = Line(60), [], []

    def write(number):
        with line.turn():
            inside.append(number)
            assert len(inside) == 1
            time.sleep(0.002)
            inside.remove(number)
            order.append(number)

    with ThreadPoolExecutor(8) as threads, line.turn():
        for number in range(8):
            threads.submit(write, number)
            while len(line._waiting) <= number:
                time.sleep(0.001)
    assert order == list(range(8))


def test_who_fails_lets_the_next_one_in():
    line = Line(60)
    with pytest.raises(ZeroDivisionError), line.turn():
        raise ZeroDivisionError
    with line.turn():
        pass


def test_who_waited_too_long_leaves_it_to_the_database():
    line, done = Line(0.05), threading.Event()

    def write():
        with line.turn():
            done.set()

    with line.turn():
        threading.Thread(target=write).start()
        assert done.wait(10)
    with line.turn():
        assert not line._waiting


def test_a_writer_that_is_waited_for_holds_nobody_up_afterwards(store):
    begun = threading.Event()

    def write():
        with store.begin() as work:
            begun.set()
            work.remember("who", "the second")

    with store.begin() as work:
        work.remember("who", "the first")
        second = threading.Thread(target=write)
        second.start()
        assert not begun.wait(0.2)
    second.join()
    with store.read() as work:
        assert work.fact("who") == "the second"
