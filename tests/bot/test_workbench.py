from dataclasses import replace

import pytest

from bot.handlers.workbench import slug_of_bench
from bot.settings import LANGUAGES
from bot.topic_text import changed_topic
from bot.workbench_screens import LISTS
from digests.model import Actor, Topic
from stage import on_stage

SPACE = "/topic draft Space\nwords: rocket, moon AND landing NOT film\nnot: horoscope"


@pytest.fixture
async def owner(stage):
    person = stage.admin()
    await person.send("/start")
    await person.next_message()
    return person


@pytest.fixture
def archive(stage):
    """Three about space, one that is excluded, one that lacks a word, one about banks."""
    stage.publish("A rocket flies to orbit")
    stage.publish("Rocket engines are tested")
    stage.publish("Landing on the moon is planned")
    stage.publish("Rocket signs in your horoscope")
    stage.publish("The moon rises over the lake")
    stage.publish("The bank lowers its price")


async def ask(person, text, **values):
    await person.send(text, **values)
    return await person.next_message()


async def press(person, button):
    """What the message is after that button."""
    await person.press(button)
    return await person.next_message()


async def another(stage, owner, *buttons, name="Ada"):
    """Somebody whom the owner has invited by pressing these buttons."""
    await ask(owner, "/admins")
    for button in buttons:
        message = await press(owner, button)
    person = stage.person(name)
    await ask(person, f"/start {message.text.partition('?start=')[2].split()[0]}")
    return person


def labels(stage, slug="space"):
    return {one.title: one.belongs for one in stage.bot.services.workbench.labels(slug)}


def slugs(stage):
    return {one.topic.slug for one in stage.bot.services.desk.topics()}


async def test_a_draft_shows_what_it_takes_and_nobody_gets_it(stage, owner, archive):
    shown = (await ask(owner, SPACE)).text
    assert "Space (space) · your draft of a new topic" in shown
    assert "words: rocket, moon AND landing NOT film" in shown
    assert "Of 6 articles in 1 day it takes 3 stories, 3 a day." in shown
    assert "Rocket signs in your horoscope – kept out by “horoscope”" in shown
    assert "The moon rises over the lake – lacks only “landing” of “moon AND landing NOT film”" in shown
    assert "Takes of other topics: Science 67" in shown
    assert slugs(stage) == {"science", "economy"}


async def test_an_answer_to_the_workbench_changes_the_draft_and_steps_go_back(stage, owner, archive):
    bench = await ask(owner, SPACE)
    shown = await ask(owner, "words: +lake, -rocket\nru: Космос", reply_to=bench)
    assert "words: moon AND landing NOT film, lake" in shown.text
    assert "en Space, ru Космос" in shown.text
    assert "it takes 2 stories" in shown.text
    assert "words: rocket, moon AND landing" in (await press(owner, "Last step back")).text
    assert "Last step back" not in str(owner.last.buttons), "there is nothing before the first"


async def test_a_draft_survives_a_restart_and_is_answered_to_after_it(sandbox, folder, clock):
    async with on_stage(sandbox, folder, clock) as stage:
        owner = stage.admin()
        await ask(owner, "/start")
        bench = await ask(owner, SPACE)
    async with on_stage(sandbox, folder, clock) as stage:
        stage.publish("The comet shines")
        shown = (await ask(owner, "words: +comet", reply_to=bench)).text
        assert "comet" in shown
        assert "it takes 1 story" in shown


async def test_a_draft_is_published_and_that_is_undone(stage, owner, archive):
    await ask(owner, SPACE)
    shown = await press(owner, "Publish")
    assert "Published: Space (space). It takes 3 stories of the last 7 days." in shown.text
    assert "· published" in shown.text
    assert stage.bot.services.desk.topic("space").exclude == ("horoscope",)
    assert stage.bot.services.workbench.drafts(owner.id) == ()
    await press(owner, "Undo")
    assert slugs(stage) == {"science", "economy"}


