"""A sandbox Telegram in a process of its own, with many readers and with faults by chance.

`python telegram_server.py CONFIG`, CONFIG in JSON: readers (how many have begun a chat), flood (messages a second, 0
for no flood control), faults (kind -> share of calls), seed. Prints its address, then answers each line of its input
with a line: `calls` with all sends to readers, `calm` ends the faults, `rest` forgets all calls, `ask CHAT TEXT` with
the seconds that the reader of that chat waits for a message after writing the text. Ends with its input.
"""

import asyncio
import gc
import json
import random
import sys
import time
from dataclasses import replace

from bot.sandbox import Rules, Sandbox
from bot.sandbox.flood import FloodLimits

FIRST_READER = 100_001
SLOW_SECONDS = 1.5
RETRY_AFTER = 1


def order(faults, shares, chance):
    """Have every method fail by chance."""

    def by_chance(share):
        return lambda _method, _params: chance.random() < share

    for kind, share in shares.items():
        arguments = {"slow": (SLOW_SECONDS,), "flood": (RETRY_AFTER,), "status": (500,), "page": (502,)}.get(kind, ())
        getattr(faults, kind)(None, *arguments, times=None, when=by_chance(share))


def told(call):
    """A send, as the judge needs it."""
    return {
        "chat": int(call.params.get("chat_id", 0)),
        "text": call.params.get("text", ""),
        "accepted": call.accepted,
        "status": call.status,
        "fault": call.fault,
        "seconds": call.seconds,
        "at": call.at.timestamp(),
        "paid": call.params.get("allow_paid_broadcast"),
    }


async def waited(sandbox, chat, text):
    """Seconds from a reader's words to the bot's."""
    reader = sandbox.people[int(chat)]
    reader.mark()
    began = time.monotonic()
    await reader.send(text)
    await reader.next_message(timeout=60)
    return time.monotonic() - began


async def main(config):
    flood = replace(FloodLimits(), overall=config["flood"]) if config["flood"] else None
    sandbox = Sandbox(flood=flood, rules=Rules(journal_size=5_000_000))
    order(sandbox.faults, config["faults"], random.Random(config["seed"]))
    async with sandbox:
        for number in range(config["readers"]):
            person = sandbox.person(f"Reader {number}", user_id=FIRST_READER + number)
            sandbox._world.chats[person.id].started = True
        gc.disable()  # its pauses would be taken for Telegram's
        print(sandbox.url, flush=True)  # noqa: T201
        while line := (await asyncio.to_thread(sys.stdin.readline)).strip():
            answer = []
            if line == "calls":
                answer = [told(call) for call in sandbox.journal if call.method == "sendMessage"]
            elif line == "calm":
                sandbox.faults.clear()
            elif line.startswith("ask "):
                answer = await waited(sandbox, *line.split(" ", 2)[1:])
            elif line == "rest":
                sandbox.journal.clear()
            print(json.dumps(answer), flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
