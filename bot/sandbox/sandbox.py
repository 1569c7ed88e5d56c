"""The sandbox as a whole: wires the parts and runs the server."""

import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.sandbox.api import Api
from bot.sandbox.chat_page import ChatPage
from bot.sandbox.conversation import Conversation
from bot.sandbox.errors import SandboxError
from bot.sandbox.faults import Faults
from bot.sandbox.flood import Flood, FloodLimits
from bot.sandbox.groups import Channel, Group
from bot.sandbox.incoming import Incoming
from bot.sandbox.journal import Journal
from bot.sandbox.model import User
from bot.sandbox.people import Person
from bot.sandbox.server import UPLOAD_BYTES, BotApiServer
from bot.sandbox.state import GENERAL, Chat, Clock, Thread, Timer, World
from bot.sandbox.webhook import Delivery

TOKEN = "7000000001:sandbox-token-of-no-worth"  # noqa: S105 - opens nothing outside this machine
"""The token when none is given."""
USERNAME = "news_digest_sandbox_bot"
"""The bot's name in Telegram, without the @."""
_FIRST_PERSON = 1001


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Rules of the sandbox that tests may want otherwise.

    group_privacy: the bot's privacy mode, as BotFather sets it.
    inline: whether inline mode is on, as BotFather sets it.
    callback_seconds: how long a press, or an inline query, waits for its answer.
    webhook_pause: seconds before the third attempt to deliver an update; later pauses double.
    journal_size: how many calls the journal keeps.
    """

    group_privacy: bool = True
    inline: bool = True
    callback_seconds: float = 15.0
    webhook_pause: float = 2.0
    journal_size: int = 100_000


def utc_now() -> datetime:
    """The real time."""
    return datetime.now(UTC)


class Sandbox:
    """A Telegram of its own on loopback: `async with Sandbox() as sandbox`, then point TELEGRAM_API_URL at its `url`.

    token: `<bot id>:<anything>`. clock: aware datetimes that messages carry. timer: monotonic seconds for flood
    control and for presses that grow too old. flood: None switches flood control off. port: 0 takes a free one.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        bot_name: str = "News Digest",
        clock: Clock = utc_now,
        timer: Timer = time.monotonic,
        flood: FloodLimits | None = FloodLimits(),  # noqa: B008 - frozen
        rules: Rules = Rules(),
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        bot = User(id=int(token.partition(":")[0]), first_name=bot_name, username=USERNAME, is_bot=True)
        self.token = token
        self.faults = Faults()
        self.journal = Journal(rules.journal_size)
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self._world = World(bot, clock, timer, group_privacy=rules.group_privacy, inline=rules.inline)
        self._delivery = Delivery(clock, rules.webhook_pause)
        self._incoming = Incoming(self._world, self._delivery.queue)
        api = Api(self._world, self._delivery, Flood(flood, timer), rules.callback_seconds)
        self._server = BotApiServer(token, self._world, api, faults=self.faults, journal=self.journal)
        self._delivery.on_method = self._server.call_from_webhook
        self._page = ChatPage(self._world, self.people, self.person)
        self._ids = itertools.count(_FIRST_PERSON)
        self._address = (host, port)
        self._runner: web.AppRunner | None = None
        self._url = ""

    @property
    def url(self) -> str:
        """What TELEGRAM_API_URL has to be, and where the chat page is; without a slash at the end.

        Raises:
            SandboxError: it does not run.
        """
        if not self._url:
            raise SandboxError("the sandbox does not run")
        return self._url

    @property
    def bot_username(self) -> str:
        """The bot's name in Telegram, without the @."""
        return self._world.bot.username or ""

    @property
    def pending_updates(self) -> int:
        """How many updates the bot has not confirmed."""
        return len(self._delivery.queue.pending)

    async def start(self) -> None:
        """Opens the port."""
        app = web.Application(client_max_size=UPLOAD_BYTES)
        self._server.add_routes(app.router)
        self._page.add_routes(app)
        # A waiting poll or an open page must not hold up the end.
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, *self._address)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self._url = f"http://{host}:{port}"

    async def stop(self) -> None:
        """Closes everything; nothing is kept."""
        await self._delivery.remove_webhook()
        self._delivery.queue.end_poll("")
        self._page.close()
        if self._runner is not None:
            await self._runner.cleanup()
        self._runner, self._url = None, ""

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def person(
        self, name: str, *, language: str | None = "en", user_id: int | None = None, username: str | None = None
    ) -> Person:
        """A new person; without a `user_id` they get the next free one.

        Raises:
            SandboxError: the number is taken.
        """
        number = user_id if user_id is not None else self._free_id()
        if number in self._world.users or number <= 0:
            raise SandboxError(f"there is a user {number} already, or the number is none")
        user = User(id=number, first_name=name, username=username, language_code=language)
        person = Person(self._incoming, self._world.add_user(user), user, self._conversation)
        self.people[number] = person
        return person

    def group(
        self,
        title: str,
        *,
        members: Sequence[Person] = (),
        admins: Sequence[Person] = (),
        supergroup: bool = False,
        forum: bool = False,
        bot: bool = True,
    ) -> Group:
        """A new group of these people; the first admin made it. With `bot`, somebody added the bot as a plain member.

        forum: a supergroup with threads.

        Raises:
            SandboxError: it has no people.
        """
        people = [*admins, *members]
        if not people:
            raise SandboxError("a group needs people")
        chat = self._world.add_group(title, kind="supergroup" if supergroup or forum else "group")
        if forum:
            chat.threads[GENERAL] = Thread(name="General")
        chat.members = {person.id: "member" for person in members} | {person.id: "administrator" for person in admins}
        if admins:
            chat.members[admins[0].id] = "creator"
        group = self._adopt(chat)
        if bot:
            group.add_bot(people[0])
        return group

    def channel(self, title: str, *, owner: Person, username: str | None = None, bot: bool = True) -> Channel:
        """A new channel; with `bot`, the bot is its administrator."""
        chat = self._world.add_group(title, kind="channel", username=username)
        chat.members = {owner.id: "creator"}
        channel = Channel(self._incoming, chat, self._adopt)
        self.groups[chat.id] = channel
        if bot:
            channel.add_bot(owner, admin=True)
        return channel

    def _free_id(self) -> int:
        return next(number for number in self._ids if number not in self._world.users)

    def _adopt(self, chat: Chat) -> Group:
        group = Group(self._incoming, chat, self._adopt)
        self.groups[chat.id] = group
        return group

    def _conversation(self, chat_id: int) -> Conversation:
        """The person or the group whose chat it is."""
        return self.people[chat_id] if chat_id > 0 else self.groups[chat_id]
