"""Joining, settings, pausing and leaving: commands and buttons."""

from collections.abc import Awaitable, Callable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from telegram import KeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove, Update

from bot.callbacks import (
    ALL_TOPICS,
    ANNOUNCEMENTS,
    DAYS,
    DIGEST,
    FINISH,
    LANGUAGE,
    LAST,
    LOCATE,
    OPEN,
    PAUSE,
    PAUSE_DAYS,
    PREVIEW,
    QUIET,
    RESUME,
    SCREEN,
    SIZE,
    STOP,
    STOP_QUESTION,
    TIME,
    TIMES,
    TOGGLE_DAY,
    TOGGLE_TIME,
    TOGGLE_WEEKEND_TIME,
    TOPIC,
    TRY,
    TRY_DROP,
    TRY_KEEP,
    WEEKEND_AS_USUAL,
    ZONE,
    Press,
)
from bot.context import BotContext
from bot.handlers import digest, places, staff
from bot.handlers.answers import chat_id, command_text, off_loop, reply, show, toast
from bot.handlers.staff import INVITATION
from bot.render import Keyboard
from bot.screens import PAUSES, Screen, joined, next_edition, page_of_topic
from bot.settings import LANGUAGES
from bot.texts import NONE, best_language, texts_in
from bot.times import find_day, read_quiet
from bot.zones import zone_at
from digests.errors import (
    InvalidTimeError,
    NothingTriedError,
    UnknownSubscriberError,
    UnknownTopicError,
    UnknownZoneError,
)
from digests.model import QuietHours, SubscriberState
from digests.subscribers import MOST_TIMES, Profile


async def start(update: Update, context: BotContext) -> None:
    """/start, and /start TOPIC from a link."""
    user = update.effective_user
    language = best_language(user.language_code if user else None, context.services.default_language)
    profile = await off_loop(context.services.subscribers.join, chat_id(update), language=language)
    wanted = command_text(update)
    if wanted.startswith(INVITATION):
        await staff.accept(update, context, wanted.removeprefix(INVITATION))
        return
    if wanted in {topic.slug for topic in profile.topics}:
        profile = await off_loop(
            context.services.subscribers.set_topic, chat_id(update), wanted, followed=True, at_once=True
        )
    await places.started(update, context)
    await _show(update, context, _home(profile), profile)


async def _is_still_joining(update: Update, context: BotContext) -> bool:
    """Whether the reader has not chosen yet, so that there is nothing to pause or resume; the step at hand is shown."""
    profile = await _profile(update, context)
    if profile.subscriber.state is not SubscriberState.JOINING:
        return False
    await _show(update, context, "topics", profile)
    return True


async def topics(update: Update, context: BotContext) -> None:
    """/topics"""
    await _show(update, context, "topics", await _profile(update, context))


async def settings(update: Update, context: BotContext) -> None:
    """/settings"""
    profile = await _profile(update, context)
    await _show(update, context, _home(profile), profile)


async def pause(update: Update, context: BotContext) -> None:
    """/pause, /pause DAYS and /pause DATE"""
    if await _is_still_joining(update, context):
        return
    given = command_text(update)
    subscribers = context.services.subscribers
    try:
        if given and not given.isdecimal():
            profile = await off_loop(subscribers.profile, chat_id(update))
            today = context.services.clock().astimezone(ZoneInfo(profile.subscription.zone))
            day = await off_loop(find_day, given, profile.subscriber.language, today)
            if day is None:
                raise ValueError(given)  # noqa: TRY301 - told below, as a day that is past
            profile = await off_loop(subscribers.pause_until, chat_id(update), day)
        else:
            profile = await off_loop(subscribers.pause, chat_id(update), days=int(given) if given else None)
    except ValueError:
        texts = await off_loop(context.texts, update)
        await reply(update, texts.say("pause-usage", given=given[:100]))
        return
    texts = texts_in(profile.subscriber.language)
    buttons = [[(texts.plain("days", count=one), Press(PAUSE_DAYS, str(one)).data()) for one in PAUSES]]
    buttons.append([(texts.plain("button-resume"), Press(RESUME).data())])
    await reply(update, texts.say("paused", until=_pause_ends(profile, context.services.clock())), buttons)


async def resume(update: Update, context: BotContext) -> None:
    """/resume"""
    if await _is_still_joining(update, context):
        return
    profile = await off_loop(context.services.subscribers.resume, chat_id(update))
    texts = texts_in(profile.subscriber.language)
    await reply(update, texts.say("resumed", next=next_edition(profile, texts)))


async def stop(update: Update, context: BotContext) -> None:
    """/stop: asks first."""
    texts = await off_loop(context.texts, update)
    keyboard: Keyboard = [
        [(texts.plain("button-really-leave"), Press(STOP).data())],
        [(texts.plain("button-cancel"), Press(SCREEN, "settings").data())],
    ]
    await reply(update, texts.say("stop-question"), keyboard)


