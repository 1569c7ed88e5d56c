import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from builders import page, read_article, rss, rss_item, utc
from digests import reading
from digests.pipeline.logbook import Logbook
from digests.pipeline.publishing import Publisher
from stage import on_stage


async def test_a_digest_now_links_every_story_to_its_source(stage):
    alice = await stage.reader("science", "economy")
    stage.publish("A rocket flies to the Moon", url="https://agency.example/moon")
    stage.publish("The bank lowers its rate", url="https://agency.example/rate")
    stage.publish("A cat sleeps", url="https://agency.example/cat")
    await alice.send("/digest")
    message = await alice.next_message()
    links = [entity.url for entity in message.entities if entity.type == "text_link"]
    assert sorted(set(links)) == ["https://agency.example/moon", "https://agency.example/rate"]
    assert "3 read, 2 here: 1 off topic" in message.text
    assert "The next edition comes Mon 2 Mar, 08:00" in message.text
    assert message.extra["link_preview_options"]["is_disabled"]


async def test_nothing_comes_twice_and_the_last_digest_can_be_seen_again(stage):
    alice = await stage.reader()
    stage.publish("A rocket flies")
    await alice.send("/digest")
    first = (await alice.next_message()).text
    await alice.send("/digest")
    assert "Nothing new on your topics since Mon 2 Mar, 06:00" in (await alice.next_message()).text
    await alice.press("Show the last one again")
    assert (await alice.next_message()).text == first


@pytest.fixture
async def gathering(stage, monkeypatch):
    """A pass that is under way until `let` is set, and then brings a story of a rocket."""
    reading.prepare()
    stage.web.bodies = {
        "https://agency.example/feed": rss(rss_item("1", "A rocket flies", url="https://agency.example/1")),
        "https://agency.example/1": page("A rocket flies", "The rocket flew over the sea and came back. " * 10),
    }
    with stage.store.begin() as work:
        work.feeds.add("https://agency.example/feed", title="Agency", site_url="", now=stage.clock())
    let, get = asyncio.Event(), stage.web.get

    async def held(*request, **options):
        await let.wait()
        return await get(*request, **options)

    monkeypatch.setattr(stage.web, "get", held)
    task = asyncio.create_task(stage.bot.services.gatherer.gather())
    task.let = let
    yield task
    let.set()
    await task


async def test_a_digest_asked_for_while_news_is_gathered_waits_for_it(stage, gathering):
    alice = await stage.reader()
    await alice.send("/digest")
    await stage.until(lambda: stage.sandbox.journal.accepted("sendChatAction"))
    await asyncio.sleep(0.1)
    gathering.let.set()
    assert "A rocket flies" in (await alice.next_message()).text


async def test_news_that_is_there_just_after_the_digest_looked_for_it_is_told(stage, gathering, monkeypatch):
    look = Publisher.digest_now

    async def slow(*asked, **options):
        found = await look(*asked, **options)
        gathering.let.set()
        await asyncio.wait([gathering])
        return found

    monkeypatch.setattr(Publisher, "digest_now", slow)
    alice = await stage.reader()
    await alice.send("/digest")
    assert "A rocket flies" in (await alice.next_message()).text


async def test_the_edition_comes_at_the_local_minute_with_only_what_is_new(stage):
    alice = await stage.reader(at="11:35")
    await alice.send("almaty")
    await alice.next_message()
    stage.publish("A rocket flies")
    await alice.send("/digest")
    await alice.next_message()
    stage.publish("A telescope opens")
    alice.mark()
    stage.clock.now = utc("2026-03-02T06:34")
    await stage.publish_editions()
    stage.clock.now = utc("2026-03-02T06:35")
    await stage.publish_editions()
    await stage.publish_editions()
    message = await alice.next_message()
    assert "Midday digest" in message.text
    assert "A telescope opens" in message.text
    assert "A rocket flies" not in message.text
    assert len(alice.from_bot) == 4, "the greeting, the zone, the digest asked for, the edition; nothing twice"


