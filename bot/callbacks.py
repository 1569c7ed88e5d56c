"""Callback data: what a button says when it is pressed, written and read in one place. Pure.

The form is `action` or `action:value`, in front of it `chat~` where the button acts on another chat than its own, such
as a channel; Telegram allows 64 bytes. Anyone can send any data for any button, so whoever
reads it checks the rights of the sender and the existence of the value.
"""

import re
from dataclasses import dataclass, replace

MAX_BYTES = 64

_TARGET = re.compile(r"(-[0-9]{1,15})~")


@dataclass(frozen=True)
class Press:
    """A button's meaning. action: one of the constants below. target: the chat it acts on; None for its own."""

    action: str
    value: str = ""
    target: int | None = None

    def data(self) -> str:
        """The callback data.

        Raises:
            ValueError: it would be longer than Telegram takes.
        """
        written = f"{self.action}:{self.value}" if self.value else self.action
        if self.target is not None:
            written = f"{self.target}~{written}"
        if len(written.encode()) > MAX_BYTES:
            raise ValueError(f"callback data too long: {written}")
        return written


def read(data: str) -> Press:
    """The meaning of callback data; an unknown action is the reader's to refuse."""
    target = _TARGET.match(data)
    action, _, value = (data[target.end() :] if target else data).partition(":")
    return Press(action, value, int(target[1]) if target else None)


def addressed(data: str, target: int) -> str:
    """The callback data, to act on that chat; as it is where it names one already, or leaves for another.

    Raises:
        ValueError: it would be longer than Telegram takes.
    """
    pressed = read(data)
    return data if pressed.target is not None or pressed.action == CHATS else replace(pressed, target=target).data()


SCREEN = "go"
"""Show a screen; value: its name, one of `bot.screens`, and of one with pages a dot and the page from 0."""

OPEN = "o"
"""Show a screen as a new message, for buttons under messages that are to stay; value: its name."""

TOPIC = "t"
"""Follow a topic or stop; value: its slug."""

ALL_TOPICS = "ta"
"""Follow all topics (value "1") or none (value "0")."""

TIME = "h"
"""Get editions at that time; value: HH:MM."""

ZONE = "z"
"""Live in that zone; value: IANA name."""

SIZE = "m"
"""Read for so many minutes; value: a number."""

TOGGLE_TIME, TOGGLE_WEEKEND_TIME = "ht", "hw"
"""Get an edition at that time besides others, or no longer, on weekdays or at weekends; value: HH:MM."""

WEEKEND_AS_USUAL = "hu"
"""Weekends are days like others."""

DAYS, TOGGLE_DAY = "ds", "dt"
"""Get editions on those days of the week (value: digits, Monday is 0); on that one or no longer (value: a digit)."""

PAUSE_DAYS = "pd"
"""Silence for so many days; value: a number."""

LANGUAGE = "l"
"""Be spoken to in that language; value: its code."""

FINISH = "ok"
"""Joining is done."""

OPEN_STORY, BACK_TO_DIGEST = "s", "sb"
"""Look at a story closely, and go back to the message that told it; value: the story's id."""

SAVE, WHY, MUTE = "ss", "sw", "sm"
"""Keep a story for later or no longer; why it came; nothing more of its source; value: the story's id."""

PAGE = "pg"
"""Turn the message of a digest to another of its pages; value: its number, from 0."""

FOLLOW_STORY = "sf"
"""Hear at once when a story moves on, or no longer; value: the story's id."""

LESS = "sl"
"""What to hear less of, of a story; value: its id."""

LESS_WORD, LESS_TOPIC = "lw", "lt"
"""Nothing more with a word of its headline, or of its topic; value: the story's id, a dot, the word or slug."""

TRY, TRY_KEEP, TRY_DROP = "tr", "tk", "tx"
"""Try settings before they count (value: the screen to go on with); keep what is tried; forget it."""

TIMES = "hs"
"""Get editions at those times and no others; value: HH:MM, several parted by commas."""

QUIET = "q"
"""Quiet hours; value: HH:MM-HH:MM, or none."""

DROP_WORD = "dw"
"""Forget one of the reader's own words; value: e, i or a for its kind, a dot, and `bot.screens.name_of` of the word."""

LOCATE = "lo"
"""Ask the reader's app where they are."""

UNFOLLOW = "uf"
"""Hear no more of a story that was followed; value: its id."""

FOUND_PAGE = "fp"
"""Turn to a page of what a search found; value: the search's name, a dot, the page from 0."""

UNMUTE = "um"
"""Hear of a source again; value: `bot.screens.name_of` of it."""

EXPORT, EXPORT_SAVED, FORGET_SAVED = "ex", "exs", "fs"
"""Everything kept about the reader, or what they saved, as a file; keep nothing saved."""

STOP_QUESTION = "xq"
"""Ask whether to leave for good."""

PREVIEW = "pv"
"""What the latest edition would have been with the settings as they are, or as they are tried; value: none, or the name
of a preview shown before, a dot, and its page."""

