"""A gatherer over the real store, and texts for its feeds to carry."""

import random
from datetime import timedelta

from builders import NOW, rss
from digests.pipeline.gathering import Gatherer
from digests.pipeline.matching import Matching
from digests.pipeline.reading import Reader
from digests.pipeline.regrouping import Regrouper
from fakes import FakeFetcher, InlineWorker, open_gate

INTERVAL = timedelta(minutes=30)
AGENCY, PAPER = "https://agency.example/feed.xml", "https://paper.example/feed.xml"
BRIDGE = (
    "A bridge across the Karund lake was opened on Monday by the mayor of Larton, who crossed it on a bicycle.",
    "The bridge is two kilometers long and took four years to build. Ferries will sail until the end of April.",
)
SAME_BRIDGE = (
    "The mayor of Larton opened the bridge across the Karund lake on Monday and crossed it on a bicycle.",
    "Four years of building have ended: the bridge is two kilometers long, and ferries stop at the end of April.",
)
COMET = (
    "A comet discovered in January will be visible to the naked eye until Thursday, astronomers say.",
    "It was found by two amateurs with a small telescope and returns in eleven thousand years.",
)


class Newsroom:
    """A gatherer over the real store, the feeds it follows, and the web they stand in."""

    def __init__(self, store, clock, worker=None, data_dir=None):
        self.store, self.clock = store, clock
        self.web = FakeFetcher()
        self.worker = worker or InlineWorker()
        self.matching = Matching(store, self.worker, clock, data_dir=data_dir)
        reader = Reader(store, self.web, self.worker, self.matching, clock, gate=open_gate, engine="lead", sentences=2)
        self.gatherer = Gatherer(
            store,
            self.web,
            self.worker,
            reader,
            Regrouper(store, self.worker, clock),
            clock,
            interval=INTERVAL,
            chance=random.Random(1),
        )

    def follow(self, url, *items, title="Agency", body=None):
        self.web.bodies[url] = rss(*items) if body is None else body
        with self.store.begin() as work:
            return work.feeds.add(url, title=title, site_url="", now=self.clock())

    async def gather(self, **options):
        return await self.gatherer.gather(**options)

    def stories(self):
        with self.store.read() as work:
            return work.articles.stories(NOW - timedelta(days=30))

    def feed(self, feed_id):
        with self.store.read() as work:
            return work.feeds.get(feed_id)
