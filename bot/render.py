"""A digest, or a summary, as HTML messages within Telegram's limits. Pure.

A message holds 4096 UTF-16 units after parsing and takes 100 entities (Bot API, and telegram.constants); long digests
are split between stories, never inside one.
"""

import html
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote
from zoneinfo import ZoneInfo

from telegram.constants import MessageLimit

from bot.callbacks import OPEN, OPEN_STORY, PAGE, Press
from bot.texts import NONE, Markup, Texts, texts_in
from digests.model import (
    OWN_WORDS,
    UNSURE,
    WORDS_PER_MINUTE,
    Coverage,
    Digest,
    EditionKind,
    Page,
    Part,
    Section,
    Story,
    Summary,
    Tally,
    Wording,
)
from digests.summarize.story import additions

MAX_ENTITIES = int(MessageLimit.MESSAGE_ENTITIES)
MAX_UNITS = int(MessageLimit.MAX_TEXT_LENGTH)
MAX_BYTES = 30_000
"""Of HTML in one message: the server refuses more than 32 KiB before it parses any of it."""

MAX_HEADLINE = 300
MAX_SUMMARY = 1500
"""UTF-16 units of a story's headline and summary, so that a story always fits one message."""

MAX_ADDITION = 400
"""UTF-16 units of what another outlet adds to a story."""

_FRAGMENT_WORDS = 8
_SENTENCES_OPENED = 6

IN_ROW = 8
"""Buttons that a phone shows side by side."""

MOST_LISTED = 15
"""Sources that an opened story lists."""

MAX_SOURCES = 8
"""Links to further outlets of one story; the rest is told as a number."""

MOST_SOURCES = 30
"""Links to outlets that ask for one; more would fill a message's entities."""

MOST_CREDITS = 2
"""Publishers of one story whose own words stand beside it."""

Keyboard = Sequence[Sequence[tuple[str, str]]]
"""Rows of buttons: (label, callback data)."""

_MOST_PAGES = "999/999"  # as long as the mark of a page can be

_TAG = re.compile(r"<[^>]*>")
_OPENING = re.compile(r"<(?!/)")
_EVENING, _NIGHT, _MORNING, _NOON = 17, 23, 4, 11


@dataclass(frozen=True)
class _Block:
    """A piece of a message that stays whole. stories: those it tells.

    title: stands above it, unless it stands above the block before it already.
    """

    html: Markup
    stories: tuple[int, ...] = ()
    title: str = ""

    @property
    def whole(self) -> str:
        """With its title."""
        return f"{self.title}\n\n{self.html}" if self.title else self.html

    @property
    def units(self) -> int:
        """Its length as Telegram counts: UTF-16 units without tags."""
        return _measured(self.whole)[0]

    @property
    def entities(self) -> int:
        """How many entities its tags make."""
        return _measured(self.whole)[1]

    @property
    def size(self) -> int:
        """Its bytes."""
        return _measured(self.whole)[2]


@lru_cache(maxsize=20_000)  # as with `_told`
def _measured(written: str) -> tuple[int, int, int]:
    return units_of(html.unescape(_TAG.sub("", written))), len(_OPENING.findall(written)), len(written.encode())


def digest_messages(digest: Digest, kind: EditionKind, language: str, *, paged: bool = True) -> tuple[Part, ...]:
    """The Renderer port: the messages of one edition; one short and silent one when it tells nothing.

    The first has everything but follow-ups, which answer the messages that told their stories before. What it can't
    hold are its further pages. paged: where it is not, these are messages of their own, and stories have no buttons.
    """
    texts = texts_in(language)
    if not digest.sections:
        return (Part(text=_nothing(digest, texts), silent=True),)
    answering = {} if len(digest.earlier) == len(digest.stories) else dict(digest.earlier)
    told_first = [story for story in digest.stories if story.id not in answering]
    later = [story for story in digest.stories if story.id in answering]
    numbers = {story.id: number for number, story in enumerate([*told_first, *later], start=1)}
    blocks = [
        _Block(
            _story(
                story, digest.edition_at, texts, number=numbers[story.id], because=_because(digest, story, kind, texts)
            ),
            (story.id,),
            _title(section, kind, texts),
        )
        for section in digest.sections
        for story in section.stories
    ]
    head, foot = _Block(_heading(digest, kind, texts)), _Block(_footer(digest, kind, texts))
    main = [block for block in blocks if not answering.keys() & set(block.stories)]
    parts = _main_parts(head, main, foot, numbers, texts, paged=paged)
    if not answering and digest.earlier:
        parts[0] = replace(parts[0], reply_to=next(iter(digest.earlier.values())))
    for earlier in dict.fromkeys(answering.values()):
        more = [block for block in blocks if any(answering.get(one) == earlier for one in block.stories)]
        for message in _pack([_Block(texts.say("digest-follow-ups")), *more]):
            keyboard = write_keyboard(_openers(message, numbers)) if paged else ""
            parts.append(replace(_part(message), keyboard=keyboard, silent=True, reply_to=earlier))
    return tuple(parts)


