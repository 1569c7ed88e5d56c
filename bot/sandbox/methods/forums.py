"""Threads of forums: supergroups with topics."""

from bot.sandbox.errors import BadRequestError
from bot.sandbox.methods.base import Method, MethodCall
from bot.sandbox.model import Message
from bot.sandbox.state import Thread

MAX_NAME = 128
"""Characters of a thread's name; at least one."""
COLOR = 7322096
"""Of its icon: the first that Telegram knows."""


def create_forum_topic(call: MethodCall) -> object:
    """CreateForumTopic: a service message begins the thread and gives it its number."""
    chat, world = call.writable_chat(), call.world
    if not chat.threads:
        raise BadRequestError("the chat is not a forum")
    if not chat.is_admin(world.bot.id) or "can_manage_topics" in chat.lacking:
        raise BadRequestError("not enough rights to create a topic")
    name = call.params.string("name").strip()
    if not 1 <= len(name) <= MAX_NAME:
        raise BadRequestError("TOPIC_TITLE_EMPTY" if not name else "topic title is too long")
    topic = {"name": name, "icon_color": COLOR}
    opening = Message(
        id=0, chat_id=chat.id, sent_at=world.clock(), sender=world.bot, service={"forum_topic_created": topic}
    )
    number = world.post(chat, opening).id
    chat.threads[number] = Thread(name=name)
    return {"message_thread_id": number, **topic}


METHODS = (Method("createForumTopic", create_forum_topic),)
