import pytest

from bot.explained import explained
from bot.texts import texts_in
from builders import page, rss, rss_item, topic
from digests.desk import Explanation
from digests.model import Decision, Kind, Reason, Relevance

FEED = "https://agency.example/feed.xml"


@pytest.fixture
async def admin(stage):
    admin = stage.admin()
    await admin.send("/start")
    await admin.next_message()
    return admin


async def ask(person, text):
    await person.send(text)
    return (await person.next_message()).text


@pytest.mark.usefixtures("meanings")
async def test_a_topic_is_added_and_takes_what_has_been_read_already(stage, admin):
    stage.publish("Whales sing in the north")
    told = await ask(admin, "/topic add Sea\nwords: whale, ship*\nnot: horoscope\nru: Море\nabout: All that swims")
    assert "Topic Sea (sea) is there. It takes 1 story of the last 7 days." in told
    assert "words: whale, ship*" in told
    topic = stage.bot.services.desk.topic("sea")
    assert topic.names == {"en": "Sea", "ru": "Море"}
    assert (topic.exclude, topic.descriptions) == (("horoscope",), {"en": "All that swims"})


async def test_rules_and_languages_of_a_topic_are_taken_and_shown(stage, admin):
    told = await ask(admin, "/topic add Sea\nwords: whale AND calf NOT film\nmust: sea OR ocean\nlanguages: EN, kk")
    assert "words: whale AND calf NOT film" in told
    assert "must: sea OR ocean" in told
    assert "only languages: en, kk" in told
    topic = stage.bot.services.desk.topic("sea")
    assert (topic.must, topic.languages) == (("sea OR ocean",), ("en", "kk"))


@pytest.mark.parametrize(
    ("line", "answer"),
    [("words: whale AND", "I can't read “whale AND”"), ("languages: English", "“english” is not a language")],
)
async def test_a_rule_that_can_not_be_read_is_told(stage, admin, line, answer):
    assert answer in await ask(admin, f"/topic add Sea\nwords: ship\n{line}")


async def test_a_topic_in_one_line(stage, admin):
    assert "(deep-sea)" in await ask(admin, '/topic add Deep sea: whale, "blue whale"')
    assert stage.bot.services.desk.topic("deep-sea").words == ("whale", '"blue whale"')


async def test_a_topic_is_changed_word_by_word(stage, admin):
    await ask(admin, "/topic edit science\nwords: +comet, -rocket\nname: Space")
    topic = stage.bot.services.desk.topic("science")
    assert topic.words == ("telescope", "comet")
    assert topic.names["en"] == "Space"
    assert topic.names["ru"] == "Наука"


async def test_a_topic_is_removed_after_a_question_and_its_readers_keep_the_rest(stage, admin):
    alice = await stage.reader("science", "economy")
    assert "Remove the topic Science?" in await ask(admin, "/topic remove science")
    await admin.press("Cancel")
    assert "Nothing was changed" in (await admin.next_message()).text
    await ask(admin, "/topic remove science")
    await admin.press("Yes, remove")
    assert "Topic Science is removed" in (await admin.next_message()).text
    assert stage.bot.services.subscribers.profile(alice.id).subscription.topics == {"economy"}


async def test_the_list_of_topics_tells_their_words_and_how_to_go_on(stage, admin):
    told = await ask(admin, "/topic")
    assert "Science (science) – 0 stories in 7 days" in told
    assert "words: rocket, telescope" in told
    assert "/topic add" in told


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        pytest.param("/topic add", "needs a name", id="no name"),
        pytest.param("/topic add Sea", "what the topic is about", id="nothing to look for"),
        pytest.param("/topic add Science: star", "There is a topic science already", id="a slug that is taken"),
        pytest.param("/topic add Sea\nwhales are nice", "don't understand the line “whales are nice”", id="no field"),
        pytest.param("/topic add Sea\nwords: ***", "“***” is not a word", id="no word"),
        pytest.param('/topic add Sea\nwords: "a b c d e f g h i"', "too long", id="a phrase too long"),
        pytest.param("/topic add 🐳: whale", "must consist of a-z", id="nothing for a slug"),
        pytest.param("/topic add Sea\nfeeds: ftp://x", "“ftp://x” is not an address", id="no address"),
        pytest.param("/topic edit sea\nwords: whale", "no topic “sea”. Topics: science, economy", id="unknown topic"),
        pytest.param("/topic remove <b>sea</b>", "no topic “<b>sea</b>”", id="markup in a name"),
        pytest.param("/feeds remove 7", "no such feed", id="unknown feed"),
        pytest.param("/feeds remove x", "no such feed", id="no number"),
        pytest.param("/feeds add", "/feeds add https://example.com", id="no feed address"),
        pytest.param("/feeds add https://nowhere.example", "answered with an error (404)", id="nothing there"),
    ],
)
async def test_bad_input_gets_a_clear_answer(stage, admin, command, answer):
    assert answer in await ask(admin, command)
    assert [one.topic.slug for one in stage.bot.services.desk.topics()] == ["science", "economy"]


async def test_a_feed_is_found_by_its_site_and_read_at_once(stage, admin):
    site = (
        b'<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>Hi</body></html>'
    )
    stage.web.bodies["https://agency.example"] = site
    stage.web.bodies[FEED] = rss(rss_item("1", "A rocket flies"), title="The Agency")
    stage.web.bodies["https://agency.example/1"] = page("A rocket flies", "The rocket flew over the sea. " * 10)
    assert "Shall I follow it?" in await ask(admin, "/feeds add agency.example")
    await admin.press("Follow")
    told = (await admin.next_message()).text
    assert "Following The Agency" in told
    assert "– A rocket flies" in told
    assert FEED in told
    assert "The Agency is followed already" in await ask(admin, f"/feeds add {FEED}")
    assert "The Agency – " in await ask(admin, "/feeds")