async def test_a_change_is_compared_with_what_is_published(stage, owner, archive):
    await ask(owner, "/topic")
    bench = await press(owner, "Science")
    assert "Science (science) · published" in bench.text
    shown = await ask(owner, "words: +lake, -rocket", reply_to=bench)
    assert "Against the published one: +1 −3" in shown.text
    assert "The moon rises over the lake" in (await press(owner, "New: 1")).text
    await press(owner, "Workbench")
    dropped = (await press(owner, "No longer: 3")).text
    assert "A rocket flies to orbit" in dropped
    assert "it has none of the topic’s words" in dropped
    assert stage.bot.services.desk.topic("science").words == ("rocket", "telescope")
    await press(owner, "Workbench")
    assert "Forget your draft" in (await press(owner, "Discard draft")).text
    assert len(stage.bot.services.workbench.drafts(owner.id)) == 1
    await press(owner, "Yes, discard")
    assert stage.bot.services.workbench.drafts(owner.id) == ()


async def test_marks_measure_a_draft_and_become_its_examples(stage, owner, archive):
    await ask(owner, "/topic draft Space\nwords: rocket\nstrictness: words")
    listed = await press(owner, "Takes: 3")
    numbers = {line[3:].split(" · ")[0]: line[0] for line in listed.text.splitlines() if line[1:2] == "."}
    await press(owner, f"👍 {numbers['A rocket flies to orbit']}")
    assert "👍 A rocket flies to orbit" in owner.last.text
    await press(owner, f"👍 {numbers['Rocket engines are tested']}")
    await press(owner, f"👎 {numbers['Rocket signs in your horoscope']}")
    bench = await press(owner, "Workbench")
    assert "On 3 marked articles: precision 0.67 (2 of 3), recall 1 (2 of 2)." in bench.text
    shown = await ask(owner, "not: horoscope", reply_to=bench)
    assert "precision 1 (2 of 2), recall 1 (2 of 2)." in shown.text
    marks = (await press(owner, "Marked: 3")).text
    assert marks.count("✅") == 4, "three that are right, and what the sign means"
    learned = (await press(owner, "Make examples")).text
    assert "examples: 2 liked, 1 disliked" in learned
    assert "so this flatters" in learned
    assert labels(stage) == {
        "A rocket flies to orbit": True,
        "Rocket engines are tested": True,
        "Rocket signs in your horoscope": False,
    }


async def test_a_mark_is_taken_back(stage, owner, archive):
    await ask(owner, SPACE)
    await press(owner, "Takes: 3")
    await press(owner, "👎 2")
    assert len(labels(stage)) == 1
    await press(owner, "👎 2")
    assert labels(stage) == {}
    await press(owner, "👍 1")
    await press(owner, "Workbench")
    await press(owner, "Marked: 1")
    assert "nothing is marked yet" in (await press(owner, "✕ 1")).text
    assert labels(stage) == {}


async def test_what_a_topic_gets_wrong_comes_first_among_the_marks(stage, owner, archive):
    await ask(owner, "/topic draft Space\nwords: rocket\nnot: horoscope")
    await press(owner, "Narrowly misses: 1")
    await press(owner, "👍 1")
    await press(owner, "Workbench")
    shown = (await press(owner, "Marked: 1")).text
    assert "precision – (none taken), recall 0 (0 of 1)" in shown
    assert "1. 👍 ❌ Rocket signs in your horoscope" in shown
    assert "kept out by “horoscope”" in shown


async def test_choices_are_made_by_buttons(stage, owner, archive):
    await ask(owner, SPACE)
    await press(owner, "Strictness")
    assert "Now: broad" in (await press(owner, "broad")).text
    await press(owner, "words alone")
    await press(owner, "Workbench")
    await press(owner, "Languages")
    await press(owner, "▫️ ru")
    assert "✅ ru" in str(owner.last.buttons)
    await press(owner, "Workbench")
    await press(owner, "Feeds")
    await press(owner, "▫️ Agency")
    shown = (await press(owner, "Workbench")).text
    assert "only languages: ru" in shown
    assert "only feeds: https://agency.example/feed" in shown
    await press(owner, "Feeds")
    await press(owner, "All")
    assert stage.bot.services.workbench.open(owner.id, "space").topic.feed_urls == ()
    await press(owner, "Workbench")
    assert "en: Space" in (await press(owner, "Names")).text


async def test_a_topic_is_told_whole_in_lines_that_make_it_again(stage, owner, archive):
    await ask(owner, f"{SPACE}\nmust: NASA OR ESA\nlike: A lander\nabout: Rockets\nstrictness: words\nkk: Ғарыш")
    drafted = stage.bot.services.workbench.open(owner.id, "space").topic
    await press(owner, "Names")
    whole = (await press(owner, "As text")).text
    assert changed_topic(whole, Topic(slug="space", names={}), "en") == drafted


