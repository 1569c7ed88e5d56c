"""The page of measured truth says what was measured, and nothing else."""

from bench.quality import TITLES, Bench, Measure, page


def bench(*measures, name="stories"):
    return Bench(
        name=name,
        about="How well stories are told apart.",
        command=f"make quality BENCH={name}",
        day="2026-03-02",
        version="1.2.3 (abc1234)",
        machine="a processor, 2 cores",
        minutes=3.4,
        measures=list(measures),
    )


def test_a_figure_stands_below_what_was_measured_where_and_when():
    written = page([bench(Measure(name="test_pairs_are_known[ru-words]", said="ru: F1 0.800"))])
    assert (
        "`make quality BENCH=stories` · 2026-03-02 · version 1.2.3 (abc1234) · 3 min · a processor, 2 cores" in written
    )
    assert "Pairs are known: ru-words.\n\n```text\nru: F1 0.800\n```" in written


def test_a_floor_that_was_missed_is_told():
    assert "Nothing is told twice. **missed**" in page(
        [bench(Measure(name="test_nothing_is_told_twice", outcome="failed"))]
    )


def test_what_was_not_measured_says_so():
    written = page([bench()])
    assert all((f"Not measured yet: `make quality BENCH={name}`." in written) == (name != "stories") for name in TITLES)
