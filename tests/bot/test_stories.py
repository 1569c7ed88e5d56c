import json
from datetime import timedelta

import pytest

from builders import NOW
from digests.model import SavedArticle
from digests.pipeline.pruning import Pruner

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def alice(stage):
    alice = await stage.reader("science")
    stage.publish(
        "Rocket lands on the moon", "Rocket lands on the moon. It carries water.", url="https://agency.example/moon"
    )
    stage.publish("Telescope finds a comet", "Telescope finds a comet. It is blue.", url="https://agency.example/comet")
    return alice


async def ask(person, text):
    await person.send(text)
    return (await person.next_message()).text


async def opened(alice):
    """The first story of a digest, opened by its number."""
    assert "1. Rocket lands on the moon" in await ask(alice, "/digest")
    await alice.press("1")
    return await alice.next_message()


async def test_a_number_opens_a_story_in_place_and_back_brings_the_digest(alice):
    message = await opened(alice)
    assert "Rocket lands on the moon" in message.text
    assert "Telescope" not in message.text
    await alice.press("Back")
    again = await alice.next_message()
    assert again.id == message.id
    assert "1. Rocket lands on the moon" in again.text
    assert "2. Telescope finds a comet" in again.text


async def test_a_story_is_saved_listed_exported_and_forgotten(alice):
    assert "Nothing is saved yet" in await ask(alice, "/saved")
    await opened(alice)
    assert "/saved has the list" in (await (await alice.press("Save")).answered()).text
    assert "Saved ✓" in " ".join(button.text for button in (await alice.next_message()).buttons)
    listed = await ask(alice, "/saved")
    assert "Saved: 1" in listed
    assert "Rocket lands on the moon" in listed
    await alice.press("Clear the list")
    assert "Nothing is saved yet" in (await alice.next_message()).text


async def test_saving_twice_forgets(alice):
    await opened(alice)
    await alice.press("Save")
    await alice.next_message()
    assert "No longer saved" in (await (await alice.press("Saved ✓")).answered()).text


async def test_a_reader_is_told_why_a_story_is_there(alice):
    await opened(alice)
    await alice.press("Why is it here")
    assert "✅ Science (science): it has “rocket”" in (await alice.next_message()).text


async def test_a_muted_source_sends_nothing_more_until_it_is_brought_back(stage, alice):
    await opened(alice)
    await alice.press("Less like this")
    await alice.next_message()
    pressed = await alice.press("Nothing more from Agency")
    assert "nothing more from Agency" in (await pressed.told())
    stage.clock.now += MINUTE
    stage.publish("Rocket returns", url="https://agency.example/returns")
    stage.publish("Rocket seen elsewhere", url="https://herald.example/seen")
    told = await ask(alice, "/digest")
    assert "Rocket seen elsewhere" in told
    assert "Rocket returns" not in told
    await alice.press(data="o:muted")
    await alice.next_message()
    await alice.press("✕ agency.example")
    assert "Nothing yet" in (await alice.next_message()).text
    stage.clock.now += MINUTE
    assert "Rocket returns" in await ask(alice, "/digest")


async def test_a_word_with_a_minus_is_heard_no_more_in_any_of_its_forms(stage, alice):
    assert "Nothing more with “comet”" in await ask(alice, "-comet")
    told = await ask(alice, "/digest")
    assert "Rocket lands" in told
    assert "comet" not in told
    await alice.press(data="o:muted")
    await alice.next_message()
    await alice.press("✕ ➖ comet")
    await alice.next_message()
    stage.clock.now += MINUTE
    assert "Telescope finds a comet" in await ask(alice, "/digest")


async def test_a_word_that_can_not_be_read_is_told(alice):
    assert "I can't read" in await ask(alice, "-comet AND")


async def test_a_digest_may_be_of_one_topic_and_of_so_many_minutes(stage, alice):
    stage.publish("Bank lowers price of money", url="https://agency.example/bank")
    assert "Bank lowers" in await ask(alice, "/digest economy 2")
    stage.clock.now += MINUTE
    assert "Rocket lands" in await ask(alice, "/digest 2")
    assert "I know no such topic" in await ask(alice, "/digest astrology")


async def test_what_was_sent_and_what_waits_is_told(stage, alice):
    assert "None yet" in await ask(alice, "/missed")
    await ask(alice, "/digest")
    while stage.bot.services.publisher.is_sending:
        await stage.settle()
    stage.publish("Rocket waits", url="https://agency.example/waits")
    told = await ask(alice, "/missed")
    assert "asked for · 2 stories sent" in told
    assert "for want of room: 1" in told
    assert "• Rocket waits" in told


