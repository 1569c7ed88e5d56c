import html
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.entities import compose, is_blank, parse, valid_link
from bot.sandbox.errors import BadRequestError
from bot.sandbox.limits import message_text
from bot.sandbox.rendering import Entity, to_html

ROUND = {"parse_mode": "HTML"}


@pytest.mark.parametrize(
    ("params", "description"),
    [
        pytest.param({}, "message text is empty", id="no text"),
        pytest.param({"text": ""}, "message text is empty", id="empty text"),
        pytest.param({"text": " \n "}, "text must be non-empty", id="only blanks"),
        pytest.param({"text": "\u200b\u2060"}, "text must be non-empty", id="only invisible characters"),
        pytest.param({"text": "<b> </b>", **ROUND}, "text must be non-empty", id="only blanks in markup"),
        pytest.param({"text": "x" * 4097}, "message is too long", id="one too many"),
        pytest.param({"text": "😀" * 2049}, "message is too long", id="emoji count twice"),
        pytest.param({"text": "x" * 32769}, "text is too long", id="beyond parsing"),
        pytest.param(
            {"text": "<b>x", **ROUND},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
            id="unclosed tag",
        ),
        pytest.param(
            {"text": "<p>x</p>", **ROUND},
            'can\'t parse entities: Unsupported start tag "p" at byte offset 0',
            id="unknown tag",
        ),
        pytest.param(
            {"text": "a.b", "parse_mode": "MarkdownV2"},
            "can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
            id="bare dot in MarkdownV2",
        ),
        pytest.param({"text": "x", "parse_mode": "Word"}, "unsupported parse_mode", id="unknown parse mode"),
        pytest.param(
            {"text": "x", "message_thread_id": 7}, "message thread not found", id="topic where there are none"
        ),
        pytest.param(
            {"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found", id="lost reply"
        ),
        pytest.param({"text": "x", "entities": "[{]"}, "can't parse entities JSON object", id="entities are no JSON"),
        pytest.param({"text": "x", "entities": [{"type": "bold"}]}, "can't parse MessageEntity", id="half an entity"),
    ],
)
async def test_a_text_is_refused(api, alice, params, description):
    assert await api.refusal("sendMessage", chat_id=alice.id, **params) == f"Bad Request: {description}"
    assert alice.from_bot == []


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        pytest.param("  <b>x</b> \n", "<b>x</b>", id="trimmed"),
        pytest.param("z<b>  x</b>y", "z  <b>x</b>y", id="an entity does not start with blanks"),
        pytest.param("<a href='javascript:x'>x</a>", "x", id="script link vanishes"),
        pytest.param("<a href='/news'>x</a>", "x", id="relative link vanishes"),
        pytest.param("<a href='http://localhost/x'>x</a>", "x", id="host without a dot vanishes"),
        pytest.param("<a href='a.kz'>x</a>", '<a href="http://a.kz/">x</a>', id="bare host is completed"),
        pytest.param("<a href='https://a.kz/b c'>x</a>", '<a href="https://a.kz/b%20c">x</a>', id="blanks are encoded"),
        pytest.param("&nbsp;&amp;&lt;&#39;", "&amp;nbsp;&amp;&lt;'", id="few named references"),
        pytest.param("a\r\nb\tc\u202ed", "a\nb cd", id="cleaned"),
        pytest.param("<b>a\r</b>b", "<b>a</b>b", id="entities follow what is cleaned"),
        pytest.param("😀<b>x</b>", "😀<b>x</b>", id="offsets count UTF-16"),
        pytest.param("<a href='tg://user?id=5'>x</a>", "x", id="unknown user is no mention"),
        pytest.param("<b>a<i>b</i></b><u>c</u>", "<b>a<i>b</i></b><u>c</u>", id="nested"),
        pytest.param(
            "<pre><code class='language-py'>x</code></pre>",
            '<pre><code class="language-py">x</code></pre>',
            id="code with a language",
        ),
        pytest.param(
            "<blockquote expandable>q</blockquote><tg-spoiler>s</tg-spoiler>",
            "<blockquote expandable>q</blockquote><tg-spoiler>s</tg-spoiler>",
            id="quote and spoiler",
        ),
    ],
)
async def test_a_text_is_stored_as_telegram_stores_it(bot, alice, markup, seen):
    await bot.send_message(alice.id, markup, parse_mode="HTML")
    assert alice.last.html == seen


async def test_the_longest_text_is_accepted(bot, alice):
    await bot.send_message(alice.id, f"<b>{'😀' * 2048}</b>", parse_mode="HTML")
    assert len(alice.last.text) == 2048


def test_beyond_100_entities_bold_goes_before_links():
    text, entities = parse("".join(f"<b>b{n}</b> <a href='https://a.kz/{n}'>l{n}</a>\n" for n in range(60)), "HTML")
    kept = [entity.type for entity in compose(text, entities).entities]
    assert (kept.count("text_link"), kept.count("bold")) == (60, 40)


def test_telegram_marks_what_it_recognises_by_itself():
    found = compose("/start@x_bot see https://a.kz #tag @someone a@b.kz", ())
    kinds = [entity.type for entity in found.entities]
    assert kinds == ["bot_command", "url", "hashtag", "mention", "email"]


def test_no_automatic_link_inside_a_link():
    text, entities = parse('<a href="https://a.kz">https://b.kz</a>', "HTML")
    assert [entity.type for entity in compose(text, entities).entities] == ["text_link"]


def test_a_lone_surrogate_is_refused():
    with pytest.raises(BadRequestError, match="strings must be encoded in UTF-8"):
        message_text("\ud800", "", [])


def test_crossing_entities_are_closed_and_opened_again():
    entities = [Entity(type="bold", offset=0, length=2), Entity(type="italic", offset=1, length=2)]
    assert to_html("abc", entities) == "<b>a<i>b</i></b><i>c</i>"


@pytest.mark.parametrize("url", ["https://a.kz/", "tg://resolve?domain=x"])
def test_a_valid_link_is_kept(url):
    assert valid_link(url) == url


def cleaned(text):
    kept = re.sub("[\r\u2028-\u202e\u030a\u0333\u033f]", "", text)
    return re.sub("[\x00-\x09\x0b-\x1f]", " ", kept).strip(" \n")


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_escaped_text_comes_back(text):
    stored = compose(*parse(html.escape(text), "HTML"))
    expected = cleaned(text)
    assert stored.text == ("" if is_blank(expected) else expected)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Mn"]), min_size=1, max_size=60))
def test_html_of_a_message_gives_the_same_message_again(text):
    first = compose(*parse(f"<b>{html.escape(text)}</b> <i>x</i>", "HTML"))
    assert compose(*parse(to_html(first.text, first.entities), "HTML")) == first


def test_parsing_is_quick_enough_for_the_event_loop():
    markup = "".join(f"<b><a href='https://a.kz/{n}'>Headline {n}</a></b>\nSome sentences.\n\n" for n in range(40))
    compose(*parse(markup, "HTML"))  # the first call loads TDLib
    begin = time.perf_counter()
    for _ in range(10):
        compose(*parse(markup, "HTML"))
    assert (time.perf_counter() - begin) / 10 < 0.02  # measured 0.001; the bound leaves room for busy machines
