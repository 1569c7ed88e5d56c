import pytest


@pytest.fixture
def group(sandbox, alice):
    return sandbox.group("Newsroom", members=[alice], admins=[sandbox.person("Bob")])


async def heard(api):
    """Texts that reached the bot, and the service fields."""
    updates = await api.result("getUpdates")
    messages = [update[kind] for update in updates for kind in ("message", "channel_post") if kind in update]
    return [
        message.get("text") or next(k for k in message if k.startswith(("new_", "left_", "migrate")))
        for message in messages
    ]


@pytest.mark.parametrize(
    ("text", "comes"),
    [
        pytest.param("/digest", True, id="a bare command"),
        pytest.param("/digest@news_digest_sandbox_bot x", True, id="a command for this bot"),
        pytest.param("/digest@other_bot", False, id="a command for another bot"),
        pytest.param("good morning", False, id="small talk"),
        pytest.param("hi @news_digest_sandbox_bot", False, id="a mention"),
    ],
)
async def test_privacy_mode_hides_what_does_not_concern_the_bot(api, alice, group, text, comes):
    await alice.send(text, to=group)
    assert (text in await heard(api)) is comes


async def test_replies_to_the_bot_and_service_messages_come(api, sandbox, alice, group):
    await api.result("sendMessage", chat_id=group.chat_id, text="news")
    await alice.send("thanks", to=group, reply_to=group.last)
    carol = sandbox.person("Carol")
    group.add(carol)
    group.remove(carol)
    assert (await heard(api))[-3:] == ["thanks", "new_chat_members", "left_chat_member"]


async def test_an_admin_bot_hears_everything(api, alice, group):
    group.add_bot(alice, admin=True)
    await alice.send("good morning", to=group)
    assert "good morning" in await heard(api)


async def test_members_and_rights(bot, sandbox, alice, group):
    bob = sandbox.people[max(sandbox.people)]
    admins = await bot.get_chat_administrators(group.chat_id)
    assert [(admin.user.id, admin.status) for admin in admins] == [(bob.id, "creator")]
    assert (await bot.get_chat_member(group.chat_id, alice.id)).status == "member"
    assert await bot.get_chat_member_count(group.chat_id) == 3
    assert (await bot.get_chat(group.chat_id)).title == "Newsroom"


async def test_being_added_and_kicked_is_told(api, alice, group):
    group.kick_bot(alice)
    changes = [update["my_chat_member"] for update in await api.result("getUpdates") if "my_chat_member" in update]
    assert [change["new_chat_member"]["status"] for change in changes] == ["member", "kicked"]
    assert not group.has_bot


async def test_both_sides_of_an_upgrade_are_told(api, group):
    supergroup = group.upgrade()
    await alice_free_send(api, supergroup)
    messages = [update["message"] for update in await api.result("getUpdates") if "message" in update]
    assert {"migrate_to_chat_id": supergroup.chat_id}.items() <= messages[-2].items()
    assert {"migrate_from_chat_id": group.chat_id}.items() <= messages[-1].items()


async def alice_free_send(api, supergroup):
    """A supergroup counts its messages by itself."""
    sent = await api.result("sendMessage", chat_id=supergroup.chat_id, text="x")
    assert sent["message_id"] == 2


async def test_pressing_in_a_group(api, alice, group):
    keys = {"inline_keyboard": [[{"text": "More", "callback_data": "m"}]]}
    await api.result("sendMessage", chat_id=group.chat_id, text="x", reply_markup=keys)
    press = await alice.press("More", message=group.last)
    await api.result("answerCallbackQuery", callback_query_id=press.id, text="ok")
    assert press.answer.text == "ok"


async def test_leaving(api, group):
    await api.result("leaveChat", chat_id=group.chat_id)
    refusal = await api.refusal("getChat", chat_id=group.chat_id)
    assert refusal == "Forbidden: bot is not a member of the group chat"


async def test_channel_posts_come_without_a_sender(api, sandbox, alice):
    channel = sandbox.channel("City news", owner=alice)
    await channel.post("a post")
    post = (await api.result("getUpdates"))[-1]["channel_post"]
    assert (post["text"], post["sender_chat"]["title"], "from" in post) == ("a post", "City news", False)
