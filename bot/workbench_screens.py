"""What whoever builds topics sees and can press: the workbench, its lists, its choices. Pure."""

import html
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.callbacks import (
    BENCH,
    BENCHES,
    CANCEL,
    DISCARD,
    LEARN,
    MARK,
    MARKS,
    NAMES,
    NEW_TOPIC,
    OVERLAPS,
    PUBLISH,
    PUBLISH_ANYWAY,
    REMOVE_QUESTION,
    REMOVE_TOPIC,
    SET_FEED,
    SET_LANGUAGE,
    SET_STRICTNESS,
    STEP_BACK,
    TAKE_BOTH,
    TRIED,
    UNDO_CHANGE,
    UNMARK,
    WHOLE,
    Press,
)
from bot.explained import reason_of
from bot.render import Keyboard, link, shorten
from bot.screens import Row, Screen, button, in_rows, name_of, page_turns
from bot.settings import LANGUAGES
from bot.staff_screens import difference
from bot.texts import NONE, Markup, Texts
from digests.curate.topics import MAX_EXAMPLES
from digests.curate.trial import Lack, Marks, Shown, Trial
from digests.desk import TopicReach
from digests.model import Feed, Reason, Strictness, Topic, TopicDraft, TopicLabel
from digests.records import topic_record
from digests.workbench import LOOKED_BACK, MOST_TRIED, Bench, Conflict

LISTS = ("takes", "misses", "added", "dropped")
"""What a trial lists, by the names that buttons give them."""

YES = "yes"
"""After the slug: the question was answered."""

ON_PAGE = 5
"""Articles of a list: each has a headline, a reason and two buttons."""

TOPICS_ON_PAGE = 8

FEEDS_ON_PAGE = 10

MAX_LINE = 220
"""UTF-16 units of a line of a definition on the workbench; all of them and the report fit one message."""

MAX_LISTED_LINE = 90
"""The same in the list of topics."""

MAX_TITLE = 140

_SAMPLES, _MISS_SAMPLES, _OVERLAPPING = 3, 2, 3  # in the report; the rest is a button away


