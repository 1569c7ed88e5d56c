import pytest

from builders import page, rss_item
from digests.errors import WorkerError
from digests.judging import judge
from digests.regrouping import regroup_window
from fakes import InlineWorker
from newsroom import AGENCY, BRIDGE, COMET, PAPER, Newsroom

RETOLD = ("The mayor of Larton opened the bridge on Monday.", "Ferries stop in April, and fish may become dearer.")


class Judging(InlineWorker):
    """Says the same of every pair, and remembers the pairs. Nothing is looked at again later."""

    def __init__(self, verdict):
        super().__init__()
        self.verdict, self.pairs = verdict, []

    async def run(self, function, *args, **kwargs):
        if function is regroup_window:
            return {}
        if function is not judge:
            return await super().run(function, *args, **kwargs)
        self.pairs += args[0]
        if isinstance(self.verdict, Exception):
            raise self.verdict
        return [self.verdict]


async def two_tellings(store, clock, worker, data_dir, second=RETOLD):
    newsroom = Newsroom(store, clock, worker, data_dir=data_dir)
    for url, title, told in ((AGENCY, "Karund lake bridge opens", BRIDGE), (PAPER, "Mayor opens the bridge", second)):
        link = f"https://{url.split('/')[2]}/1"
        newsroom.web.bodies[link] = page(title, *told)
        newsroom.follow(url, rss_item(link, title, url=link, html=told[0]))
        await newsroom.gather()
    return len(newsroom.stories())


@pytest.mark.parametrize(("verdict", "stories"), [(True, 1), (False, 2)])
async def test_where_words_leave_doubt_the_judge_decides(store, clock, tmp_path, verdict, stories):
    worker = Judging(verdict)
    assert await two_tellings(store, clock, worker, tmp_path) == stories
    ((new, old),) = worker.pairs
    assert new.startswith("Mayor opens the bridge\n")
    assert old.startswith("Karund lake bridge opens\n")


@pytest.mark.parametrize("verdict", [None, WorkerError("took too long")], ids=["no encoder", "a worker that hangs"])
async def test_words_decide_where_nothing_can_judge(store, clock, tmp_path, verdict):
    assert await two_tellings(store, clock, Judging(verdict), tmp_path) == 1


async def test_the_judge_is_not_asked_about_other_events(store, clock, tmp_path):
    worker = Judging(True)
    assert await two_tellings(store, clock, worker, tmp_path, second=COMET) == 2
    assert worker.pairs == []


async def test_without_a_place_for_what_it_learns_nobody_is_asked(store, clock):
    worker = Judging(False)
    assert await two_tellings(store, clock, worker, None) == 1
    assert worker.pairs == []