async def help_(update: Update, context: BotContext) -> None:
    """/help"""
    texts = await off_loop(context.texts, update)
    parts = [texts.say("help"), *places.help_here(update, context, texts)]
    if await off_loop(context.role, update):
        parts.append(texts.say("help-admin"))
    await reply(update, "\n\n".join(parts))


async def set_time(update: Update, context: BotContext, at: time) -> None:
    """A time sent as a message."""
    profile = await off_loop(context.services.subscribers.set_time, chat_id(update), at)
    texts = texts_in(profile.subscriber.language)
    if profile.subscriber.state is SubscriberState.JOINING or profile.is_trying:
        await _show(update, context, "time", profile)
        return
    if profile.next_edition_at is None:
        await reply(update, texts.say("saved-time", time=texts.clock(at)))
        return
    await reply(update, texts.say("time-saved-message", time=texts.clock(at), next=next_edition(profile, texts)))


async def set_quiet(update: Update, context: BotContext, quiet: QuietHours) -> None:
    """Two times sent as a message, such as 22:30-07:00."""
    profile = await off_loop(context.services.subscribers.set_quiet, chat_id(update), quiet)
    await _show(update, context, "quiet", profile)


async def location(update: Update, context: BotContext) -> None:
    """Where somebody is, sent from their app: it gives their time zone, and is kept nowhere."""
    message = update.effective_message
    assert message is not None  # the handler is for these messages alone
    assert message.location is not None
    at = message.location
    zone = await off_loop(zone_at, at.latitude, at.longitude)
    if zone is None:
        texts = await off_loop(context.texts, update)
        await message.reply_text(texts.plain("location-unknown"), reply_markup=ReplyKeyboardRemove())
        return
    texts = await off_loop(context.texts, update)
    await message.reply_text(texts.plain("location-found", zone=texts.zone(zone)), reply_markup=ReplyKeyboardRemove())
    await set_zone(update, context, zone)


async def set_zone(update: Update, context: BotContext, zone: str) -> None:
    """A city or a zone sent as a message."""
    profile = await off_loop(context.services.subscribers.set_zone, chat_id(update), zone)
    texts = texts_in(profile.subscriber.language)
    if profile.subscriber.state is SubscriberState.JOINING or profile.is_trying:
        await _show(update, context, "zone", profile)
        return
    if profile.next_edition_at is None:
        await reply(update, texts.say("saved-zone", zone=texts.zone(zone)))
        return
    clock = texts.local_clock(context.services.clock(), zone)
    values = {"zone": texts.zone(zone), "clock": clock, "next": next_edition(profile, texts)}
    await reply(update, texts.say("zone-saved-message", **values))


async def press(update: Update, context: BotContext, pressed: Press) -> None:
    """A reader's button. Whoever has no place here any more is asked to begin anew; stale buttons show what is."""
    try:
        await _PRESSES[pressed.action](update, context, pressed.value)
    except NothingTriedError:
        profile = await _profile(update, context)
        await toast(update, texts_in(profile.subscriber.language).plain("nothing-tried"), alert=True)
        await _show(update, context, "settings", profile)
    except InvalidTimeError:
        profile = await _profile(update, context)
        await toast(update, texts_in(profile.subscriber.language).plain("too-many-times", most=MOST_TIMES), alert=True)
    except (UnknownTopicError, UnknownZoneError, ValueError, KeyError):
        # The button is of an earlier version, or was made up: what it names is not there.
        profile = await _profile(update, context)
        await toast(update, texts_in(profile.subscriber.language).plain("stale-button"))
        await _show(update, context, _home(profile), profile)
    except UnknownSubscriberError:
        texts = await off_loop(context.texts, update)
        await toast(update, texts.plain("not-joined"), alert=True)


def understands(pressed: Press) -> bool:
    """Whether the button is a reader's."""
    return pressed.action in _PRESSES


async def _go(update: Update, context: BotContext, name: str) -> None:
    profile = await _profile(update, context)
    leaving_topics = profile.subscriber.state is SubscriberState.JOINING and name == "time"
    if leaving_topics and not profile.subscription.topics:
        await toast(update, texts_in(profile.subscriber.language).plain("choose-one-topic"), alert=True)
        return
    # Whoever is still joining has no settings to go back to, only the step at hand.
    shown = await places.screen_here(update, context, _home(profile) if name == "settings" else name, profile)
    await toast(update)
    await show(update, shown)