DIGEST = "d"
"""A digest now."""

LAST = "last"
"""The last digest once more."""

PAUSE, RESUME = "p", "r"

STOP = "x"
"""Leave for good."""

REMOVE_TOPIC, REMOVE_FEED = "rt", "rf"
"""Forget a topic (value: slug) or a feed (value: id): the yes to a question (admins only)."""

ADMIN_HOME, DOCTOR = "ah", "dr"
"""The admin's home; look at everything that the bot needs."""

BROADCAST, BROADCAST_SHOW, BROADCAST_CANCEL = "bg", "bs", "bc"
"""Write to the readers who agreed (value: the name of what was written), see how far it is, send it to nobody more
(value: its id)."""

ANNOUNCEMENTS = "an"
"""Hear from the bot's admins (value "1") or not (value "0")."""

STATS_TEXT, STATS_CSV = "ft", "fv"
"""The figures of so many days as text, or as a table (value: the days)."""

STAFF, INVITE_ADMIN, INVITE_EDITOR, INVITE_TOPIC, DISMISS = "as", "ai", "ae", "at", "ad"
"""Who has rights; invite an admin, an editor (value: a page of topics), an editor of a topic (value: slug); take all
rights (value: user id)."""

AUDIT_PAGE, AUDIT_ENTRY, REVERT = "lg", "le", "lr"
"""The log of changes (value: page from 0), one entry (value: its id, a dot, the page), take it back (value: its id)."""

BENCHES, NEW_TOPIC = "wl", "wn"
"""Topics to work on (value: page from 0), and how a new one is made."""

BENCH = "wb"
"""The workbench of a topic; value: its slug, as the first part of the value of all that follow."""

TRIED = "wt"
"""A list of what the topic was tried on; value: slug, one of `bot.workbench_screens.LISTS`, page from 0, by dots."""

MARK, MARKS, UNMARK, LEARN = "wk", "we", "wx", "ww"
"""Say whether an article belongs (value: as of TRIED, then the article's id, 1 or 0), all that was said of the topic
(slug, page), take one back (slug, page, `bot.screens.name_of` of its key), make examples of them (slug)."""

OVERLAPS = "wo"
"""Which other topics take the same stories."""

WHOLE = "wh"
"""The topic whole, as the lines that it can be written with."""

SET_STRICTNESS, SET_LANGUAGE, SET_FEED, NAMES = "ws", "wg", "wf", "wi"
"""Choose, or with a further part choose that: a strictness or "auto"; a language or "all"; a page, then a feed's id or
"all"; and how names and the rest are written."""

PUBLISH, STEP_BACK, DISCARD, REMOVE_QUESTION = "wp", "wq", "wc", "wr"
"""Of a draft: have readers get it, undo its last step, forget it; of a topic: ask whether to remove it."""

PUBLISH_ANYWAY, TAKE_BOTH = "wv", "wj"
"""After somebody else's change: publish what is drafted in its place, or take that change into the draft; value: slug,
the id of the audit log's entry that was shown, 0 for none."""

UNDO_CHANGE = "wz"
"""Take back a change of a topic; value: the id of the audit log's entry."""

CANCEL = "no"
"""The no to a question (admins only)."""

FOLLOW, CLOSE = "ff", "fc"
"""Follow one of the feeds offered (value: the offer's name, a dot, a number), or no more of them (value: the name)."""

FOLLOW_LIST, FOLLOW_FOLDERS = "fl", "flt"
"""Follow the feeds of a list, or make topics of its folders besides (value: the offer's name; admins only)."""

FEEDS_PAGE, FEED, OPEN_FEED = "fdp", "fd", "fdo"
"""The list of feeds (value: page from 0); one feed (value: id), also as a new message (admins only, as all below)."""

FEED_RETRY, FEED_PAUSE, FEED_RESUME, FEED_LATEST, FEED_REMOVE = "fdr", "fdz", "fdg", "fdn", "fdx"
"""Ask for a feed now; no longer; again; its latest entries; the question whether to remove it (value: id)."""

FEED_WEIGHT, FEED_LANGUAGE, FEED_HOW = "fdw", "fdl", "fdh"
"""Choose a feed's weight or language (value: id, or that, a dot, the choice); which line to send (id, a dot, what)."""

FEED_UNDO = "fdu"
"""Take back a change of a feed (value: the id of the log's entry)."""

THREADS, MAKE_THREADS, FORGET_THREADS = "th", "thm", "thf"
"""Show which thread of a forum each topic has; make threads for those without; use none of them."""

USE_THREAD = "thu"
"""Let a topic (value: its slug; without one, everything else) go into the thread of the message, or no longer."""

PERSONAL = frozenset({LAST, LOCATE})
"""Buttons that make sense for the chat they stand in alone."""

CHATS = "ch"
"""Show the groups and channels that the reader administers."""

SET_UP = "su"
"""Begin with a group or channel, or go on with it."""

UNDO_FOLLOW = "fu"
"""Follow a feed no longer (value: the offer's name, a dot, the feed's id; admins only)."""