def _main_parts(
    head: _Block, blocks: Sequence[_Block], foot: _Block, numbers: Mapping[int, int], texts: Texts, *, paged: bool
) -> list[Part]:
    if not paged:
        messages = _pack([head, *blocks, foot])
        return [replace(_part(message), silent=number > 0) for number, message in enumerate(messages)]
    pages = _pack(blocks, beside=(head, _Block(Markup(_MOST_PAGES)), foot))
    places = [
        (texts.plain("button-topics"), Press(OPEN, "topics").data()),
        (texts.plain("button-settings"), Press(OPEN, "settings").data()),
    ]
    parts = []
    for number, page in enumerate(pages):
        at = _Block(Markup(f"{head.html} · {number + 1}/{len(pages)}")) if len(pages) > 1 else head
        keyboard = [*_openers(page, numbers), *turns(PAGE, "", number, len(pages)), places]
        part = _part([at, *page, foot])
        parts.append(replace(part, keyboard=write_keyboard(keyboard), silent=number > 0, is_page=number > 0))
    return parts


def _part(message: Sequence[_Block]) -> Part:
    """The blocks of a message, the title of each where it is another than that of the one before."""
    titles = ["", *(block.title for block in message)]
    shown = [block.whole if block.title != above else block.html for above, block in zip(titles, message, strict=False)]
    return Part(
        text="\n\n".join(filter(None, shown)),
        stories=tuple(story_id for block in message for story_id in block.stories),
    )


def turns(action: str, name: str, number: int, count: int) -> Keyboard:
    """Buttons that turn to the page before and the next, round and round; none where there is one page alone.

    name: of what is turned, "" where the message itself says.
    """
    if count == 1:
        return []
    steps = (("◂", (number - 1) % count), (f"{number + 1}/{count}", number), ("▸", (number + 1) % count))
    return [[(label, Press(action, f"{name}.{page}" if name else str(page)).data()) for label, page in steps]]


def _title(section: Section, kind: EditionKind, texts: Texts) -> Markup:
    if kind is EditionKind.NOTICE:
        return Markup("")
    own = section.topic.slug == OWN_WORDS.slug
    name = texts.plain("own-words") if own else section.topic.name(texts.language)
    return Markup(f"<b>{html.escape(name.upper())}</b>")


def _because(digest: Digest, story: Story, kind: EditionKind, texts: Texts) -> str:
    """Which of the reader's own wishes brought the story; "" where its topic did."""
    word = digest.words.get(story.id)
    if word is None or (not word and kind is not EditionKind.NOTICE):
        return ""
    return texts.say("because-word", word=shorten(word, 60)) if word else texts.say("because-followed")


def _openers(message: Iterable[_Block], numbers: Mapping[int, int]) -> Keyboard:
    """A numbered button for each story of the message, which opens it, in rows of nearly one length."""
    stories = [story_id for block in message for story_id in block.stories]
    buttons = [(str(numbers[one]), Press(OPEN_STORY, str(one)).data()) for one in stories]
    length = math.ceil(len(buttons) / max(1, math.ceil(len(buttons) / IN_ROW)))
    return [buttons[start : start + length] for start in range(0, len(buttons), max(1, length))]


def shared_story(story: Story, now: datetime, texts: Texts) -> Markup:
    """A story as a message of its own: headline, summary, every source as a link, age."""
    return _story(story, now, texts)


