from datetime import timedelta

import pytest
from rich.console import Console

from bot.doctor import examine
from bot.sandbox import Rules, Sandbox
from stage import settings_for


async def shown(person, query="", offset=""):
    return await person.ask_inline(query, offset=offset).answered()


async def test_a_story_found_by_its_words_is_shared_with_its_sources(stage):
    stage.publish("Rocket lands on the moon", "The crew is well. More follows.", url="https://agency.example/moon")
    stage.publish("Bank raises prices")
    alice = stage.person("Alice")
    group = stage.sandbox.group("Family", members=[alice], bot=False)
    found = await shown(alice, "rockets")
    assert found.titles == ["Rocket lands on the moon"]
    message = alice.choose("Rocket lands on the moon", found, to=group)
    assert '<a href="https://agency.example/moon">Rocket lands on the moon</a>' in message.html
    assert '<a href="https://agency.example/moon">Agency</a>' in message.html
    assert "The crew is well" in message.text
    assert "ago" in message.text
    assert message.buttons == ()


async def test_without_words_a_reader_gets_the_latest_of_their_topics(stage, clock):
    reader = await stage.reader("science")
    stage.publish("Rocket lands on the moon")
    clock.now += timedelta(minutes=1)
    stage.publish("Bank raises prices")
    clock.now += timedelta(minutes=1)
    stage.publish("Telescope finds a comet")
    assert (await shown(reader)).titles == ["Telescope finds a comet", "Rocket lands on the moon"]
    everything = ["Telescope finds a comet", "Bank raises prices", "Rocket lands on the moon"]
    assert (await shown(stage.person("Bob"))).titles == everything


async def test_each_asks_in_their_own_language(stage):
    stage.publish("Rocket lands on the moon")
    alice, bob = stage.person("Alice", language="en"), stage.person("Bob", language="ru")
    english, russian = await shown(alice, "rocket"), await shown(bob, "rocket")
    assert "ago" in english.message("Rocket lands on the moon").text
    assert "назад" in russian.message("Rocket lands on the moon").text


async def test_many_stories_come_by_pages(stage, clock):
    for number in range(45):
        clock.now += timedelta(minutes=1)
        stage.publish(f"Rocket {number} starts")
    alice = stage.person("Alice")
    titles, offset, pages = [], "", 0
    while pages == 0 or offset:
        page = await shown(alice, "rocket", offset)
        titles, offset, pages = titles + page.titles, page.answer["next_offset"], pages + 1
    assert titles == [f"Rocket {number} starts" for number in reversed(range(45))]
    assert pages == 3


@pytest.mark.parametrize("offset", ["-5", "x", "²", "99999999999999999999"])
async def test_a_made_up_offset_does_no_harm(stage, offset):
    stage.publish("Rocket lands on the moon")
    page = await shown(stage.person("Alice"), "rocket", offset)
    assert page.answer["next_offset"] == ""


async def test_where_nothing_is_found_a_button_leads_to_the_bot(stage):
    answer = (await shown(stage.person("Alice"), "unicorn")).answer
    assert answer["results"] == []
    assert "Nothing" in answer["button"]["text"]
    alice = stage.person("Carol")
    await alice.start(answer["button"]["start_parameter"])
    assert "Step 1 of 4" in (await alice.next_message()).text


async def test_markup_in_a_headline_breaks_no_answer(stage):
    stage.publish("Rocket <b> & <script> lands")
    found = await shown(stage.person("Alice"), "rocket")
    assert "Rocket <b> & <script> lands" in found.message("Rocket <b> & <script> lands").text


async def test_what_is_shared_with_the_bot_itself_is_not_summarized(stage):
    reader = await stage.reader("science")
    stage.publish("Rocket lands on the moon", "The crew is well. " * 30, url="https://agency.example/moon")
    found = await shown(reader, "rocket")
    before = len(reader.from_bot)
    reader.choose("Rocket lands on the moon", found, to=reader)
    await reader.send("/help")
    assert "digest of your topics" in (await reader.next_message()).text
    assert len(reader.from_bot) == before + 1
    assert stage.web.requests == []


async def test_help_tells_of_inline_mode_where_it_is_on(stage):
    alice = stage.person("Alice")
    await alice.send("/help")
    assert f"@{stage.sandbox.bot_username} flood" in (await alice.next_message()).text


@pytest.mark.parametrize(
    ("inline", "mark", "said"),
    [pytest.param(True, "ok", "on", id="on"), pytest.param(False, "hint", "/setinline", id="off")],
)
async def test_doctor_hints_at_inline_mode_and_finds_no_fault_in_it(tmp_path, inline, mark, said):
    async with Sandbox(rules=Rules(inline=inline)) as sandbox:
        out = Console(record=True, width=150)
        await examine(settings_for(sandbox, tmp_path), out)
    lines = out.export_text().splitlines()
    at = next(number for number, line in enumerate(lines) if "Inline mode" in line)
    assert lines[at].startswith(mark)
    assert said in "\n".join(lines[at : at + 2])