async def test_what_is_kept_is_told_given_out_and_erased(stage, alice):
    await opened(alice)
    await alice.press("Save")
    await alice.next_message()
    kept = stage.bot.services.browsing.kept(alice.id)
    assert kept["saved"][0]["url"] == "https://agency.example/moon"
    assert [one["title"] for one in kept["stories_told"]] == ["Rocket lands on the moon", "Telescope finds a comet"]
    assert kept["editions"][0]["due_at"] == NOW.isoformat()
    assert json.loads(json.dumps(kept)) == kept
    assert "What I keep about this chat" in await ask(alice, "/privacy")
    await alice.press("As a file")
    message = await alice.next_message()
    assert message.media.file.name == "news-digest.json"
    await alice.press(data="xq")
    await alice.next_message()
    await alice.press("Yes, erase everything")
    assert "erased" in (await alice.next_message()).text


@pytest.mark.parametrize(
    "data",
    [
        "s:999",
        "sb:999",
        "ss:x",
        "sw:999",
        "sm:999",
        "sb:99999999999999999999999",
        "uf:99999999999999999999999",
        "sf:999",
        "sl:999",
        "pg:9",
        "pg:-1",
        "pg:x",
        "dw:9.5",
        "uf:x",
    ],
)
async def test_a_made_up_button_says_that_nothing_is_there(alice, data):
    assert "not here any more" in (await (await alice.press(data=data)).told())


async def test_what_another_reader_had_can_not_be_opened(stage, alice):
    await ask(alice, "/digest")
    with stage.store.read() as work:
        (story_id, *_) = work.readers.seen(alice.id)
    bob = await stage.reader("economy", name="Bob")
    assert "not here any more" in (await (await bob.press(data=f"s:{story_id}")).told())


async def test_the_archive_is_searched_by_any_form_and_paged(stage, alice):
    for number in range(7):
        stage.clock.now += MINUTE
        stage.publish(
            f"Ракеты взлетели в день {number}", "Ракеты взлетели.", language="ru", url=f"https://a.example/{number}"
        )
    found = await ask(alice, "/search ракета взлетела")
    assert "7 articles" in found
    assert found.index("день 6") < found.index("день 2")
    assert "день 1" not in found
    await alice.press("▸")
    assert "день 1" in (await alice.next_message()).text
    await alice.press("◂")
    assert "день 6" in (await alice.next_message()).text
    assert "1 article" in await ask(alice, "/search rockets moon")


@pytest.mark.parametrize(
    "asked",
    [
        "rockets over the Karund",
        "what is a rocket of Karund",
        "война и ракета",
        "Қостанай және ракета",
        "бар ракета",
        "Қостанай мен ракета",
        "US rockets",
        "the",
    ],
)
async def test_words_that_say_nothing_are_not_looked_for_beside_others(stage, alice, asked):
    texts = {
        "en": ("Karund waits for US rockets", "Rockets came. Rockets went over the lake of Karund in the night."),
        "ru": ("Война", "Ракеты летят. Война и ракеты близко, а бар закрыт."),
        "kk": ("Қостанай хабары", "Ракета ұшты. Қостанайда ракета және дрон бар."),
    }
    for language, told in texts.items():
        stage.publish(*told, language=language, url=f"https://a.example/{language}")
    assert "1 article" in await ask(alice, f"/search {asked}")


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("/search", "Write what to look for"),
        ("/search zebra", "Nothing I have read"),
        ('/search " OR NEAR( *', "Nothing I have read"),
        ("/search !!!", "Nothing I have read"),
    ],
)
async def test_a_search_that_finds_nothing_says_so(alice, asked, answer):
    assert answer in await ask(alice, asked)


async def test_a_search_of_long_ago_is_asked_again(stage, alice):
    assert "too long ago" in (await (await alice.press(data="fp:nobody.1")).told())


async def test_what_is_removed_is_found_no_more(stage, alice):
    assert "1 article" in await ask(alice, "/search moon")
    with stage.store.begin() as work:
        work.feeds.remove(work.feeds.all()[0].id)
    assert "Nothing I have read" in await ask(alice, "/search moon")


async def test_the_longest_list_of_saved_articles_fits(stage, alice):
    with stage.store.begin() as work:
        for number in range(60):
            one = SavedArticle(
                url=f"https://a.example/{number}" if number else "",
                title="🚀 title " * 60,
                source="s" * 90,
                saved_at=NOW,
            )
            work.readers.save_article(alice.id, one, most=500)
    assert "Saved: 60" in await ask(alice, "/saved")


async def test_less_of_a_story_is_less_of_its_words_or_its_topic(stage, alice):
    await opened(alice)
    await alice.press("Less like this")
    offered = [button.text for button in (await alice.next_message()).buttons]
    assert {"🔇 “rocket”", "🔇 “lands”", "🔇 “moon”", "▫️ Stop following “Science”"} < set(offered)
    assert "moon" in (await (await alice.press("“moon”")).told())
    assert stage.bot.services.subscribers.profile(alice.id).subscription.excluded == ("moon",)
    await alice.press("Stop following")
    while stage.bot.services.subscribers.profile(alice.id).subscription.topics:
        await stage.settle()
    await alice.press("Back")
    assert "Rocket lands on the moon" in (await alice.next_message()).text


