import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, WebAppInfo


def keyboard(*buttons, width=8):
    return {"inline_keyboard": [list(buttons[start : start + width]) for start in range(0, len(buttons), width)]}


def url_button(url):
    return keyboard({"text": "x", "url": url})


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        pytest.param(keyboard({"text": "x", "callback_data": "x" * 65}), "BUTTON_DATA_INVALID", id="65 bytes of data"),
        pytest.param(
            keyboard({"text": "x", "callback_data": "ж" * 33}), "BUTTON_DATA_INVALID", id="bytes, not letters"
        ),
        pytest.param(
            keyboard({"text": "x", "callback_data": ""}),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
            id="empty data",
        ),
        pytest.param(
            keyboard({"callback_data": "x"}),
            "can't parse inline keyboard button: Can't find field \"text\"",
            id="no text",
        ),
        pytest.param(
            keyboard("x"),
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
            id="button is a string",
        ),
        pytest.param(
            url_button("http://localhost/x"),
            "inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
            id="host without a dot",
        ),
        pytest.param(
            url_button("ftp://a.kz"),
            "inline keyboard button URL 'ftp://a.kz' is invalid: Unsupported URL protocol",
            id="another scheme",
        ),
        pytest.param(
            keyboard({"text": "x", "web_app": {"url": "http://a.kz"}}),
            "inline keyboard button Web App URL 'http://a.kz' is invalid: Only HTTPS links are allowed",
            id="web app without TLS",
        ),
        pytest.param(
            keyboard(*[{"text": "x", "callback_data": "x"}] * 101), "reply markup is too long", id="101 buttons"
        ),
        pytest.param(
            keyboard(*[{"text": "x", "callback_data": "x"}] * 9, width=9), "reply markup is too long", id="9 in a row"
        ),
        pytest.param(
            {"inline_keyboard": {}},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
            id="no rows",
        ),
        pytest.param([], "object expected as reply markup", id="a list"),
        pytest.param("{", "can't parse reply markup JSON object", id="no JSON"),
        pytest.param({"buttons": []}, "can't parse reply keyboard markup JSON object", id="unknown markup"),
    ],
)
async def test_a_keyboard_is_refused(api, alice, markup, description):
    refusal = await api.refusal("sendMessage", chat_id=alice.id, text="x", reply_markup=markup)
    assert refusal == f"Bad Request: {description}"


async def test_the_largest_keyboard_is_accepted(bot, alice):
    row = [InlineKeyboardButton("x", callback_data="ж" * 32)] * 8
    await bot.send_message(alice.id, "x", reply_markup=InlineKeyboardMarkup([row] * 12 + [row[:4]]))
    assert len(alice.last.buttons) == 100


async def test_buttons_without_text_vanish_silently(api, alice):
    markup = keyboard({"text": " ", "callback_data": "a"}, {"text": "b", "callback_data": "b"})
    await api.result("sendMessage", chat_id=alice.id, text="x", reply_markup=markup)
    assert [button.text for button in alice.last.buttons] == ["b"]


async def test_ptb_gets_its_buttons_back(bot, alice):
    buttons = [
        InlineKeyboardButton("data", callback_data="d"),
        InlineKeyboardButton("link", url="https://a.kz/x"),
        InlineKeyboardButton("app", web_app=WebAppInfo("https://a.kz/app")),
    ]
    sent = await bot.send_message(alice.id, "x", reply_markup=InlineKeyboardMarkup([buttons]))
    assert sent.reply_markup == InlineKeyboardMarkup([buttons])


async def test_a_reply_keyboard_is_no_inline_keyboard(api, alice):
    await api.result("sendMessage", chat_id=alice.id, text="x", reply_markup={"remove_keyboard": True})
    assert alice.last.keyboard == ()
