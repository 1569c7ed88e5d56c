import pytest

from bot.sandbox import GENERAL


@pytest.fixture
def forum(sandbox, alice):
    forum = sandbox.group("Newsroom", admins=[alice], forum=True)
    forum.add_bot(alice, admin=True)
    return forum


async def test_a_made_thread_takes_messages(api, forum):
    made = await api.result("createForumTopic", chat_id=forum.chat_id, name="Science")
    number = made["message_thread_id"]
    assert forum.threads == {"Science": number}
    sent = await api.result("sendMessage", chat_id=forum.chat_id, text="x", message_thread_id=number)
    assert (sent["message_thread_id"], sent["is_topic_message"], sent["chat"]["is_forum"]) == (number, True, True)
    assert [message.text for message in forum.in_thread(number)] == ["x"]


@pytest.mark.parametrize(
    ("name", "refusal"),
    [pytest.param("", "TOPIC_TITLE_EMPTY", id="none"), pytest.param("x" * 129, "too long", id="129 characters")],
)
async def test_a_thread_needs_a_name_that_fits(api, forum, name, refusal):
    assert refusal in await api.refusal("createForumTopic", chat_id=forum.chat_id, name=name)


async def test_making_threads_is_a_right(api, alice, forum):
    forum.limit_bot("can_manage_topics")
    changes = [one["my_chat_member"] for one in await api.result("getUpdates") if "my_chat_member" in one]
    assert changes[-1]["new_chat_member"]["can_manage_topics"] is False
    refusal = await api.refusal("createForumTopic", chat_id=forum.chat_id, name="Science")
    assert refusal == "Bad Request: not enough rights to create a topic"


async def test_only_a_forum_has_threads(api, sandbox, alice):
    group = sandbox.group("Family", admins=[alice], supergroup=True)
    group.add_bot(alice, admin=True)
    assert "not a forum" in await api.refusal("createForumTopic", chat_id=group.chat_id, name="Science")
    sent = await api.result("sendMessage", chat_id=group.chat_id, text="x", message_thread_id=77)
    assert "message_thread_id" not in sent


@pytest.mark.parametrize("number", [GENERAL, 999])
async def test_general_and_unknown_threads_are_not_found(api, forum, number):
    refusal = await api.refusal("sendMessage", chat_id=forum.chat_id, text="x", message_thread_id=number)
    assert refusal == "Bad Request: message thread not found"


async def test_a_deleted_thread_is_not_found(api, forum):
    number = forum.open_thread("Science")
    forum.delete_thread(number)
    refusal = await api.refusal("sendMessage", chat_id=forum.chat_id, text="x", message_thread_id=number)
    assert refusal == "Bad Request: message thread not found"


@pytest.mark.parametrize("general", [True, False])
async def test_a_closed_thread_takes_only_what_its_managers_send(api, alice, forum, general):
    number = GENERAL if general else forum.open_thread("Science")
    forum.close_thread(number)
    where = {} if general else {"message_thread_id": number}
    await api.result("sendMessage", chat_id=forum.chat_id, text="x", **where)
    forum.add_bot(alice)
    assert await api.refusal("sendMessage", chat_id=forum.chat_id, text="x", **where) == "Bad Request: TOPIC_CLOSED"


async def test_people_write_in_threads(api, alice, forum):
    number = forum.open_thread("Science")
    await alice.send("/help", to=forum, thread=number)
    heard = (await api.result("getUpdates"))[-1]["message"]
    assert (heard["message_thread_id"], heard["is_topic_message"]) == (number, True)


async def test_a_silenced_bot_sends_nothing_to_a_group(api, forum, alice):
    forum.limit_bot("can_send_messages")
    refusal = await api.refusal("sendMessage", chat_id=forum.chat_id, text="x")
    assert refusal == "Bad Request: not enough rights to send text messages to the chat"


async def test_a_channel_takes_posts_only_with_that_right(api, sandbox, alice):
    channel = sandbox.channel("City news", owner=alice)
    channel.limit_bot("can_post_messages")
    refusal = await api.refusal("sendMessage", chat_id=channel.chat_id, text="x")
    assert refusal == "Bad Request: need administrator rights in the channel chat"
