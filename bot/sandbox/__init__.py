"""A rehearsal stage: a strict Bot API on loopback, its people and chat page, a sample newsroom. Never imports digests.

async with Sandbox() as sandbox:
alice = sandbox.person("Alice", language="ru")
...  # a bot whose TELEGRAM_API_URL is sandbox.url
await alice.send("/start")
greeting = await alice.next_message()
await alice.press("Technology")
"""

from bot.sandbox.errors import SandboxError
from bot.sandbox.faults import Faults
from bot.sandbox.flood import FloodLimits
from bot.sandbox.groups import Channel, Group
from bot.sandbox.inline import InlineAsk
from bot.sandbox.journal import Call, Journal
from bot.sandbox.model import Button, Media, Message, StoredFile, Text, User
from bot.sandbox.people import CallbackAnswer, Person, Press
from bot.sandbox.rendering import Entity
from bot.sandbox.sandbox import TOKEN, Rules, Sandbox
from bot.sandbox.state import GENERAL

__all__ = [
    "GENERAL",
    "TOKEN",
    "Button",
    "Call",
    "CallbackAnswer",
    "Channel",
    "Entity",
    "Faults",
    "FloodLimits",
    "Group",
    "InlineAsk",
    "Journal",
    "Media",
    "Message",
    "Person",
    "Press",
    "Rules",
    "Sandbox",
    "SandboxError",
    "StoredFile",
    "Text",
    "User",
]
