"""Deliveries sent by the real publisher and python-telegram-bot to a sandbox in another process. Prints JSON.

`delivering.py CONFIG`, CONFIG in JSON: url, readers (each with one delivery in the outbox), per_second (of the pace),
database (an empty one). Run by itself, so that its CPU is its own. `delivering.py` with `bare` in CONFIG sends the
same texts by aiohttp alone, so many at once.
"""

import asyncio
import json
import random
import resource
import sys
import time
from datetime import UTC, datetime
from urllib.parse import urlencode

import aiohttp
from telegram.ext import ExtBot

from bot.limiter import TurnLimiter
from bot.pace import Pace
from bot.render import digest_messages, write_keyboard
from bot.request import AiohttpRequest
from bot.running import let_the_event_loop_go_first, set_imports_aside
from bot.sandbox import TOKEN
from bot.sender import TelegramSender
from builders import subscriber, subscription, topic
from digests.model import EditionKind, Part
from digests.pipeline.publishing import SENDING_AT_ONCE, Publisher
from digests.store.engine import open_engine
from digests.store.outbox import NewEdition
from digests.store.unit_of_work import Store
from telegram_server import FIRST_READER

TEXT = "<b>Morning digest</b>\n\n" + "\n\n".join(
    f'<b><a href="https://agency.example/{number}">A headline of some length, as they are, {number}</a></b>\n'
    "The first sentence of what happened there. A second one says why, and what comes next.\n"
    f'<a href="https://agency.example/{number}">Agency</a> · 2 hours ago'
    for number in range(8)
)
KEYBOARD = write_keyboard([[(str(number), f"o:{number}") for number in range(1, 9)]])


def utc_now():
    return datetime.now(UTC)


def fill(store, readers):
    now = utc_now()
    with store.begin() as work:
        work.topics.add(topic("science"))
        (edition,) = work.outbox.compose(
            [
                NewEdition(
                    messages=(Part(text=TEXT, keyboard=KEYBOARD),),
                    edition_at=now,
                    kind=EditionKind.SCHEDULED,
                    stories=8,
                )
            ],
            now=now,
        )
        ids = []
        for number in range(readers):
            work.readers.save(subscriber(FIRST_READER + number), now=now)
            ids.append(work.readers.add_subscription(subscription(chat_id=FIRST_READER + number)).id)
        work.outbox.enter([(one, edition) for one in ids], now=now)


async def deliver(config):
    set_imports_aside()  # as in the process that runs the bot
    let_the_event_loop_go_first()  # likewise
    store = Store(open_engine(config["database"]))
    fill(store, config["readers"])
    pace = Pace(config["per_second"])
    bot = ExtBot(
        TOKEN,
        f"{config['url']}/bot",
        request=AiohttpRequest(connections=256),
        get_updates_request=AiohttpRequest(connections=1),
        rate_limiter=TurnLimiter(pace),
    )
    async with bot:
        publisher = Publisher(store, digest_messages, TelegramSender(bot, pace), utc_now, chance=random.random)
        began, cpu = time.time(), spent()
        await publisher.deliver()
        told = {"seconds": time.time() - began, "cpu": spent() - cpu, "began": began}
    with store.read() as work:
        told["waiting"] = sum(work.backlog(utc_now()).deliveries.values())
    store.close()
    return told


async def bare(config):
    body = urlencode(
        {
            "text": TEXT,
            "parse_mode": "HTML",
            "link_preview_options": json.dumps({"is_disabled": True}),
            "disable_notification": "false",
            "reply_markup": json.dumps(
                {"inline_keyboard": [[{"text": str(n), "callback_data": f"o:{n}"} for n in range(1, 9)]]}
            ),
        }
    )
    chats = iter(range(FIRST_READER, FIRST_READER + config["readers"]))
    url = f"{config['url']}/bot{TOKEN}/sendMessage"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=256)) as session:

        async def work():
            for chat_id in chats:
                data = f"{body}&chat_id={chat_id}".encode()
                async with session.post(url, data=data, headers=headers) as answer:
                    assert (await answer.json())["ok"]

        began, cpu = time.time(), spent()
        await asyncio.gather(*(work() for _ in range(SENDING_AT_ONCE)))
        return {"seconds": time.time() - began, "cpu": spent() - cpu, "began": began}


def spent():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    asked = json.loads(sys.argv[1])
    print(json.dumps(asyncio.run((bare if asked.get("bare") else deliver)(asked))))  # noqa: T201
