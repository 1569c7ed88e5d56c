"""The typed way from an update to the use cases."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from telegram import Update, User
from telegram.ext import Application, CallbackContext, ExtBot

from bot.health import Finding
from bot.keepers import Keepers
from bot.offers import Offers
from bot.texts import Texts, best_language, texts_in
from digests.broadcasting import Broadcasting
from digests.browsing import Browsing
from digests.desk import Desk
from digests.figures import FigureDesk
from digests.model import Actor, Role
from digests.on_demand import Summaries
from digests.pipeline.gathering import Gathering
from digests.pipeline.notices import Notices
from digests.pipeline.publishing import Publisher
from digests.pipeline.watching import FeedWatch
from digests.places import Places
from digests.ports import Clock, Sender, Worker
from digests.sharing import Sharing
from digests.sources import Sources
from digests.staff import Staffing
from digests.subscribers import Subscribers
from digests.workbench import Workbench


@dataclass(frozen=True, kw_only=True)
class Services:
    """The use cases, wired once in `bot.app`.

    offers: what staff may choose from. searches: what readers look through, apart, so that many of these push out none.
    """

    subscribers: Subscribers
    desk: Desk
    sources: Sources
    browsing: Browsing
    offers: Offers
    searches: Offers
    sharing: Sharing
    places: Places
    keepers: Keepers
    summaries: Summaries
    publisher: Publisher
    notices: Notices
    gatherer: Gathering
    sender: Sender
    clock: Clock
    staffing: Staffing
    figures: FigureDesk
    broadcasting: Broadcasting
    worker: Worker
    examine: Callable[[], Awaitable[list[Finding]]]
    watch: FeedWatch
    workbench: Workbench
    default_language: str
    asks_a_model: bool = False
    """Whether headlines and summaries go to a language model."""


class BotContext(CallbackContext[ExtBot[str], dict[str, Any], dict[str, Any], dict[str, Any]]):
    """What a handler is given besides the update."""

    @property
    def services(self) -> Services:
        """The use cases."""
        services: Services = self.application.bot_data["services"]
        return services

    def texts(self, update: Update) -> Texts:
        """The sentences for the sender: in the language chosen in that chat, else in that of the profile."""
        chat = update.effective_chat
        chosen = self.services.subscribers.language(chat.id) if chat else None
        if chosen:
            return texts_in(chosen)
        user = update.effective_user
        return texts_in(best_language(user.language_code if user else None, self.services.default_language))

    def texts_of(self, user: User) -> Texts:
        """The sentences for that person, in whatever chat: as chosen in their private chat, else by their profile."""
        chosen = self.services.subscribers.language(user.id)
        return texts_in(chosen or best_language(user.language_code, self.services.default_language))

    def role(self, update: Update) -> Role | None:
        """What the sender may do with this bot besides reading. Waits for the database."""
        user = update.effective_user
        return None if user is None else self.services.staffing.role(user.id)

    def actor(self, update: Update) -> Actor:
        """Whom to name for what the sender changes."""
        user = update.effective_user
        assert user is not None  # only people have rights
        return Actor(user_id=user.id, name=user.full_name[:100])


BotApplication = Application[ExtBot[str], BotContext, dict[str, Any], dict[str, Any], dict[str, Any], Any]