async def test_a_topic_brings_its_feed(stage, admin):
    stage.web.bodies[FEED] = rss(rss_item("1", "Anything at all"), title="The Agency")
    assert f"only feeds: {FEED}" in await ask(admin, f"/topic add Agency\nfeeds: {FEED}")
    assert [one.feed.url for one in stage.bot.services.desk.feeds()] == [FEED]


async def test_a_feed_is_removed_by_its_number_with_its_articles(stage, admin):
    stage.publish("A rocket flies")
    assert "Remove the feed Agency" in await ask(admin, "/feeds remove 1")
    await admin.press("Yes, remove")
    assert "Feed Agency is removed" in (await admin.next_message()).text
    assert "There are no feeds yet" in await ask(admin, "/feeds")


async def test_a_broken_feed_says_what_is_wrong(stage, admin):
    with stage.store.begin() as work:
        work.feeds.add("https://gone.example/feed", title="Gone & away", site_url="", now=stage.clock())
    await stage.bot.services.gatherer.gather()
    assert "🔴 Gone & away" in await ask(admin, "/feeds")


@pytest.mark.parametrize(
    "command",
    [
        "/topic",
        "/topic science",
        "/topic text science",
        "/topic draft Sea: whale",
        "/topic add Sea: whale",
        "/topic remove science",
        "/feeds",
        "/feeds add x.y",
    ],
)
async def test_readers_can_do_nothing_of_this(stage, command):
    alice = await stage.reader()
    assert "Only admins" in await ask(alice, command)


@pytest.mark.parametrize("data", ["rt:science", "rf:1"])
async def test_a_forged_button_does_nothing(stage, data):
    alice = await stage.reader()
    stage.publish("A rocket flies")
    answer = await (await alice.press(data=data)).answered()
    assert answer.alert
    assert "Only admins" in answer.text
    assert len(stage.bot.services.desk.topics()) == 2
    assert len(stage.bot.services.desk.feeds()) == 1


async def test_admins_alone_have_admin_commands_in_their_menu(stage):
    menus = {}
    while "chat" not in menus or "all_private_chats" not in menus:
        await stage.settle()
        for call in stage.sandbox.journal.of("setMyCommands"):
            menus[call.params["scope"]["type"]] = {command["command"] for command in call.params["commands"]}
    assert menus["chat"] - menus["all_private_chats"] == {"admin", "topic", "feeds", "stats", "broadcast", "admins"}


async def test_everybody_has_the_commands_of_the_place_in_every_language(stage):
    menus = {}
    while not stage.sandbox.journal.of("setChatMenuButton"):
        await stage.settle()
    for call in stage.sandbox.journal.accepted("setMyCommands"):
        scope = (call.params["scope"]["type"], call.params.get("language_code") or "")
        menus[scope] = {command["command"] for command in call.params["commands"]}
    for language in ("", "en", "ru", "kk"):
        everybody, deciding = menus["all_group_chats", language], menus["all_chat_administrators", language]
        assert everybody < deciding
        assert deciding - menus["all_private_chats", language] == {"thread"}
        assert "settings" in deciding - everybody


async def test_an_admin_is_told_why_topics_take_an_article_or_not(stage, admin):
    stage.publish("Rocket lands on the moon", url="https://agency.example/moon")
    told = await ask(admin, "/topic why https://agency.example/moon")
    assert "Rocket lands on the moon · Agency" in told
    assert "✅ Science (science): it has “rocket”" in told
    assert "▫️ Economy (economy): it has none of the topic’s words" in told


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("/topic why", "Send the link of an article"),
        ("/topic why moon landing", "Send the link of an article"),
        ("/topic why https://agency.example/unknown", "I have not gathered the article"),
    ],
)
async def test_asking_why_without_an_article_says_what_is_missing(admin, command, answer):
    assert answer in await ask(admin, command)


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ({"taken": False, "reason": Reason.FEED}, "not from one of its feeds"),
        ({"taken": False, "reason": Reason.LANGUAGE, "detail": "de"}, "it takes no articles in “de”"),
        ({"taken": False, "reason": Reason.EXCLUDED, "detail": "film"}, "kept out by “film”"),
        ({"taken": False, "reason": Reason.MUST, "detail": "NASA"}, "it must have “NASA”, and does not"),
        ({"taken": True, "reason": Reason.MUST}, "all that it must have is there"),
        ({"taken": True, "reason": Reason.EVERYTHING}, "every article of its feeds"),
        ({"taken": False, "reason": Reason.TOO_EARLY}, "too early to say"),
        (
            {
                "taken": True,
                "reason": Reason.EVIDENCE,
                "detail": "moon",
                "relevance": Relevance(total=2.34, strongest=Kind.MEANING_OF_EXAMPLES),
                "needed": 1.0,
            },
            "weighs 2.3, needs 1.0; most of it by the meaning of its examples; it has “moon”",
        ),
    ],
)
@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_every_reason_has_its_words(decision, said, language):
    space = topic("space", names={"en": "Space"})
    explanation = Explanation(
        title="Moon", source="Agency", story=None, decisions=((space, Decision(slug="space", **decision)),)
    )
    _, lines = explained(explanation, texts_in(language))
    assert said in lines or language != "en"
    assert "why-" not in lines
    assert "<code>space</code>" in lines
