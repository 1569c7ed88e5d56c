"""The answer to an inline query, refused as a whole for one fault in it."""

import re
from collections.abc import Mapping

from bot.sandbox.errors import BadRequestError
from bot.sandbox.keyboards import inline_keyboard
from bot.sandbox.limits import message_text
from bot.sandbox.methods.base import Method, MethodCall
from bot.sandbox.model import JsonObject, Message

MAX_RESULTS = 50
"""Results of one answer."""
MAX_ID_BYTES = 64
"""Bytes of a result's id, and of next_offset."""
CACHE_SECONDS = 300
"""How long an answer serves unless it says otherwise."""
_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def _message(call: MethodCall, source: Mapping[str, object]) -> Message:
    content = source.get("input_message_content")
    if not isinstance(content, Mapping) or not isinstance(content.get("message_text"), str):
        raise BadRequestError("can't parse inline query result: message content is not specified")
    body = message_text(content["message_text"], str(content.get("parse_mode") or ""), ())
    preview = content.get("link_preview_options")
    return Message(
        id=0,
        chat_id=0,
        sent_at=call.world.clock(),
        body=call.known(body),
        keyboard=inline_keyboard(source.get("reply_markup")),
        extra={"link_preview_options": preview} if preview else {},
    )


def _checked(call: MethodCall, results: list[object]) -> dict[str, Message]:
    """The messages behind the results, by id."""
    messages: dict[str, Message] = {}
    for source in results:
        if not isinstance(source, Mapping) or source.get("type") != "article":
            raise BadRequestError("can't parse inline query result: only articles are known here")
        result_id = source.get("id")
        if not isinstance(result_id, str) or not 1 <= len(result_id.encode()) <= MAX_ID_BYTES:
            raise BadRequestError("RESULT_ID_INVALID")
        if result_id in messages:
            raise BadRequestError("RESULT_ID_DUPLICATE")
        if not source.get("title"):
            raise BadRequestError("can't parse inline query result: Can't find field \"title\"")
        messages[result_id] = _message(call, source)
    return messages


def _button(call: MethodCall) -> object:
    button = call.params.json("button")
    if button is None:
        return None
    if not isinstance(button, Mapping) or not button.get("text"):
        raise BadRequestError("can't parse inline query results button")
    if not _PARAMETER.fullmatch(str(button.get("start_parameter", ""))):
        raise BadRequestError("START_PARAM_INVALID")
    return dict(button)


def answer_inline_query(call: MethodCall) -> object:
    """AnswerInlineQuery; once only, and within some seconds."""
    world, params = call.world, call.params
    asked = world.inline_queries.get(params.string("inline_query_id"))
    if asked is None or asked.answer is not None or world.timer() - asked.asked > call.callback_seconds:
        raise BadRequestError("query is too old and response timeout expired or query ID is invalid")
    results = params.json("results")
    if not isinstance(results, list):
        raise BadRequestError("expected an Array of InlineQueryResult")
    if len(results) > MAX_RESULTS:
        raise BadRequestError("too many inline query results specified")
    next_offset = params.string("next_offset")
    if len(next_offset.encode()) > MAX_ID_BYTES:
        raise BadRequestError("NEXT_OFFSET_INVALID")
    personal, seconds = params.flag("is_personal"), params.integer("cache_time", CACHE_SECONDS)
    answer: JsonObject = {
        "results": results,
        "next_offset": next_offset,
        "is_personal": personal,
        "cache_time": seconds,
        "button": _button(call),
    }
    asked.messages = _checked(call, results)
    asked.answer = answer
    # Without is_personal the answer serves everybody who asks the same.
    key = (asked.query, asked.offset, asked.user_id if personal else 0)
    world.inline_cache[key] = (world.timer() + seconds, asked)
    world.tell_chat(world.chats[asked.user_id], "answer", {"inline_query": asked.id}, user_id=asked.user_id)
    return True


METHODS = (Method("answerInlineQuery", answer_inline_query),)