def opened_story(story: Story, now: datetime, texts: Texts, *, room: int = MAX_UNITS) -> Markup:
    """A story by itself, with its sources and when they told it, as many as fit. room: UTF-16 units, at least 2,650."""
    lead = replace(story.lead, summary=story.lead.summary[:_SENTENCES_OPENED])
    whole = replace(story, lead=lead, additions=additions(story))
    told = _Block(_story(whole, now, texts, in_place=True))
    if told.units > room:
        told = _Block(_story(replace(whole, additions=()), now, texts, in_place=True))
    if len(story.coverage) == 1:
        return told.html
    lines = [told.html, "", f"<b>{texts.say('story-sources', count=len(story.coverage))}</b>"]
    for one in story.coverage[:MOST_LISTED]:
        ago = html.escape(texts.ago(one.published_at, now))
        title = link(one.url, shorten(one.title, 120))
        lines.append(f"• {_credit(one, beside=story.lead.language)} <i>{ago}</i>: {title}")
        if _Block(Markup("\n".join(lines))).units > room:
            lines.pop()
            break
    return Markup("\n".join(lines))


def summary_message(page: Page, summary: Summary, texts: Texts, zone: str, *, credit: str = "") -> Markup:
    """A summary asked for: headline, sentences, where and when it stood, and the reading time saved.

    credit: the words that its publisher wants beside its news.
    """
    told = tuple(sentence.shown for sentence in summary.sentences)
    title, told = (page.title, told) if page.title else ("".join(told[:1]), told[1:])  # nothing is told twice
    headline = link(page.url, shorten(title, MAX_HEADLINE)) if page.url else html.escape(shorten(title, MAX_HEADLINE))
    whole, short = reading_minutes([page.text]), reading_minutes([summary.text])
    facts = [link(page.url, page.publisher) if page.citation and page.url else html.escape(page.publisher)]
    facts = [fact for fact in (*facts, html.escape(credit), html.escape(page.author)) if fact]
    if page.published is not None:
        at = page.published.at
        local = at.astimezone(ZoneInfo(zone)) if page.published.zone_known else at
        written = texts.dated(local)
        facts.append(html.escape(written) if page.published.zone_known else texts.say("summary-no-zone", date=written))
    facts.append(texts.say("summary-meta", minutes=whole, saved=max(0, whole - short)))
    body = html.escape(_sentences(told, 3000))
    asks = "" if page.url or not page.citation else texts.say("summary-citation", wish=shorten(page.citation, 300))
    parts = [f"<b>{headline}</b>", body, f"<i>{' · '.join(facts)}</i>", f"<i>{asks}</i>" if asks else ""]
    return Markup("\n\n".join(filter(None, parts)))


def reading_minutes(texts: Iterable[str]) -> int:
    """Minutes to read the texts, rounded up; at least one."""
    return max(1, math.ceil(sum(len(text.split()) for text in texts) / WORDS_PER_MINUTE))


def write_keyboard(rows: Keyboard) -> str:
    """Buttons in the notation of `Part.keyboard`: JSON."""
    return json.dumps([[list(button) for button in row] for row in rows], ensure_ascii=False)


def read_keyboard(written: str) -> Keyboard:
    """The buttons of `Part.keyboard`; none for ""."""
    return [[(label, data) for label, data in row] for row in json.loads(written)] if written else []


def _heading(digest: Digest, kind: EditionKind, texts: Texts) -> Markup:
    if kind is EditionKind.NOTICE:
        return texts.say("notice-head", at=texts.local_clock(digest.edition_at, digest.zone))
    words = sum(_words(story) for story in digest.stories)
    minutes = texts.say("digest-minutes", minutes=max(1, math.ceil(words / WORDS_PER_MINUTE)))
    name = texts.say("digest-now" if kind is EditionKind.ON_DEMAND else _edition_name(digest.edition_at, digest.zone))
    return Markup(f"🗞 <b>{name}</b> · {html.escape(texts.day(digest.edition_at, digest.zone))} · {minutes}")


@lru_cache(maxsize=5_000)  # as with `_told`
def _words(story: Story) -> int:
    return sum(len(text.split()) for text in (story.lead.title, *story.lead.summary))


def _edition_name(edition_at: datetime, zone: str) -> str:
    hour = edition_at.astimezone(ZoneInfo(zone)).hour
    if _MORNING <= hour < _NOON:
        return "digest-morning"
    if _NOON <= hour < _EVENING:
        return "digest-day"
    return "digest-evening" if _EVENING <= hour < _NIGHT else "digest-night"


