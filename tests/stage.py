"""The real bot on a sandbox Telegram, for the tests of the bot."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass

import databases
from bot.app import Bot, open_bot, running
from bot.sandbox import TOKEN, Person, Sandbox
from bot.settings import Settings, load
from builders import read_article, topic
from digests.curate.topics import KeywordMatcher
from digests.store.unit_of_work import Store
from fakes import FakeClock, FakeFetcher, InlineWorker

ADMIN_ID = 5


@dataclass
class Stage:
    """The real bot on a sandbox Telegram; only the web and the worker processes are stood in for."""

    sandbox: Sandbox
    bot: Bot
    clock: FakeClock
    web: FakeFetcher

    @property
    def store(self) -> Store:
        return self.bot.news.store

    def person(self, name="Alice", **values) -> Person:
        return self.sandbox.person(name, **values)

    def admin(self, **values) -> Person:
        return self.sandbox.person("Admin", user_id=ADMIN_ID, **values)

    def add_topics(self) -> None:
        """Science and economy."""
        with self.store.begin() as work:
            names = {"en": "Science", "ru": "Наука", "kk": "Ғылым"}
            work.topics.add(topic("science", "rocket", "telescope", names=names))
            work.topics.add(topic("economy", "bank", "price*", names={"en": "Economy", "ru": "Экономика"}))

    async def reader(self, *topics, at="08:00", name="Alice", language="en") -> Person:
        """Somebody who has joined with those topics, in the zone of UTC."""
        person = self.sandbox.person(name, language=language)
        await person.send("/start")
        await person.next_message()
        for slug in topics or ("science",):
            await person.press(data=f"t:{slug}")
            await person.next_message()
        if at != "08:00":
            await person.press(data=f"h:{at}")
            await person.next_message()
        await person.press(data="ok")
        await person.next_message()
        return person

    def publish(self, title, text="", *, story_id=None, **values) -> None:
        """An article read just now, in a story of its own unless told otherwise."""
        with self.store.begin() as work:
            if not work.feeds.all():
                work.feeds.add("https://agency.example/feed", title="Agency", site_url="", now=self.clock())
            feed = work.feeds.all()[0]
            story_id = story_id or work.articles.new_story(self.clock())
            read = read_article(title, text, **{"published_at": self.clock(), **values})
            article_id = work.articles.add(read, feed_id=feed.id, story_id=story_id, now=self.clock())
            slugs = KeywordMatcher(work.topics.all()).match(
                title=title, text=text, language=read.article.language, feed_url=feed.url
            )
            work.articles.set_topics({article_id: dict.fromkeys(slugs)})

    async def settle(self) -> None:
        """Let the bot go on a little."""
        await asyncio.sleep(0.01)

    async def until(self, look) -> None:
        """Let the bot go on until `look` finds something."""
        async with asyncio.timeout(5):
            while not look():  # noqa: ASYNC110 - what it looks at has no event
                await asyncio.sleep(0.01)

    async def publish_editions(self) -> None:
        """What the timed job does each minute."""
        self.bot.services.publisher.plan()
        await self.bot.services.publisher.deliver()


def settings_for(sandbox: Sandbox, folder, **values) -> Settings:
    return load(
        _env_file=None,
        **{
            "telegram_bot_token": TOKEN,
            "telegram_api_url": sandbox.url,
            "admin_ids": (ADMIN_ID,),
            "data_dir": folder,
            "database_url": databases.in_folder.get(folder, ""),
            **values,
        },
    )


@asynccontextmanager
async def on_stage(sandbox, folder, clock, web=None, **values):
    """The bot running on `sandbox` with the database of `folder`; a second one there is a restart.

    values: of the settings.
    """
    web = web or FakeFetcher()
    settings = settings_for(sandbox, folder, **values)
    async with open_bot(settings, clock, fetcher=web, worker=InlineWorker()) as bot, running(bot, settings):
        yield Stage(sandbox, bot, clock, web)