async def test_an_edition_without_news_is_a_short_word_without_a_sound(stage):
    alice = await stage.reader()
    stage.publish("A cat sleeps")
    stage.clock.now = utc("2026-03-02T08:00")
    alice.mark()
    await stage.publish_editions()
    message = await alice.next_message()
    assert "nothing new on your topics" in message.text
    assert "1 read, 0 here: 1 off topic" in message.text
    assert stage.sandbox.journal.accepted("sendMessage")[-1].params["disable_notification"]


async def test_after_a_standstill_one_edition_makes_up_for_all(sandbox, folder, clock):
    async with on_stage(sandbox, folder, clock) as stage:
        stage.add_topics()
        alice = await stage.reader()
        stage.publish("A rocket flies")
    clock.now += timedelta(days=3)
    alice.mark()
    async with on_stage(sandbox, folder, clock) as stage:
        await stage.publish_editions()
        assert "A rocket flies" in (await alice.next_message()).text
        await stage.publish_editions()
    async with on_stage(sandbox, folder, clock) as stage:
        await stage.publish_editions()
    assert len(sandbox.journal.accepted("sendMessage")) == 2, "the greeting and one edition, restarts or not"


async def test_no_topics_means_no_digest_but_a_way_to_choose(stage):
    alice = await stage.reader("science")
    await alice.press(data="t:science")
    await alice.next_message()
    await alice.send("/digest")
    message = await alice.next_message()
    assert "You follow no topics" in message.text
    assert [button.text for button in message.buttons] == ["🏷 Topics"]


async def test_a_long_edition_is_one_message_that_turns_its_pages(stage):
    alice = await stage.reader()
    await alice.press(data="m:10")
    await alice.next_message()
    for number in range(15):
        stage.publish(f"Rocket {number} flies", f"Rocket {number} flies " + "<&> 🚀 " * 60)
    await alice.send("/digest")
    first = await alice.next_message()
    assert "· 1/2" in first.text
    await alice.press("▸")
    second = await alice.next_message()
    assert second.id == first.id
    assert "· 2/2" in second.text
    told = f"{first.text}\n{second.text}"
    assert all(f"Rocket {number} flies" in told for number in range(15))
    assert all("SCIENCE" in page.text and "15 read, 15 here" in page.text for page in (first, second))
    numbers = [button.text for page in (first, second) for button in page.buttons if button.text.isdecimal()]
    assert numbers == [str(number) for number in range(1, 16)]
    await alice.press("15")
    assert "Rocket 14 flies" in (await alice.next_message()).text
    await alice.press("Back")
    assert (await alice.next_message()).text == second.text, "the page that it was opened from"
    await alice.press("▸")
    assert (await alice.next_message()).text == first.text


async def test_who_turns_the_page_sooner_than_it_is_stored_that_it_arrived_gets_the_page(stage, monkeypatch):
    alice = await stage.reader()
    for number in range(15):
        stage.publish(f"Rocket {number} flies", f"Rocket {number} flies " + "<&> 🚀 " * 60)
    noted = Logbook.sent

    async def late(log, part, **options):
        await asyncio.sleep(0.3)
        await noted(log, part, **options)

    monkeypatch.setattr(Logbook, "sent", late)
    await alice.press(data="m:10")
    await alice.next_message()
    await alice.send("/digest")
    await alice.next_message()
    await alice.press("▸")
    assert "· 2/2" in (await alice.next_message()).text


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        pytest.param(
            "ru", ["Утренний дайджест", "понедельник, 2 марта", "Прочитано 1, здесь 1.", "НАУКА"], id="Russian"
        ),
        pytest.param("kk", ["Таңғы дайджест", "дүйсенбі, 2 наурыз", "1 оқылды, мұнда 1.", "ҒЫЛЫМ"], id="Kazakh"),
    ],
)
async def test_the_edition_speaks_the_language_of_its_reader(stage, language, expected):
    alice = await stage.reader(language=language)
    stage.publish("A rocket flies")
    stage.clock.now = utc("2026-03-02T08:00")
    alice.mark()
    await stage.publish_editions()
    text = (await alice.next_message()).text
    assert all(part in text for part in expected), text


