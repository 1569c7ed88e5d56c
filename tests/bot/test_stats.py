import csv
import io
from datetime import timedelta

import pytest

from bot.sandbox.images import image_size
from builders import NOW, topic


@pytest.fixture
async def busy(stage):
    """A bot that has sent an edition two seconds late, and answered a request."""
    alice = await stage.reader("science")
    stage.publish("Rocket lands on the moon", url="https://agency.example/moon")
    stage.clock.now = NOW.replace(hour=8, second=2)
    await stage.publish_editions()
    await alice.next_message()
    stage.clock.now += timedelta(minutes=1)
    stage.publish("Telescope finds a comet", url="https://agency.example/comet")
    await alice.send("/digest")
    await alice.next_message()
    while stage.bot.services.publisher.is_sending:
        await stage.settle()
    return stage


async def ask(person, text):
    await person.send(text)
    return await person.next_message(timeout=20)


async def test_figures_come_as_a_picture_with_the_most_important_in_words(busy):
    message = await ask(busy.admin(), "/stats")
    width, height = image_size(message.media.file.data)
    assert width == 1080
    assert height > 1000
    assert "1 readers, 0 paused, 0 gone; 1 new" in message.text
    assert "1 editions by schedule, 1 asked for; 2 articles gathered" in message.text
    assert "half of the editions within 2.0 s of their minute" in message.text


@pytest.mark.parametrize("language", ["ru", "kk"])
async def test_figures_speak_the_admins_language(busy, language):
    message = await ask(busy.admin(language=language), "/stats 7")
    assert "7" in message.text
    assert "readers" not in message.text


async def test_figures_as_text_and_as_a_table(busy):
    admin = busy.admin()
    await ask(admin, "/stats 3")
    await admin.press("As text")
    await admin.next_message()
    told = (await admin.next_message()).text if "Editions" not in admin.last.text else admin.last.text
    assert "02.03. 1 editions, 1 asked for, 0 at once, 1 new readers, 2 articles" in told
    assert "Science: 2" in told
    await admin.press("As a table")
    table = list(csv.reader(io.StringIO((await admin.next_message()).media.file.data.decode())))
    assert ["editions", "2026-03-02", "1"] in table
    assert ["editions", "2026-03-01", "0"] in table
    assert ["stories", "science", "2"] in table
    assert ["seconds until handed over", "99%", "2.0"] in table


async def test_an_empty_bot_has_figures_too(stage):
    message = await ask(stage.admin(), "/stats")
    assert "0 readers" in message.text
    assert "no edition was due" in message.text


@pytest.mark.parametrize("given", ["0", "91", "-1", "many", "99999"])
async def test_no_span_of_days(stage, given):
    assert "at most 90" in (await ask(stage.admin(), f"/stats {given}")).text


async def test_figures_are_for_admins(busy):
    eve = await busy.reader("science", name="Eve")
    assert "Only admins" in (await ask(eve, "/stats")).text
    for data in ("ft:7", "fv:7"):
        assert "Only admins" in (await (await eve.press(data=data)).told())


@pytest.mark.parametrize("data", ["ft:0", "ft:x", "fv:999"])
async def test_a_made_up_button_is_told(stage, data):
    admin = stage.admin()
    await ask(admin, "/help")
    assert "out of date" in (await (await admin.press(data=data)).told())


@pytest.mark.parametrize("name", ["🚀 Space", "$ Markets $", "科学", "اقتصاد", "a_b^c", "🚀"])
async def test_whatever_a_topic_is_called_it_is_drawn(stage, name):
    with stage.store.begin() as work:
        work.topics.add(topic("odd", "odd", names={"en": name}))
    assert image_size((await ask(stage.admin(), "/stats")).media.file.data)
