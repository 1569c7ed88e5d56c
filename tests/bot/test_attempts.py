from bot.running import PAUSES, Attempts


class Seconds:
    now = 100.0

    def __call__(self):
        return self.now


def test_each_failure_in_a_row_is_waited_for_longer_up_to_a_bound():
    attempts = Attempts(Seconds())
    pauses = []
    for _ in range(len(PAUSES) + 2):
        attempts.begin()
        pauses.append(attempts.pause())
    assert pauses == [*PAUSES, PAUSES[-1], PAUSES[-1]]


def test_an_attempt_that_takes_long_to_fail_was_not_well():
    seconds = Seconds()
    attempts = Attempts(seconds)
    pauses = []
    for _ in PAUSES:
        seconds.now += 3_600
        pauses.append(attempts.pause())
    assert pauses == list(PAUSES)


def test_a_failure_after_a_long_healthy_run_is_the_first_again():
    seconds = Seconds()
    attempts = Attempts(seconds)
    for _ in PAUSES:
        attempts.begin()
        attempts.pause()
    attempts.begin()
    seconds.now += 3_600
    assert attempts.pause() == PAUSES[0]