async def test_ten_readers_get_theirs_and_one_who_blocked_stops_nobody(stage):
    readers = [await stage.reader(name=f"Reader {number}") for number in range(10)]
    stage.publish("A rocket flies")
    stage.sandbox.faults.status("sendMessage", 403, times=1)
    for reader in readers:
        reader.mark()
    stage.clock.now = utc("2026-03-02T08:00")
    await stage.publish_editions()
    got = sum("A rocket flies" in reader.last.text for reader in readers)
    assert got == 9


async def test_flood_control_delays_and_loses_nothing(stage):
    alice = await stage.reader()
    stage.publish("A rocket flies")
    stage.sandbox.faults.flood("sendMessage", retry_after=2)
    stage.clock.now = utc("2026-03-02T08:00")
    alice.mark()
    await stage.publish_editions()
    stage.clock.now += timedelta(seconds=1)
    await stage.publish_editions()
    assert "A rocket flies" not in alice.last.text
    stage.clock.now += timedelta(seconds=6)
    await stage.publish_editions()
    assert "A rocket flies" in (await alice.next_message()).text


async def test_an_answer_that_got_lost_is_not_sent_twice(stage):
    alice = await stage.reader()
    stage.publish("A rocket flies")
    stage.clock.now = utc("2026-03-02T08:00")
    alice.mark()
    stage.sandbox.faults.drop_after("sendMessage")
    for _ in range(3):
        await stage.publish_editions()
        stage.clock.now += timedelta(minutes=10)
    assert sum("A rocket flies" in message.text for message in alice.from_bot) == 1


async def test_a_digest_that_got_lost_on_its_way_is_offered_and_the_ledger_says_so(stage):
    alice = await stage.reader()
    stage.publish("A rocket flies")
    stage.clock.now = utc("2026-03-02T08:00")
    stage.sandbox.faults.drop_before("sendMessage")
    alice.mark()
    await stage.publish_editions()
    assert "gave no answer" in (await alice.next_message()).text
    await alice.press("Show the last one again")
    assert "A rocket flies" in (await alice.next_message()).text
    await alice.send("/missed")
    assert "perhaps not arrived" in (await alice.next_message()).text


async def test_the_buttons_below_a_digest_leave_it_as_it_is(stage):
    alice = await stage.reader()
    stage.publish("A rocket flies")
    await alice.send("/digest")
    digest = await alice.next_message()
    await alice.press("Settings")
    assert "Settings" in (await alice.next_message()).text
    assert "A rocket flies" in next(message for message in alice.from_bot if message.id == digest.id).text


async def test_one_reader_with_a_fault_stops_nobody(stage):
    broken, alice = await stage.reader(name="Broken"), await stage.reader()
    with stage.store.begin() as work:
        work.readers.change(replace(work.readers.subscription(broken.id), zone="Mars/Olympus"))
    stage.publish("A rocket flies")
    stage.clock.now = utc("2026-03-02T08:00")
    alice.mark()
    await stage.publish_editions()
    assert "A rocket flies" in (await alice.next_message()).text


async def test_a_story_of_many_outlets_with_long_addresses_is_told(stage):
    alice = await stage.reader()
    stage.publish("A rocket flies")
    with stage.store.begin() as work:
        (story,) = work.articles.stories(stage.clock() - timedelta(days=1))
        for number in range(9):
            feed = work.feeds.add(f"https://{number}.example", title=f"Outlet {number}", site_url="", now=stage.clock())
            url = f"https://{number}.example/{'%D0%B0' * 60}"
            read = read_article("A rocket flies", url=url, source=feed.title, published_at=stage.clock())
            work.articles.add(read, feed_id=feed.id, story_id=story.id, now=stage.clock())
    await alice.send("/digest")
    assert "and 1 more" in (await alice.next_message()).text


async def test_who_was_taken_for_gone_and_writes_is_back(stage):
    alice = await stage.reader()
    stage.bot.services.subscribers.gone(alice.id)
    await alice.send("/settings")
    assert "The next digest comes Mon 2 Mar, 08:00" in (await alice.next_message()).text