async def test_own_words_bring_what_no_topic_does(stage, alice):
    assert "comes with your digests" in await ask(alice, "+avalanche")
    stage.publish("Avalanches closed the road", url="https://agency.example/road")
    told = await ask(alice, "/digest")
    assert "YOUR WORDS" in told
    assert "your word “avalanche”" in told
    stage.clock.now += MINUTE
    await alice.press(data="o:words")
    await alice.next_message()
    await alice.press("✕ ➕ avalanche")
    assert "Nothing yet" in (await alice.next_message()).text
    stage.publish("Another avalanche", url="https://agency.example/another")
    assert "Another" not in await ask(alice, "/digest")


async def notice(stage, alice):
    await stage.bot.services.notices.plan()
    await stage.bot.services.publisher.deliver()
    return await alice.next_message()


async def test_a_word_with_an_exclamation_mark_rings_at_once(stage, alice):
    assert "comes at once" in await ask(alice, "!earthquake")
    stage.clock.now += MINUTE
    stage.publish("Earthquake shakes Larton", url="https://agency.example/quake")
    message = await notice(stage, alice)
    assert "Just in" in message.text
    assert "Earthquake shakes Larton" in message.text
    assert "your word “earthquake”" in message.text
    await alice.press("1")
    assert "Earthquake shakes Larton" in (await alice.next_message()).text


async def test_a_word_that_rings_brings_digests_too_and_says_so_without_any_topic(stage, alice):
    await alice.press(data="ta:0")
    await alice.next_message()
    await ask(alice, "!rocket")
    told = await ask(alice, "/digest")
    assert "Rocket lands on the moon" in told
    assert "your word “rocket”" in told
    await alice.press("1")
    await alice.next_message()
    await alice.press("Why")
    assert "it has your word “rocket”" in (await alice.wait_for(lambda one: "it has" in one.text)).text


async def test_a_story_that_is_followed_is_told_when_it_moves_on_in_answer_to_where_it_began(stage, alice):
    first = await opened(alice)
    assert "at once" in (await (await alice.press("Follow")).answered()).text
    assert "Following ✓" in " ".join(button.text for button in (await alice.next_message()).buttons)
    with stage.store.begin() as work:
        (story_id,) = work.readers.followed(alice.id)
    stage.clock.now += timedelta(minutes=20)
    more = "The rocket will leave the moon in October with three kilograms of ice from its southern crater on board"
    stage.publish(
        "Rocket to return with ice",
        f"{more}. Nobody had done so before.",
        url="https://herald.example/ice",
        source="Herald",
        story_id=story_id,
    )
    message = await notice(stage, alice)
    assert "you follow this story" in message.text
    assert more in message.text
    assert message.reply_to == first.id
    await alice.send("/settings")
    await alice.next_message()
    await alice.press("My words")
    await alice.next_message()
    await alice.press("✕ 📌")
    assert "Nothing yet" in (await alice.next_message()).text


async def test_a_page_and_a_story_are_found_again_in_the_message_that_showed_them(stage, alice):
    await ask(alice, "/digest")
    while stage.bot.services.publisher.is_sending:
        await stage.settle()
    await alice.press(data="last")
    again = await alice.next_message()
    await alice.press("1", message=again)
    assert "Rocket lands" in (await alice.next_message()).text
    await alice.press("Back")
    assert (await alice.next_message()).text == again.text


async def test_a_muted_outlet_adds_nothing_to_a_story_that_is_followed(stage, alice):
    await opened(alice)
    await alice.press("Follow")
    await alice.next_message()
    with stage.store.begin() as work:
        (story_id,) = work.readers.followed(alice.id)
    stage.bot.services.subscribers.mute(alice.id, "herald.example")
    stage.clock.now += timedelta(minutes=20)
    text = "The rocket will leave the moon in October with three kilograms of ice from its southern crater on board."
    stage.publish("Rocket to return", text, url="https://herald.example/ice", source="Herald", story_id=story_id)
    assert await stage.bot.services.notices.plan() == 0


async def test_whoever_asks_twice_at_once_gets_the_digest_first(stage, alice):
    await alice.send("/digest")
    await alice.send("/digest")
    await alice.wait_for(lambda message: "Nothing new" in message.text)
    told = [message.text for message in alice.from_bot]
    first = next(number for number, text in enumerate(told) if "Rocket lands on the moon" in text)
    assert "Nothing new" in told[first + 1]


async def test_nothing_new_on_one_topic_names_it(alice):
    assert await ask(alice, "/digest economy") == "Nothing new on “Economy”."


async def test_buttons_of_a_digest_that_is_forgotten_say_so_kindly(stage, alice):
    await ask(alice, "/digest")
    await stage.until(lambda: stage.bot.services.publisher.is_delivered(alice.id))
    pruner = Pruner(stage.store, stage.clock, keep=timedelta(days=30))
    stage.clock.now += timedelta(days=31)
    await pruner.prune()
    assert "not here any more" in (await (await alice.press("1")).told())
    stage.publish("Rocket starts again", "Rocket starts again.")
    stage.clock.now += timedelta(hours=1)
    assert "Rocket starts again" in await ask(alice, "/digest")