def _story(
    story: Story,
    now: datetime,
    texts: Texts,
    *,
    number: int | None = None,
    in_place: bool = False,
    because: str = "",
) -> Markup:
    """number: before the headline. in_place: every sentence leads to where it stands in its article.

    because: as HTML, why it is here, if that is not for its topic.
    """
    headline, told, credits_ = _told(story, now, texts.language, in_place=in_place)
    mark = f"{number}. " if number else ""
    followed = "🔄 " if story.is_follow_up else ""
    below = f"{credits_} · {because}" if because else credits_
    return Markup("\n".join((f"<b>{mark}{followed}{headline}</b>", *told, f"<i>{below}</i>")))


@lru_cache(maxsize=5_000)  # thousands of digests of one moment have most of their stories in common
def _told(story: Story, now: datetime, language: str, *, in_place: bool) -> tuple[str, tuple[str, ...], str]:
    """(headline, the lines below it, sources and age)."""
    texts, lead = texts_in(language), story.lead
    told = _wording(lead, language, in_place=in_place)
    lines: list[str] = []
    if story.is_follow_up:
        lines.append(texts.say("story-follow-up"))
    elif summary := _sentences(told.summary, MAX_SUMMARY):
        lines.append(_sentences_in_place(lead) if in_place else html.escape(summary))
    for one in story.additions:
        key = "story-differs" if one.differs else "story-adds"
        source = Markup(link(one.url, shorten(one.source, 60)))
        lines.append(texts.say(key, source=source, text=shorten(one.text, MAX_ADDITION)))
    if told.language != lead.language:
        lines.append(texts.say("story-translated", language=texts.language_name(lead.language)))
    credits_ = _credits(story, now, texts)
    if told.language == lead.language and told.summary != lead.summary and not story.is_follow_up:
        credits_ = f"{credits_} · {texts.say('story-reworded')}"
    return link(lead.url, shorten(told.title, MAX_HEADLINE)), tuple(lines), credits_


def _wording(lead: Coverage, language: str, *, in_place: bool) -> Wording:
    """The lead's own words where each is shown in its place; else as readers of that language get it."""
    if in_place:
        return Wording(language=lead.language, title=lead.title, summary=lead.summary)
    return lead.worded(language)


def _credits(story: Story, now: datetime, texts: Texts) -> str:
    """The sources, each a link, and the age: attribution is owed to every publisher and never dropped."""
    by_name: dict[tuple[str, str], Coverage] = {}
    for coverage in story.coverage:
        by_name.setdefault((coverage.source, coverage.language), coverage)
    first, *others = by_name.values()
    credits_ = [_credit(first)]
    if others:
        # Those that ask for a link come first, and are never among the "more".
        asking = [one for one in others if one.wants_link][:MOST_SOURCES]
        named = (asking + [one for one in others if not one.wants_link])[: max(MAX_SOURCES, len(asking))]
        shown = ", ".join(_credit(one, beside=first.language) for one in others if one in named)
        if len(others) > len(named):
            shown += " " + texts.say("digest-more-sources", count=len(others) - len(named))
        credits_.append(texts.say("digest-also", sources=Markup(shown)))
    # The words that publishers ask for: those of the lead always, and of as many others as leave room for the rest.
    asked_for = dict.fromkeys(one.credit for one in story.coverage if one.credit)
    credits_.extend(html.escape(words) for words in list(asked_for)[:MOST_CREDITS])
    if story.lead.from_feed:
        credits_.append(texts.say("digest-from-feed"))
    credits_.append(html.escape(texts.ago(story.lead.published_at, now)))
    return " · ".join(credits_)


def _credit(coverage: Coverage, beside: str = "") -> str:
    """The source as a link, and its language where that is another than that of what it stands beside."""
    source = link(coverage.url, shorten(coverage.source, 60))
    return source if beside in {"", UNSURE, coverage.language} else f"{source} ({html.escape(coverage.language)})"


def _footer(digest: Digest, kind: EditionKind, texts: Texts) -> Markup:
    if kind is EditionKind.NOTICE:
        return Markup("")
    lines = [tally_line(digest.tally, texts)]
    if digest.next_edition_at is not None:
        lines.append(texts.say("digest-next", next=texts.moment(digest.next_edition_at, digest.zone)))
    return Markup(f"<i>{' '.join(lines)}</i>")