async def _locate(update: Update, context: BotContext, _value: str) -> None:
    texts = await off_loop(context.texts, update)
    await toast(update)
    chat = update.effective_chat
    assert chat is not None  # handlers are for updates of chats
    asking = KeyboardButton(texts.plain("button-share-location"), request_location=True)
    keyboard = ReplyKeyboardMarkup([[asking]], resize_keyboard=True, one_time_keyboard=True)
    await chat.send_message(texts.plain("locate"), reply_markup=keyboard)


async def _try(update: Update, context: BotContext, name: str) -> None:
    profile = await off_loop(context.services.subscribers.try_settings, chat_id(update))
    shown = await places.screen_here(update, context, name, profile)
    await toast(update)
    await show(update, shown)


async def _keep_tried(update: Update, context: BotContext, _value: str) -> None:
    profile = await off_loop(context.services.subscribers.keep_tried, chat_id(update))
    await _saved(update, context, "settings", profile)


async def _drop_tried(update: Update, context: BotContext, _value: str) -> None:
    profile = await off_loop(context.services.subscribers.drop_tried, chat_id(update))
    await toast(update, texts_in(profile.subscriber.language).plain("dropped"))
    await _show(update, context, "settings", profile)


async def _quiet(update: Update, context: BotContext, value: str) -> None:
    quiet = None if value == NONE else read_quiet(value)
    if quiet is None and value != NONE:
        raise ValueError(value)
    profile = await off_loop(context.services.subscribers.set_quiet, chat_id(update), quiet)
    await _saved(update, context, "quiet", profile)


async def _announcements(update: Update, context: BotContext, value: str) -> None:
    subscribers = context.services.subscribers
    profile = await off_loop(subscribers.set_announcements, chat_id(update), agreed=value == "1")
    texts = texts_in(profile.subscriber.language)
    await toast(update, texts.plain("announcements-on" if value == "1" else "announcements-off"))
    await _show(update, context, "settings", profile)


async def _times(update: Update, context: BotContext, value: str) -> None:
    times = [time.fromisoformat(one) for one in value.split(",")]
    profile = await off_loop(context.services.subscribers.set_times, chat_id(update), times)
    await _saved(update, context, "time", profile)


async def _open(update: Update, context: BotContext, name: str) -> None:
    shown = await places.screen_here(update, context, name, await _profile(update, context))
    await toast(update)
    await reply(update, shown.text, shown.keyboard)


async def _topic(update: Update, context: BotContext, slug: str) -> None:
    profile = await off_loop(context.services.subscribers.toggle_topic, chat_id(update), slug)
    await toast(update)
    await _show(update, context, page_of_topic(profile, slug), profile)


async def _all_topics(update: Update, context: BotContext, value: str) -> None:
    profile = await _profile(update, context)
    slugs = [topic.slug for topic in profile.topics] if value == "1" else []
    profile = await off_loop(context.services.subscribers.set_topics, chat_id(update), slugs)
    await toast(update)
    await _show(update, context, "topics", profile)


async def _time(update: Update, context: BotContext, value: str) -> None:
    profile = await off_loop(context.services.subscribers.set_time, chat_id(update), time.fromisoformat(value))
    await _saved(update, context, "time", profile)


async def _zone(update: Update, context: BotContext, value: str) -> None:
    profile = await off_loop(context.services.subscribers.set_zone, chat_id(update), value)
    await _saved(update, context, "zone", profile)


async def _size(update: Update, context: BotContext, value: str) -> None:
    profile = await off_loop(context.services.subscribers.set_minutes, chat_id(update), int(value))
    await _saved(update, context, "size", profile)


async def _toggle_time(update: Update, context: BotContext, value: str) -> None:
    subscribers = context.services.subscribers
    profile = await off_loop(subscribers.toggle_time, chat_id(update), time.fromisoformat(value))
    await _saved(update, context, "time", profile)


async def _toggle_weekend_time(update: Update, context: BotContext, value: str) -> None:
    subscribers = context.services.subscribers
    profile = await off_loop(subscribers.toggle_time, chat_id(update), time.fromisoformat(value), weekend=True)
    await _saved(update, context, "weekend", profile)


async def _weekend_as_usual(update: Update, context: BotContext, _value: str) -> None:
    profile = await off_loop(context.services.subscribers.weekend_as_usual, chat_id(update))
    await _saved(update, context, "weekend", profile)


async def _days(update: Update, context: BotContext, value: str) -> None:
    profile = await off_loop(context.services.subscribers.set_days, chat_id(update), map(int, value))
    await _saved(update, context, "days", profile)


async def _toggle_day(update: Update, context: BotContext, value: str) -> None:
    profile = await off_loop(context.services.subscribers.toggle_day, chat_id(update), int(value))
    await _saved(update, context, "days", profile)