async def test_overlap_is_told_topic_by_topic(stage, owner, archive):
    await ask(owner, "/topic draft All\nwords: rocket, bank")
    shown = (await press(owner, "Overlap")).text
    assert "Science: 100 % of its stories (3 of 3), which are 75 % of these" in shown.replace("\u00a0", " ")
    assert "Economy: 100 % of its stories (1 of 1), which are 25 % of these" in shown.replace("\u00a0", " ")


async def test_of_two_admins_the_second_is_told_and_can_have_both_changes(stage, owner, archive):
    ada = await another(stage, owner, "Admin")
    mine = await ask(owner, "/topic science")
    await ask(owner, "words: +moon", reply_to=mine)
    theirs = await ask(ada, "/topic science")
    await ask(ada, "not: +horoscope", reply_to=theirs)
    await press(ada, "Publish")
    told = (await press(owner, "Publish")).text
    assert "Ada changed Science (science)" in told
    assert "the published one has been changed since you began" in (await press(owner, "Back")).text
    told = (await press(owner, "Publish")).text
    assert "exclude: – → horoscope" in told
    assert "words: rocket, telescope → rocket, telescope, moon" in told
    assert stage.bot.services.desk.topic("science").words == ("rocket", "telescope"), "nothing is overwritten"
    assert "not: horoscope" in (await press(owner, "Take their change")).text
    await press(owner, "Publish")
    published = stage.bot.services.desk.topic("science")
    assert (published.words, published.exclude) == (("rocket", "telescope", "moon"), ("horoscope",))


async def test_publishing_anyway_takes_the_place_of_the_change_that_was_shown_and_of_no_later_one(stage, owner):
    ada = await another(stage, owner, "Admin")
    await ask(owner, "/topic draft science\nwords: +moon")
    await ask(ada, "/topic edit science\nnot: horoscope")
    await press(owner, "Publish")
    await ask(ada, "/topic edit science\nnot: film")
    told = (await press(owner, "Publish mine")).text
    assert "exclude: – → film" in told
    assert stage.bot.services.desk.topic("science").exclude == ("film",)
    assert "Published" in (await press(owner, "Publish mine")).text
    assert stage.bot.services.desk.topic("science").exclude == ()
    await ask(owner, "/admins log")
    assert (await press(owner, "1")).text.count("→") == 2, "the log knows what was replaced"


async def test_two_new_topics_of_one_name_meet_without_harm(stage, owner):
    ada = await another(stage, owner, "Admin")
    await ask(owner, SPACE)
    await ask(ada, "/topic draft Space\nwords: comet")
    await press(ada, "Publish")
    assert "Ada made a topic space" in (await press(owner, "Publish")).text
    assert stage.bot.services.desk.topic("space").words == ("comet",)
    assert "comet" in (await press(owner, "Take their change")).text


async def test_a_topic_that_was_removed_meanwhile_can_be_published_again(stage, owner):
    ada = await another(stage, owner, "Admin")
    await ask(owner, "/topic draft science\nwords: +moon")
    await ask(ada, "/topic remove science")
    await press(ada, "Yes, remove")
    assert "Ada removed Science" in (await press(owner, "Publish")).text
    await press(owner, "Publish mine")
    assert stage.bot.services.desk.topic("science").words == ("rocket", "telescope", "moon")


async def test_removal_asks_first_and_is_undone_with_its_readers(stage, owner):
    alice = await stage.reader("science")
    await ask(owner, "/topic science")
    assert "Remove the topic Science?" in (await press(owner, "🗑 Remove")).text
    assert "is removed" in (await press(owner, "Yes, remove")).text
    assert "science" not in slugs(stage)
    assert "Science (science) · published" in (await press(owner, "Undo")).text
    assert stage.bot.services.subscribers.profile(alice.id).subscription.topics == {"science"}


async def test_a_change_that_was_changed_again_is_not_undone(stage, owner):
    await ask(owner, "/topic draft science\nwords: +moon")
    await press(owner, "Publish")
    undo = next(button.data for button in owner.last.buttons if "Undo" in button.text)
    await ask(owner, "/topic edit science\nwords: +comet")
    answer = await (await owner.press(data=undo)).answered()
    assert "can't be taken back" in answer.text
    assert "comet" in stage.bot.services.desk.topic("science").words


