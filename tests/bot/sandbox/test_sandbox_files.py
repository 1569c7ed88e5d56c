import struct

import pytest

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 320, 200)
JPEG = (
    b"\xff\xd8" + b"\xff\xe0\x00\x04ab" + b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 200, 320) + b"\x01\x01\x11\x00"
)


async def test_a_document_goes_and_comes_back(bot, alice):
    sent = await bot.send_document(
        alice.id, b"<opml/>", filename="feeds.opml", caption="<b>Feeds</b>", parse_mode="HTML"
    )
    assert alice.last.media.file.name == "feeds.opml"
    assert alice.last.html == "<b>Feeds</b>"
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"<opml/>"
    again = await bot.send_document(alice.id, sent.document.file_id)
    assert again.document.file_unique_id == sent.document.file_unique_id


async def test_a_person_sends_a_document(bot, alice):
    await alice.send_document("feeds.opml", b"<opml/>", caption="/feeds", mime_type="text/x-opml")
    update = (await bot.get_updates())[-1]
    assert update.message.caption == "/feeds"
    assert bytes(await (await update.message.document.get_file()).download_as_bytearray()) == b"<opml/>"


@pytest.mark.parametrize("picture", [PNG, JPEG])
async def test_a_photo_knows_its_size(bot, alice, picture):
    sent = await bot.send_photo(alice.id, picture)
    assert (sent.photo[0].width, sent.photo[0].height) == (320, 200)
    await alice.send_photo(picture, caption="look")


@pytest.mark.parametrize(
    ("method", "params", "description"),
    [
        pytest.param("sendPhoto", {}, "there is no photo in the request", id="no file"),
        pytest.param(
            "sendDocument", {"document": "abc"}, "wrong file identifier/HTTP URL specified", id="unknown file"
        ),
        pytest.param("sendDocument", {"document": "https://a.kz/x"}, "failed to get HTTP URL content", id="an address"),
        pytest.param("sendDocument", {"caption": "x" * 1025}, "message caption is too long", id="long caption"),
        pytest.param("getFile", {"file_id": "x"}, "invalid file_id", id="file that never was"),
    ],
)
async def test_a_file_is_refused(api, alice, method, params, description):
    assert await api.refusal(method, chat_id=alice.id, **params) == f"Bad Request: {description}"


async def test_a_photo_that_is_none_is_refused(bot, alice):
    from telegram.error import BadRequest

    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(alice.id, b"GIF89a")


async def test_captions_are_edited(bot, alice):
    sent = await bot.send_document(alice.id, b"x", filename="x", caption="a")
    await bot.edit_message_caption(alice.id, sent.message_id, caption="b")
    assert alice.last.text == "b"


@pytest.mark.parametrize("path", ["files/0/feeds.opml", "../etc/passwd"])
async def test_an_unknown_path_is_not_found(api, path):
    async with api.session.get(f"{api.sandbox.url}/file/bot{api.sandbox.token}/{path}") as answer:
        assert answer.status in {401, 404}