def _nothing(digest: Digest, texts: Texts) -> Markup:
    if not digest.following:
        return texts.say("no-topics-followed")
    tally = tally_line(digest.tally, texts)
    date = texts.day(digest.edition_at, digest.zone)
    return Markup(f"<i>{texts.say('digest-nothing', date=date, tally=tally)}</i>")


def tally_line(tally: Tally, texts: Texts) -> Markup:
    """What became of what was read."""
    parts = [
        texts.say(f"tally-{name}", count=count)
        for name, count in (
            ("repeats", tally.repeats),
            ("off-topic", tally.off_topic),
            ("muted", tally.muted),
            ("held-back", tally.held_back),
        )
        if count
    ]
    return texts.say("digest-tally", read=tally.read, shown=tally.shown, parts=Markup(", ".join(parts) or NONE))


def _pack(blocks: Iterable[_Block], *, beside: Sequence[_Block] = ()) -> list[list[_Block]]:
    """Blocks into messages, in order, as few as hold them. beside: what every message has besides its blocks."""
    start = (
        sum(block.units + 2 for block in beside),
        sum(block.entities for block in beside),
        sum(len(block.html.encode()) + 2 for block in beside),
    )
    messages: list[list[_Block]] = [[]]
    units, entities, size = start
    for block in blocks:
        more_units, more_entities, more_bytes = block.units + 2, block.entities, block.size + 2
        full = (
            units + more_units > MAX_UNITS or entities + more_entities > MAX_ENTITIES or size + more_bytes > MAX_BYTES
        )
        if messages[-1] and full:
            messages.append([])
            units, entities, size = start
        messages[-1].append(block)
        units, entities, size = units + more_units, entities + more_entities, size + more_bytes
    return messages


def units_of(text: str) -> int:
    """The length of a text as Telegram counts it: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _sentences_in_place(coverage: Coverage) -> str:
    """The summary, each sentence followed by a link to where it stands; old browsers open the page at its top."""
    shown: list[str] = []
    for sentence in coverage.summary:
        if units_of(" ".join((*coverage.summary[: len(shown)], sentence))) > MAX_SUMMARY and shown:
            break
        mark = (
            "" if coverage.from_feed or not coverage.url else " " + link(sentence_address(coverage.url, sentence), "↗")
        )
        shown.append(html.escape(shorten(sentence, MAX_SUMMARY)) + mark)
    return " ".join(shown)


def sentence_address(url: str, sentence: str) -> str:
    """The address of a sentence on its page: a text fragment (WICG, Scroll to Text) of its first and last words.

    The first word is left out, for a summary may have given it a capital that it has not there.
    """
    said = sentence.split()
    if len(said) <= _FRAGMENT_WORDS:
        return url
    start = said[1 : 1 + _FRAGMENT_WORDS // 2]
    end = said[-(_FRAGMENT_WORDS // 2) :]
    # A hyphen has a meaning of its own there, which `quote` does not know.
    first, last = (quote(" ".join(several), safe="").replace("-", "%2D") for several in (start, end))
    page, anchor, place = url.partition("#")
    return f"{page}#{place if anchor else ''}:~:text={first},{last}"


def link(url: str, text: str) -> str:
    """The text, leading to the address where there is one."""
    if not url:
        return html.escape(text)
    return f'<a href="{html.escape(url)}">{html.escape(text)}</a>'


def shorten(text: str, limit: int) -> str:
    """At most `limit` UTF-16 units, cut between words and marked as cut."""
    if units_of(text) <= limit:
        return text
    cut = text.encode("utf-16-le", "surrogatepass")[: 2 * (limit - 1)].decode("utf-16-le", "ignore")
    return cut.rsplit(" ", 1)[0] + "…"


def _sentences(sentences: Sequence[str], limit: int) -> str:
    """As many whole sentences as fit; of a first one that alone is too long, its beginning, marked as cut."""
    kept = ""
    for sentence in sentences:
        longer = f"{kept} {sentence}".strip()
        if units_of(longer) > limit:
            break
        kept = longer
    return kept or (shorten(sentences[0], limit) if sentences else "")