async def test_another_length_at_the_very_minute_of_an_edition_drops_nothing(stage):
    alice = await stage.reader()
    stage.publish("A rocket flies")
    stage.clock.now = utc("2026-03-02T08:00")
    stage.bot.services.subscribers.set_minutes(alice.id, 2)
    alice.mark()
    await stage.publish_editions()
    assert "A rocket flies" in (await alice.next_message()).text


async def test_a_story_that_moved_on_comes_back_with_what_is_new_alone(stage):
    alice = await stage.reader("science")
    first = "The rocket to the moon was launched on Monday with four people on board"
    stage.publish("Rocket launched", f"{first}. They wave.", url="https://agency.example/rocket")
    await alice.send("/digest")
    assert first in (await alice.next_message()).text
    while stage.bot.services.publisher.is_sending:
        await stage.settle()
    stage.clock.now += timedelta(hours=5)
    more = "The rocket to the moon has lost contact with the station on the ground since Monday evening"
    with stage.store.begin() as work:
        (story,) = work.articles.stories(stage.clock.now - timedelta(days=1))
        read = read_article("Rocket lost", f"{more}. Nobody waves.", url="https://herald.example/lost", source="Herald")
        feed = work.feeds.all()[0]
        work.articles.add(read, feed_id=feed.id, story_id=story.id, now=stage.clock.now)
    await alice.send("/digest")
    told = (await alice.next_message()).text
    assert "🔄 Rocket launched" in told
    assert "New since you had it" in told
    assert more in told
    assert first not in told
    while stage.bot.services.publisher.is_sending:
        await stage.settle()
    stage.clock.now += timedelta(minutes=1)
    await alice.send("/digest")
    assert "Nothing new" in (await alice.next_message()).text


async def test_a_story_that_moved_on_answers_the_message_that_told_it_and_the_rest_is_a_digest_of_its_own(stage):
    alice = await stage.reader("science")
    stage.publish("Rocket lands on the moon", "Rocket lands on the moon", url="https://agency.example/moon")
    stage.clock.now = stage.clock.now.replace(hour=8)
    await stage.publish_editions()
    first = await alice.next_message()
    with stage.store.read() as work:
        (story_id,) = work.readers.seen(alice.id)
    stage.clock.now += timedelta(hours=12)
    more = "The rocket will leave the moon in October with three kilograms of ice from its southern crater on board"
    stage.publish("Rocket to return", f"{more}.", url="https://herald.example/ice", source="Herald", story_id=story_id)
    stage.publish("Telescope finds a comet", url="https://agency.example/comet")
    stage.clock.now += timedelta(hours=12)
    await stage.publish_editions()
    digest = await alice.wait_for(lambda message: "Telescope" in message.text)
    further = await alice.wait_for(lambda message: more in message.text)
    assert (digest.reply_to, further.reply_to) == (None, first.id)
    assert "More on what you had" in further.text
    assert more not in digest.text
    assert [button.text for button in further.buttons] == ["2"]


async def test_where_nothing_but_that_is_new_the_digest_itself_answers(stage):
    alice = await stage.reader("science")
    stage.publish("Rocket lands on the moon", "Rocket lands on the moon", url="https://agency.example/moon")
    await alice.send("/digest")
    first = await alice.next_message()
    while stage.bot.services.publisher.is_sending:
        await stage.settle()
    with stage.store.read() as work:
        (story_id,) = work.readers.seen(alice.id)
    stage.clock.now += timedelta(hours=1)
    more = "The rocket will leave the moon in October with three kilograms of ice from its southern crater on board"
    stage.publish("Rocket to return", f"{more}.", url="https://herald.example/ice", source="Herald", story_id=story_id)
    await alice.send("/digest")
    message = await alice.next_message()
    assert message.reply_to == first.id
    assert more in message.text


async def test_whoever_follows_nothing_is_left_in_peace(stage):
    alice = await stage.reader("science")
    await alice.press(data="t:science")
    await alice.next_message()
    before = len(alice.from_bot)
    stage.publish("Rocket lands on the moon")
    stage.clock.now = stage.clock.now.replace(hour=8)
    await stage.publish_editions()
    assert len(alice.from_bot) == before
    await alice.send("/missed")
    assert "nothing was new" in (await alice.next_message()).text