async def test_drafts_are_each_persons_own(stage, owner):
    ada = await another(stage, owner, "Admin")
    await ask(owner, SPACE)
    assert "There is no topic “space”" in (await ask(ada, "/topic space")).text
    assert "Space" not in (await ask(ada, "/topic")).text
    assert "✏️ Space (space) – your draft" in (await ask(owner, "/topic")).text


ACTIONS = [
    *("wb:science", "wl:0", "wn", "wo:science", "ws:science", "ws:science.broad", "wg:science", "wg:science.ru"),
    *(
        "wf:science.0",
        "wf:science.0.1",
        "wi:science",
        "wp:science",
        "wq:science",
        "wc:science.yes",
        "wr:science",
        "wh:science",
    ),
    *("wv:science.1", "wj:science.1", "wz:1", "we:science.0", "wx:science.0.0", "ww:science", "wt:science.takes.0"),
    *("wk:science.takes.0.1.1", "rt:science", "no:science"),
]


@pytest.mark.parametrize("data", ACTIONS)
async def test_a_reader_presses_in_vain(stage, owner, archive, data):
    await ask(owner, "/topic edit science\nwords: +comet")
    before = stage.bot.services.desk.topics()
    eve = await stage.reader("science", name="Eve")
    answer = await (await eve.press(data=data)).answered()
    assert answer.alert
    assert "Only admins" in answer.text
    assert stage.bot.services.desk.topics() == before
    assert stage.bot.services.workbench.drafts(eve.id) == ()
    assert labels(stage, "science") == {}


@pytest.mark.parametrize("data", [one for one in ACTIONS if one not in {"wl:0", "wn", "no:science"}])
async def test_an_editor_presses_in_vain_on_other_topics(stage, owner, archive, data):
    ed = await another(stage, owner, "Editor", "Economy", name="Ed")
    await ask(owner, "/topic edit science\nwords: +comet")
    entry = stage.bot.services.workbench.last_change("science")
    before = stage.bot.services.desk.topics()
    answer = await (await ed.press(data=data.replace("wz:1", f"wz:{entry.id}"))).answered()
    assert "Only admins" in answer.text
    assert stage.bot.services.desk.topics() == before
    assert stage.bot.services.workbench.drafts(ed.id) == ()


async def test_an_editor_has_a_workbench_of_their_topics_alone(stage, owner, archive):
    ed = await another(stage, owner, "Editor", "Science", name="Ed")
    listed = await ask(ed, "/topic")
    assert "Science" in listed.text
    assert "Economy" not in listed.text
    assert [button.text for button in listed.buttons] == ["Science"]
    assert "may not do that" in (await ask(ed, "/topic economy")).text
    assert "may not do that" in (await ask(ed, SPACE)).text
    bench = await ask(ed, "/topic science")
    await ask(ed, "words: +lake", reply_to=bench)
    assert "Published" in (await press(ed, "Publish")).text
    assert "Undo" in str(ed.last.buttons)
    assert "words: rocket, telescope" in (await press(ed, "Undo")).text
    assert stage.bot.services.desk.topic("science").words == ("rocket", "telescope")


async def test_who_has_lost_the_right_can_answer_no_workbench(stage, owner, archive):
    ed = await another(stage, owner, "Editor", "Science", name="Ed")
    bench = await ask(ed, "/topic science")
    stage.bot.services.staffing.dismiss(Actor(user_id=owner.id, name="Admin"), ed.id)
    assert "Only admins" in (await ask(ed, "words: +lake", reply_to=bench)).text
    assert "Only admins" in (await (await ed.press("Names")).told())
    assert stage.bot.services.workbench.drafts(ed.id) == ()


@pytest.mark.parametrize(
    ("data", "shows"),
    [
        pytest.param("wb:gone", "Topics", id="no such topic"),
        pytest.param("wp:science", "Science (science)", id="nothing to publish"),
        pytest.param("wq:science", "Science (science)", id="no step to go back"),
        pytest.param("wc:science.yes", "Science (science)", id="nothing to discard"),
        pytest.param("wt:science.nonsense.0", "Science (science)", id="no such list"),
        pytest.param("wt:science.takes.x", "Science (science)", id="no such page"),
        pytest.param("wt:science", "Science (science)", id="half a value"),
        pytest.param("wk:science.takes.0.999.1", "Science (science)", id="an article that is gone"),
        pytest.param("ws:science.sometimes", "Science (science)", id="no strictness"),
        pytest.param("wf:science.0.999", "Science (science)", id="no such feed"),
        pytest.param("wz:x", "Topics", id="no number of a change"),
    ],
)
async def test_a_stale_or_forged_button_of_an_admin_shows_how_things_are(stage, owner, archive, data, shows):
    await ask(owner, "/topic remove economy")
    answer = await (await owner.press(data=data)).answered()
    assert answer.alert
    assert "how things are now" in answer.text
    assert shows in (await owner.next_message()).text
    assert stage.bot.services.workbench.drafts(owner.id) == ()


