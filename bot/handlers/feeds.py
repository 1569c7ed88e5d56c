"""Feeds in the chat, for admins: found, followed, listed, removed, taken from a list and given as one."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from enum import Enum

from telegram import Document, Update

from bot.callbacks import CANCEL, CLOSE, FOLLOW, FOLLOW_FOLDERS, FOLLOW_LIST, REMOVE_FEED, UNDO_FOLLOW, Press
from bot.context import BotContext
from bot.feed_screens import feed_choice, feed_followed, feed_preview, feeds_chosen, folders_of, list_choice
from bot.handlers import sources
from bot.handlers.answers import command_text, off_loop, reply, show, thread_of, typing
from bot.handlers.rights import admins_only
from bot.offers import FeedChoice, ListChoice, Undoable
from bot.render import Keyboard
from bot.screens import Screen
from bot.source_screens import list_taken, remove_screen
from bot.texts import Markup, Texts
from digests import opml
from digests.desk import FeedList
from digests.errors import FeedExistsError, NewsDigestError, TooLargeError, UnknownFeedError
from digests.feed_finder import sole
from digests.gather.feed_address import feed_key, typed_address
from digests.model import Feed

MOST_ADDRESSES = 30
"""In one message."""

AT_ONCE = 4
"""Addresses looked up at a time."""


class Outcome(Enum):
    """What became of an address that an admin sent."""

    FOLLOWED = "followed"
    KNOWN = "known"
    OFFERED = "offered"
    FAILED = "failed"


@admins_only
async def feeds(update: Update, context: BotContext) -> None:
    """/feeds, /feeds add ADDRESS…, /feeds export, /feeds help, /feeds WHICH, and the lines of `bot.handlers.sources`"""
    texts = await off_loop(context.texts, update)
    action, *given = command_text(update).split() or [""]
    match action.casefold():
        case "":
            await sources.list_feeds(update, context)
        case "add" | "new":
            context.application.create_task(_add(update, context, given, texts), update=update)
        case "export":
            await _export(update, context, texts)
        case "help":
            await reply(update, texts.say("feed-help"))
        case "delete":
            await sources.line(update, context, "remove", " ".join(given), texts)
        case line if line in sources.LINES:
            await sources.line(update, context, line, " ".join(given), texts)
        case address if "." in address:
            context.application.create_task(_add(update, context, [action, *given], texts), update=update)
        case _:
            await sources.line(update, context, "open", " ".join([action, *given]), texts)


@admins_only
async def document(update: Update, context: BotContext) -> None:
    """A file that may be a list of feeds: what is in it, and the question whether to follow it."""
    message = update.effective_message
    assert message is not None  # the handler is for messages with a document
    assert message.document is not None
    context.application.create_task(_offer_list(update, context, message.document), update=update)


async def gather(context: BotContext) -> None:
    """Read what is due, as feeds that were just added are."""
    await context.services.gatherer.gather()


async def ask(update: Update, texts: Texts, question: Markup, yes: Press) -> None:
    """A question before something is removed."""
    keyboard: Keyboard = [
        [(texts.plain("button-really-remove"), yes.data())],
        [(texts.plain("button-cancel"), Press(CANCEL).data())],
    ]
    await reply(update, question, keyboard)


async def _add(update: Update, context: BotContext, written: Sequence[str], texts: Texts) -> None:
    addresses: dict[str, tuple[str, str]] = {}
    for one in written:
        address = typed_address(one)
        addresses.setdefault(feed_key(address) if address else one, (one, address))
    if not addresses:
        await reply(update, texts.say("feed-usage"))
        return
    if len(addresses) > MOST_ADDRESSES:
        await reply(update, texts.say("feed-too-many", most=MOST_ADDRESSES))
        return
    await typing(update)
    alone = len(addresses) == 1
    turn = asyncio.Semaphore(AT_ONCE)

    async def add_one(typed: str, address: str) -> Outcome:
        async with turn:
            return await _add_one(update, context, typed, address, texts, alone=alone)

    told = await asyncio.gather(*(add_one(*one) for one in addresses.values()), return_exceptions=True)
    unexpected = [one for one in told if isinstance(one, BaseException)]
    counted = Counter(Outcome.FAILED if isinstance(one, BaseException) else one for one in told)
    if not alone:
        await reply(update, texts.say("feed-summary", **{one.value: counted[one] for one in Outcome}))
    if counted[Outcome.FOLLOWED]:
        await gather(context)
    if unexpected:
        raise unexpected[0]


async def _add_one(
    update: Update, context: BotContext, typed: str, address: str, texts: Texts, *, alone: bool
) -> Outcome:
    """Offer what is at the address, or say why not; with `alone` off, follow what is meant, and name the address."""
    desk = context.services.desk
    try:
        if not address:
            await reply(update, texts.say("feed-not-an-address", written=typed[:200]))
            return Outcome.FAILED
        found = await desk.find_feeds(address)
        meant = sole(found)
        if meant is None and not all(one.followed_as for one in found):
            name = context.services.offers.add(FeedChoice(found))
            shown = feed_choice(found, name, texts, context.services.clock())
            await reply(update, shown.text, shown.keyboard)
            return Outcome.OFFERED
        meant = meant or found[0]
        if alone and not meant.followed_as:
            shown = feed_preview(
                meant, context.services.offers.add(FeedChoice((meant,))), texts, context.services.clock()
            )
            await reply(update, shown.text, shown.keyboard)
            return Outcome.OFFERED
        feed = await off_loop(desk.follow, meant, by=context.actor(update))
    except FeedExistsError as error:
        await reply(update, texts.error(error))
        return Outcome.KNOWN
    except NewsDigestError as error:
        said = texts.error(error)
        await reply(update, said if alone else texts.say("feed-failed", address=typed[:200], error=said))
        return Outcome.FAILED
    await reply(update, feed_followed(meant, texts), _undo_keyboard(context, feed, texts))
    return Outcome.FOLLOWED


def _undo_keyboard(context: BotContext, feed: Feed, texts: Texts) -> Keyboard:
    name = context.services.offers.add(Undoable(feed.id))
    return [[(texts.plain("button-undo"), Press(UNDO_FOLLOW, f"{name}.{feed.id}").data())]]


async def _follow(update: Update, context: BotContext, value: str) -> None:
    """A feed was chosen; others that were offered with it stay on offer."""
    texts = await off_loop(context.texts, update)
    name, _, number = value.rpartition(".")
    choice = context.services.offers.get(name, FeedChoice)
    if choice is None or not number.isdecimal() or not 1 <= int(number) <= len(choice.feeds):
        await show(update, Screen(texts.say("offer-gone"), []))
        return
    chosen = choice.feeds[int(number) - 1]
    undo: Keyboard = []
    try:
        feed = await off_loop(context.services.desk.follow, chosen, by=context.actor(update))
        head = feed_followed(chosen, texts)
        undo = _undo_keyboard(context, feed, texts)
    except FeedExistsError as error:
        head = texts.error(error)
    if len(choice.feeds) == 1:
        await show(update, Screen(head, undo))
        context.application.create_task(gather(context), update=update)
        return
    feeds_ = tuple(replace(one, followed_as=one.name) if one is chosen else one for one in choice.feeds)
    context.services.offers.replace(name, FeedChoice(feeds_))
    await show(update, feed_choice(feeds_, name, texts, context.services.clock(), head=head))
    context.application.create_task(gather(context), update=update)


async def _close(update: Update, context: BotContext, name: str) -> None:
    """Enough feeds of a site were chosen."""
    texts = await off_loop(context.texts, update)
    choice = context.services.offers.get(name, FeedChoice)
    await show(update, feeds_chosen(choice.feeds, texts) if choice else Screen(texts.say("offer-gone"), []))


async def _undo(update: Update, context: BotContext, value: str) -> None:
    """At once as long as the feed is new; later its articles would go with it, so that is asked first."""
    texts = await off_loop(context.texts, update)
    name, _, number = value.rpartition(".")
    fresh = context.services.offers.get(name, Undoable)
    if fresh is not None and str(fresh.feed_id) == number:
        await sources.PRESSES[REMOVE_FEED](update, context, number)
        return
    known = {str(one.feed.id): one.feed for one in await off_loop(context.services.desk.feeds)}
    if number not in known:
        raise UnknownFeedError
    question = remove_screen(known[number], texts)
    await reply(update, question.text, question.keyboard)


async def _export(update: Update, context: BotContext, texts: Texts) -> None:
    kept = await off_loop(context.services.desk.everything)
    known = kept.feeds
    if not known:
        await reply(update, texts.say("feed-none"))
        return
    chat = update.effective_chat
    assert chat is not None  # handlers are for updates of chats
    await chat.send_document(
        await off_loop(opml.write, known, folders_of(kept.topics, texts.language)),
        filename="feeds.opml",
        caption=texts.plain("list-exported", count=len(known)),
        message_thread_id=thread_of(update),
    )


async def _offer_list(update: Update, context: BotContext, sent: Document) -> None:
    texts = await off_loop(context.texts, update)
    await typing(update)
    try:
        # A file of unknown size is looked at no further than one of a size that can be taken.
        if (sent.file_size or 0) > opml.MAX_BYTES:
            raise TooLargeError(opml.MAX_BYTES)
        body = await (await sent.get_file()).download_as_bytearray()
        read = await context.services.desk.read_list(bytes(body))
    except NewsDigestError as error:
        await reply(update, texts.error(error))
        return
    shown = list_choice(read, context.services.offers.add(ListChoice(read)), texts)
    await reply(update, shown.text, shown.keyboard)


async def _follow_list(update: Update, context: BotContext, name: str) -> None:
    texts = await off_loop(context.texts, update)
    choice = context.services.offers.get(name, ListChoice)
    if choice is None:
        await show(update, Screen(texts.say("offer-gone"), []))
        return
    count = await off_loop(context.services.desk.follow_list, choice.feeds.feeds, by=context.actor(update))
    await show(update, Screen(texts.say("list-followed", count=count), []))
    context.application.create_task(gather(context), update=update)


async def _follow_folders(update: Update, context: BotContext, name: str) -> None:
    texts = await off_loop(context.texts, update)
    choice = context.services.offers.get(name, ListChoice)
    if choice is None:
        await show(update, Screen(texts.say("offer-gone"), []))
        return
    context.application.create_task(_take_folders(update, context, choice.feeds, texts), update=update)


async def _take_folders(update: Update, context: BotContext, listed: FeedList, texts: Texts) -> None:
    """Beside the handling of updates, as all articles are matched with the new topics."""
    actor = context.actor(update)
    taken = await context.services.sources.take_list(listed.feeds, listed.folders, language=texts.language, by=actor)
    await show(update, list_taken(taken, texts))
    await gather(context)


PRESSES: dict[str, Callable[[Update, BotContext, str], Awaitable[None]]] = {
    FOLLOW: _follow,
    CLOSE: _close,
    UNDO_FOLLOW: _undo,
    FOLLOW_LIST: _follow_list,
    FOLLOW_FOLDERS: _follow_folders,
    **sources.PRESSES,
}
"""What each button does that is about feeds; the caller has checked the rights and answers for the errors."""