def topics_screen(
    reaches: Sequence[TopicReach], drafts: Sequence[TopicDraft], page: int, texts: Texts, *, may_add: bool
) -> Screen:
    """A page of the topics that the person may work on; new ones that are drafts so far come first."""
    drafted = {one.slug for one in drafts}
    known = {one.topic.slug for one in reaches}
    new = [one for one in drafts if one.slug not in known]
    lines = [(one.slug, one.topic, texts.say("topic-line-new", **_named(one.topic, texts))) for one in new]
    lines += [
        (one.topic.slug, one.topic, texts.say("topic-line", **_named(one.topic, texts), stories=one.stories_a_week))
        for one in reaches
    ]
    last = max(0, (len(lines) - 1) // TOPICS_ON_PAGE)
    page = max(0, min(page, last))
    shown = lines[page * TOPICS_ON_PAGE : (page + 1) * TOPICS_ON_PAGE]
    blocks = [Markup(f"{line}\n{definition(topic, texts, MAX_LISTED_LINE)}") for _, topic, line in shown]
    buttons = [
        (shorten(("✏️ " if slug in drafted else "") + topic.name(texts.language), 40), Press(BENCH, slug).data())
        for slug, topic, _ in shown
    ]
    add = [[(texts.plain("button-new-topic"), Press(NEW_TOPIC).data())]] if may_add else []
    text = "\n\n".join([texts.say("topic-list"), *(blocks or [texts.say("topic-none")]), texts.say("topic-list-hint")])
    return Screen(Markup(text), [*in_rows(buttons, 2), *page_turns(BENCHES, "", page, last + 1), *add])


def new_topic_screen(texts: Texts) -> Screen:
    """How a topic is written."""
    text = Markup(f"{texts.say('topic-draft-usage')}\n\n{texts.say('topic-usage')}")
    return Screen(text, [[button(texts, "topic-list", Press(BENCHES, "0"))]])


def definition(topic: Topic, texts: Texts, limit: int = MAX_LINE) -> Markup:
    """What the topic says of itself, a line for each thing. limit: UTF-16 units of each."""
    lines = [
        texts.say(key, **{name: shorten(", ".join(values), limit)})
        for key, name, values in (
            ("topic-words", "words", topic.words),
            ("topic-must", "words", topic.must),
            ("topic-exclude", "words", topic.exclude),
            ("topic-languages", "languages", topic.languages),
            ("topic-feeds", "feeds", topic.feed_urls),
        )
        if values
    ]
    if about := topic.description(texts.language):
        lines.append(texts.say("topic-about", about=shorten(about, limit)))
    if topic.liked or topic.disliked:
        lines.append(texts.say("topic-examples", liked=len(topic.liked), disliked=len(topic.disliked)))
    if topic.decided_by is not Strictness.WORDS:
        lines.append(texts.say("topic-strictness", strictness=str(topic.decided_by)))
    elif topic.feed_urls and not topic.words and not topic.must:
        lines.append(texts.say("topic-everything"))
    elif not topic.words and not topic.must:
        lines.append(texts.say("topic-nothing-yet"))
    return Markup("\n".join(lines))


def bench_screen(
    bench: Bench,
    trial: Trial | None,
    marks: Marks | None,
    texts: Texts,
    *,
    names: Mapping[str, str],
    head: str = "",
    undo: int | None = None,
    unfollowed: int = 0,
) -> Screen:
    """The workbench: what the topic is, and what it does on the archive.

    trial, marks: None where they could not be had. names: slug -> what other topics are called. head: HTML above all.
    undo: the audit log's entry that can be taken back at once. unfollowed: addresses among its feeds that are not
    followed yet.
    """
    topic = bench.topic
    named = ", ".join(f"{code} {shorten(name, 60)}" for code, name in topic.names.items())
    parts = [
        head,
        texts.say("bench-head", **_named(topic, texts), state=_state(bench)),
        Markup(f"{texts.say('bench-names', names=shorten(named, MAX_LINE))}\n{definition(topic, texts)}"),
        *([texts.say("bench-unfollowed", count=unfollowed)] if unfollowed else []),
        _report(bench, trial, marks, texts, names),
        texts.say("bench-hint"),
    ]
    return Screen(Markup("\n\n".join(filter(None, parts))), _bench_keyboard(bench, trial, marks, texts, undo))


def _state(bench: Bench) -> str:
    if bench.draft is None:
        return "published"
    if bench.published is None:
        return "new"
    begun_from = bench.draft.base and topic_record(bench.draft.base)
    return "draft" if begun_from == topic_record(bench.published) else "outdated"


def _report(bench: Bench, trial: Trial | None, marks: Marks | None, texts: Texts, names: Mapping[str, str]) -> Markup:
    if trial is None:
        return texts.say("bench-report-late")
    if not trial.articles:
        return texts.say("bench-report-none", days=LOOKED_BACK.days)
    lines = [
        texts.say(
            "bench-report",
            articles=trial.articles,
            days=min(LOOKED_BACK.days, round(trial.days)),
            stories=trial.stories,
            rate=texts.amount(round(trial.stories_a_day, 1)),
            bounded="bounded" if trial.articles >= MOST_TRIED else NONE,
        )
    ]
    if bench.draft is not None and bench.published is not None:
        lines.append(texts.say("bench-against", added=trial.count_added, dropped=trial.count_dropped))
    lines += [texts.say("bench-takes", title=_title(one)) for one in trial.takes[:_SAMPLES]]
    lines += [texts.say("bench-misses", title=_title(one), why=why(one, texts)) for one in trial.misses[:_MISS_SAMPLES]]
    if overlaps := trial.overlaps[:_OVERLAPPING]:
        told = ", ".join(f"{shorten(names.get(one.slug, one.slug), 40)} {_percent(one.share)}" for one in overlaps)
        lines.append(texts.say("bench-overlaps", topics=told))
    if marks is not None and marks.judged:
        lines.append(measured(marks, texts))
    return Markup("\n".join(lines))


def measured(marks: Marks, texts: Texts) -> Markup:
    """Precision and recall with the numbers they are made of."""
    line = texts.say(
        "bench-measured",
        count=len(marks.counted),
        precision=NONE if marks.precision is None else texts.amount(round(marks.precision, 2)),
        recall=NONE if marks.recall is None else texts.amount(round(marks.recall, 2)),
        right=marks.right,
        taken=marks.taken,
        belonging=marks.belonging,
    )
    learned = len(marks.judged) - len(marks.counted)
    if marks.are_learned:
        return Markup(f"{line} {texts.say('bench-measured-learned')}")
    return Markup(f"{line} {texts.say('bench-measured-without', count=learned)}") if learned else line


def _bench_keyboard(bench: Bench, trial: Trial | None, marks: Marks | None, texts: Texts, undo: int | None) -> Keyboard:
    slug = bench.slug
    taken, missed = (trial.stories, len(trial.misses)) if trial else (0, 0)
    rows: list[Row] = [[button(texts, "undo-change", Press(UNDO_CHANGE, str(undo)))]] if undo is not None else []
    rows.append(
        [
            (texts.plain("button-takes", count=taken), Press(TRIED, f"{slug}.takes.0").data()),
            (texts.plain("button-misses", count=missed), Press(TRIED, f"{slug}.misses.0").data()),
        ]
    )
    if trial is not None and (trial.count_added or trial.count_dropped):
        rows.append(
            [
                (texts.plain("button-added", count=trial.count_added), Press(TRIED, f"{slug}.added.0").data()),
                (texts.plain("button-dropped", count=trial.count_dropped), Press(TRIED, f"{slug}.dropped.0").data()),
            ]
        )
    count = len(marks.judged) if marks else 0
    rows += [
        [
            button(texts, "overlap", Press(OVERLAPS, slug)),
            (texts.plain("button-marks", count=count), Press(MARKS, f"{slug}.0").data()),
        ],
        [
            button(texts, "strictness", Press(SET_STRICTNESS, slug)),
            button(texts, "topic-languages", Press(SET_LANGUAGE, slug)),
        ],
        [button(texts, "topic-feeds", Press(SET_FEED, f"{slug}.0")), button(texts, "names", Press(NAMES, slug))],
    ]
    if bench.draft is not None:
        steps = [button(texts, "step-back", Press(STEP_BACK, slug))] if bench.draft.history else []
        rows.append([button(texts, "publish", Press(PUBLISH, slug))])
        rows.append([*steps, button(texts, "discard", Press(DISCARD, slug))])
    removable = [button(texts, "remove-topic", Press(REMOVE_QUESTION, slug))] if bench.published else []
    rows.append([*removable, button(texts, "topic-list", Press(BENCHES, "0"))])
    return rows


def why(shown: Shown, texts: Texts) -> Markup:
    """What took an article, or what alone kept it out."""
    if shown.lack is Lack.LACKING:
        return texts.say("miss-lacking", term=shorten(shown.term, 40), rule=shorten(shown.rule, 80))
    if shown.lack is Lack.FORBIDDEN:
        return texts.say("miss-forbidden", term=shorten(shown.term, 40), rule=shorten(shown.rule, 80))
    if shown.lack is Lack.ONCE:
        return texts.say("miss-once", term=shorten(shown.term, 80))
    decision = shown.decision
    if decision.reason is Reason.MUST and not decision.taken:
        return texts.say("why-must", word=shorten(decision.detail, 80))
    return reason_of(decision, texts)


def trial_screen(
    bench: Bench, trial: Trial, which: str, page: int, labels: Sequence[TopicLabel], texts: Texts
) -> Screen:
    """A page of one of `LISTS`, with buttons that say of each article whether it belongs.

    Raises:
        KeyError: there is no such list.
    """
    found, count = {
        "takes": (trial.takes, trial.stories),
        "misses": (trial.misses, len(trial.misses)),
        "added": (trial.added, trial.count_added),
        "dropped": (trial.dropped, trial.count_dropped),
    }[which]
    last = max(0, (len(found) - 1) // ON_PAGE)
    page = max(0, min(page, last))
    on_page = list(enumerate(found, start=1))[page * ON_PAGE : (page + 1) * ON_PAGE]
    said = {one.key: one.belongs for one in labels}
    lines = [_listed(number, one, said.get(one.key), texts) for number, one in on_page]
    place = f"{bench.slug}.{which}.{page}"
    marks = [
        (f"{sign} {number}", Press(MARK, f"{place}.{one.article_id}.{belongs}").data())
        for number, one in on_page
        for sign, belongs in (("👍", 1), ("👎", 0))
    ]
    head = texts.say(f"tried-{which}", **_named(bench.topic, texts), count=count)
    hint = [texts.say("tried-hint")] if found else [texts.say("tried-none")]
    return Screen(
        Markup("\n\n".join([head, *lines, *hint])),
        [*in_rows(marks, 4), *page_turns(TRIED, f"{bench.slug}.{which}", page, last + 1), [_back(bench, texts)]],
    )


def _listed(number: int, shown: Shown, belongs: bool | None, texts: Texts) -> Markup:  # noqa: FBT001 - three states
    mark = "" if belongs is None else " 👍" if belongs else " 👎"
    source = html.escape(shorten(shown.source, 40))
    return Markup(f"{number}.{mark} {link(shown.url, _title(shown))} · {source}\n<i>{why(shown, texts)}</i>")


def overlap_screen(bench: Bench, trial: Trial, names: Mapping[str, str], texts: Texts) -> Screen:
    """Which other topics take the same stories, the largest share first."""
    lines = [
        texts.say(
            "overlap-line",
            name=shorten(names.get(one.slug, one.slug), 60),
            share=_percent(one.share),
            shared=one.shared,
            theirs=one.theirs,
            own=_percent(one.shared / trial.stories),
        )
        for one in trial.overlaps[:20]
    ]
    head = texts.say("overlap-head", **_named(bench.topic, texts))
    return Screen(Markup("\n".join([f"{head}\n", *(lines or [texts.say("overlap-none")])])), [[_back(bench, texts)]])


def marks_screen(bench: Bench, marks: Marks, page: int, texts: Texts) -> Screen:
    """The labelled articles, those that the topic gets wrong first, and how right it is on all."""
    ordered = sorted(marks.judged, key=lambda one: one.is_right)
    last = max(0, (len(ordered) - 1) // ON_PAGE)
    page = max(0, min(page, last))
    on_page = list(enumerate(ordered, start=1))[page * ON_PAGE : (page + 1) * ON_PAGE]
    lines = [
        texts.say(
            "marks-line",
            number=str(number),
            title=Markup(link(one.label.url, shorten(one.label.title, MAX_TITLE))),
            label="belongs" if one.label.belongs else "foreign",
            right="right" if one.is_right else "wrong",
            learned="learned" if one.learned else NONE,
            why=reason_of(one.decision, texts),
        )
        for number, one in on_page
    ]
    drop = [
        (f"✕ {number}", Press(UNMARK, f"{bench.slug}.{page}.{name_of(one.label.key)}").data())
        for number, one in on_page
    ]
    head = texts.say("marks-head", **_named(bench.topic, texts), count=len(ordered))
    figures = [measured(marks, texts)] if ordered else []
    learn = [[button(texts, "learn", Press(LEARN, bench.slug))]] if ordered else []
    hint = texts.say("marks-hint", most=MAX_EXAMPLES)
    return Screen(
        Markup("\n\n".join([head, *figures, *lines, hint])),
        [*in_rows(drop, 5), *page_turns(MARKS, bench.slug, page, last + 1), *learn, [_back(bench, texts)]],
    )


def strictness_screen(bench: Bench, texts: Texts) -> Screen:
    """How sure the topic must be."""
    chosen = "auto" if bench.topic.strictness is None else bench.topic.strictness.value
    rows = [
        [
            (
                ("• " if one == chosen else "") + texts.plain("button-strictness-of", strictness=one),
                Press(SET_STRICTNESS, f"{bench.slug}.{one}").data(),
            )
        ]
        for one in (*(strictness.value for strictness in Strictness), "auto")
    ]
    decided = str(bench.topic.decided_by)
    return Screen(
        texts.say("strictness-screen", **_named(bench.topic, texts), strictness=decided), [*rows, [_back(bench, texts)]]
    )


def languages_screen(bench: Bench, seen: Sequence[str], texts: Texts) -> Screen:
    """The languages to which the topic is limited. seen: those of the archive, the most frequent first."""
    codes = list(dict.fromkeys((*bench.topic.languages, *LANGUAGES, *seen)))[:16]
    buttons = [
        (
            ("✅ " if code in bench.topic.languages else "▫️ ") + code,
            Press(SET_LANGUAGE, f"{bench.slug}.{code}").data(),
        )
        for code in codes
    ]
    every = ("" if bench.topic.languages else "• ") + texts.plain("button-all")
    return Screen(
        texts.say("topic-languages-screen", **_named(bench.topic, texts)),
        [*in_rows(buttons, 4), [(every, Press(SET_LANGUAGE, f"{bench.slug}.all").data())], [_back(bench, texts)]],
    )


def feeds_screen(bench: Bench, feeds: Sequence[Feed], page: int, texts: Texts) -> Screen:
    """The feeds to which the topic is limited, chosen among those that are followed."""
    last = max(0, (len(feeds) - 1) // FEEDS_ON_PAGE)
    page = max(0, min(page, last))
    rows = [
        [
            (
                shorten(("✅ " if feed.url in bench.topic.feed_urls else "▫️ ") + feed.name, 50),
                Press(SET_FEED, f"{bench.slug}.{page}.{feed.id}").data(),
            )
        ]
        for feed in feeds[page * FEEDS_ON_PAGE : (page + 1) * FEEDS_ON_PAGE]
    ]
    every = ("" if bench.topic.feed_urls else "• ") + texts.plain("button-all")
    return Screen(
        texts.say("topic-feeds-screen", **_named(bench.topic, texts)),
        [
            *rows,
            *page_turns(SET_FEED, bench.slug, page, last + 1),
            [(every, Press(SET_FEED, f"{bench.slug}.{page}.all").data())],
            [_back(bench, texts)],
        ],
    )


def names_screen(bench: Bench, texts: Texts) -> Screen:
    """The names as they are, and how they and everything else are written."""
    lines = [f"<code>{code}: {html.escape(shorten(name, MAX_LINE))}</code>" for code, name in bench.topic.names.items()]
    text = texts.say("names-screen", **_named(bench.topic, texts), lines=Markup("\n".join(lines)))
    return Screen(text, [[button(texts, "as-text", Press(WHOLE, bench.slug)), _back(bench, texts)]])


def conflict_screen(conflict: Conflict, texts: Texts, now: datetime) -> Screen:
    """Who changed the topic meanwhile, how, and what is drafted; both can be had, or one in place of the other."""
    draft, theirs, entry = conflict.draft, conflict.theirs, conflict.entry
    base = topic_record(conflict.base) if conflict.base else {}
    kind = "removed" if theirs is None else "changed" if conflict.base else "made"
    head = texts.say(
        "conflict-head",
        **_named(draft.topic, texts),
        kind=kind,
        who=shorten(entry.by.name, 60) if entry else "?",
        ago=texts.ago(entry.at, now) if entry else "?",
    )
    lines = [head]
    if theirs is not None:
        changed = difference(base, topic_record(theirs), texts, room=1200)
        lines += [Markup(f"\n{texts.say('conflict-theirs')}"), *changed]
    lines += [Markup(f"\n{texts.say('conflict-mine')}"), *difference(base, topic_record(draft.topic), texts, room=1200)]
    place = f"{draft.slug}.{entry.id if entry else 0}"
    both = [[button(texts, "take-both", Press(TAKE_BOTH, place))]] if theirs is not None else []
    return Screen(
        Markup("\n".join(lines)),
        [
            *both,
            [button(texts, "publish-anyway", Press(PUBLISH_ANYWAY, place))],
            [(texts.plain("button-back"), Press(BENCH, draft.slug).data())],
        ],
    )


def remove_screen(topic: Topic, texts: Texts) -> Screen:
    """Whether to remove the topic."""
    return Screen(
        texts.say("topic-remove-question", name=topic.name(texts.language)),
        [
            [
                button(texts, "really-remove", Press(REMOVE_TOPIC, topic.slug)),
                button(texts, "cancel", Press(CANCEL, topic.slug)),
            ]
        ],
    )


def discard_screen(bench: Bench, texts: Texts) -> Screen:
    """Whether to forget the draft."""
    return Screen(
        texts.say("draft-discard-question", **_named(bench.topic, texts)),
        [[button(texts, "really-discard", Press(DISCARD, f"{bench.slug}.{YES}")), _back(bench, texts)]],
    )


def removed_screen(topic: Topic, undo: int | None, texts: Texts) -> Screen:
    """The topic is gone. undo: the audit log's entry that says so."""
    rows: list[Row] = [[button(texts, "undo-change", Press(UNDO_CHANGE, str(undo)))]] if undo is not None else []
    rows.append([button(texts, "topic-list", Press(BENCHES, "0"))])
    return Screen(texts.say("topic-removed", name=topic.name(texts.language)), rows)


def _named(topic: Topic, texts: Texts) -> dict[str, str]:
    return {"name": shorten(topic.name(texts.language), 80), "slug": topic.slug}


def _title(shown: Shown) -> str:
    return shorten(shown.title, MAX_TITLE)


def _percent(share: float) -> str:
    return f"{round(share * 100)}\u00a0%"


def _back(bench: Bench, texts: Texts) -> tuple[str, str]:
    return button(texts, "bench", Press(BENCH, bench.slug))