async def test_a_page_beyond_the_last_is_the_last(stage, owner, archive):
    await ask(owner, SPACE)
    await owner.press(data="wt:space.takes.99")
    assert "A rocket flies to orbit" in (await owner.next_message()).text


async def test_only_what_shows_one_workbench_is_answered_to(stage, owner, archive):
    listed = await ask(owner, "/topic")
    assert "I did not understand" in (await ask(owner, "moonshine", reply_to=listed)).text
    bench = await ask(owner, "/topic science")
    assert "don't understand the line “moonshine”" in (await ask(owner, "moonshine", reply_to=bench)).text
    assert slug_of_bench(None) == ""


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("words: rocket AND", "can't read “rocket AND”"),
        ("languages: English", "is not a language"),
        ("feeds: nowhere", "is not an address"),
        ("strictness: somehow", "is not a strictness"),
    ],
)
async def test_lines_that_can_not_be_read_leave_the_draft_as_it_was(stage, owner, lines, said):
    bench = await ask(owner, SPACE)
    before = stage.bot.services.workbench.open(owner.id, "space")
    assert said in (await ask(owner, lines, reply_to=bench)).text
    assert stage.bot.services.workbench.open(owner.id, "space") == before


async def test_a_topic_with_nothing_to_look_for_is_a_draft_that_can_not_be_published(stage, owner, archive):
    assert "nothing to look for yet" in (await ask(owner, "/topic draft Space")).text
    answer = await (await owner.press("Publish")).answered()
    assert "what the topic is about" in answer.text
    assert "space" not in slugs(stage)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_longest_topic_fits_every_screen(stage, language, sandbox):
    owner = stage.admin(language=language)
    await ask(owner, "/start")
    for number in range(30):
        stage.publish(f"<rocket> & {number} " + "🚀 wörd " * 60, source="&" * 200)
        with stage.store.begin() as work:
            work.feeds.add(f"https://f.example/{number}", title="<&> " * 40, site_url="", now=stage.clock())
    words = ", ".join(["rocket", *("ω" * 60 + str(number) for number in range(45))])
    await ask(
        owner,
        f"/topic draft <&> {'long ' * 30}\nslug: {'a' * 32}\nwords: {words}\nabout: {'&' * 400}\nstrictness: words",
    )
    shown = [owner.last]
    for data in ("wt:{}.takes.1", "wt:{}.misses.0", "wo:{}", "we:{}.0", "ws:{}", "wg:{}", "wf:{}.2", "wi:{}", "wl:0"):
        await owner.press(data=data.format("a" * 32))
        shown.append(await owner.next_message())
    await owner.press(data="wn")
    shown.append(await owner.next_message())
    assert len({message.text for message in shown}) == len(shown)
    assert stage.sandbox.journal.refused("editMessageText") == []


async def test_every_list_has_its_heading(stage, owner, archive):
    await ask(owner, "/topic draft science\nwords: +lake, -rocket")
    heads = set()
    for which in LISTS:
        await owner.press(data=f"wt:science.{which}.0")
        heads.add((await owner.next_message()).text.splitlines()[0])
    assert len(heads) == len(LISTS)


async def test_topics_turn_their_pages(stage, owner):
    with stage.store.begin() as work:
        science = work.topics.get("science")
        for number in range(20):
            work.topics.add(replace(science, slug=f"t{number}", names={"en": f"Topic {number}"}))
    assert "1/3" in str((await ask(owner, "/topic")).buttons)
    assert "Topic 19" in (await press(owner, "▸")).text or "Topic 13" in owner.last.text


async def test_a_topic_edited_by_command_shows_the_same_report(stage, owner, archive):
    told = (await ask(owner, "/topic edit science\nwords: +lake")).text
    assert "Topic Science is changed. It takes 4 stories" in told
    assert "Of 6 articles in 1 day it takes 4 stories" in told