async def _saved(update: Update, context: BotContext, name: str, profile: Profile) -> None:
    """Say when the next edition comes, which is what a change of the plan is about."""
    texts = texts_in(profile.subscriber.language)
    if profile.is_trying:
        await toast(update, texts.plain("tried"))
        await _show(update, context, name, profile)
        return
    key = "saved" if profile.next_edition_at is None else "saved-next"
    await toast(update, texts.plain(key, **({"next": next_edition(profile, texts)} if key == "saved-next" else {})))
    await _show(update, context, name, profile)


async def _language(update: Update, context: BotContext, value: str) -> None:
    if value not in LANGUAGES:
        raise ValueError(f"no catalogue for {value!r}")
    profile = await off_loop(context.services.subscribers.set_language, chat_id(update), value)
    await toast(update, texts_in(value).plain("tried" if profile.is_trying else "saved"))
    await _show(update, context, _home(profile), profile)


async def _finish(update: Update, context: BotContext, _value: str) -> None:
    profile = await _profile(update, context)
    if not profile.subscription.topics:
        await toast(update, texts_in(profile.subscriber.language).plain("choose-one-topic"), alert=True)
        await _show(update, context, "topics", profile)
        return
    profile = await off_loop(context.services.subscribers.resume, chat_id(update))
    await toast(update)
    of_now = await off_loop(context.services.publisher.preview, chat_id(update))
    await show(update, joined(profile, [story.lead.title for story in of_now.stories]))


async def _pause(update: Update, context: BotContext, _value: str) -> None:
    profile = await off_loop(context.services.subscribers.pause, chat_id(update))
    await toast(update)
    await _show(update, context, "settings", profile)


async def _pause_days(update: Update, context: BotContext, value: str) -> None:
    profile = await off_loop(context.services.subscribers.pause, chat_id(update), days=int(value))
    texts = texts_in(profile.subscriber.language)
    await toast(update, texts.plain("paused", until=_pause_ends(profile, context.services.clock())), alert=True)
    await _show(update, context, "settings", profile)


async def _resume(update: Update, context: BotContext, _value: str) -> None:
    profile = await off_loop(context.services.subscribers.resume, chat_id(update))
    await toast(update)
    await _show(update, context, "settings", profile)


async def _stop(update: Update, context: BotContext, _value: str) -> None:
    texts = await off_loop(context.texts, update)
    await off_loop(context.services.subscribers.erase, chat_id(update))
    await toast(update)
    await show(update, Screen(texts.say("stopped"), []))


async def _stop_question(update: Update, context: BotContext, _value: str) -> None:
    await toast(update)
    await stop(update, context)


async def _preview(update: Update, context: BotContext, value: str) -> None:
    if value:
        if await digest.turn_preview(update, context, value):
            await toast(update)
            return
        texts = await off_loop(context.texts, update)
        await toast(update, texts.plain("preview-forgotten"), alert=True)
        return
    await toast(update)
    await digest.preview(update, context)


async def _digest(update: Update, context: BotContext, _value: str) -> None:
    await toast(update)
    await digest.command(update, context)


async def _last(update: Update, context: BotContext, _value: str) -> None:
    await toast(update)
    await digest.last_digest(update, context)


_PRESSES: dict[str, Callable[[Update, BotContext, str], Awaitable[None]]] = {
    SCREEN: _go,
    OPEN: _open,
    TOPIC: _topic,
    ALL_TOPICS: _all_topics,
    TIME: _time,
    ZONE: _zone,
    SIZE: _size,
    TOGGLE_TIME: _toggle_time,
    TOGGLE_WEEKEND_TIME: _toggle_weekend_time,
    WEEKEND_AS_USUAL: _weekend_as_usual,
    DAYS: _days,
    TOGGLE_DAY: _toggle_day,
    PAUSE_DAYS: _pause_days,
    LANGUAGE: _language,
    FINISH: _finish,
    PAUSE: _pause,
    RESUME: _resume,
    STOP: _stop,
    STOP_QUESTION: _stop_question,
    DIGEST: _digest,
    PREVIEW: _preview,
    LAST: _last,
    LOCATE: _locate,
    QUIET: _quiet,
    TIMES: _times,
    TRY: _try,
    TRY_KEEP: _keep_tried,
    TRY_DROP: _drop_tried,
    ANNOUNCEMENTS: _announcements,
}


async def _profile(update: Update, context: BotContext) -> Profile:
    return await off_loop(context.services.subscribers.profile, chat_id(update))


async def _show(update: Update, context: BotContext, name: str, profile: Profile) -> None:
    await show(update, await places.screen_here(update, context, name, profile))


def _home(profile: Profile) -> str:
    """Where a button leads back to that has nothing of its own to show."""
    return "topics" if profile.subscriber.state is SubscriberState.JOINING else "settings"


def _pause_ends(profile: Profile, now: datetime) -> str:
    until = profile.subscriber.paused_until
    texts = texts_in(profile.subscriber.language)
    return texts.moment(until, profile.subscription.zone, now) if until else NONE
