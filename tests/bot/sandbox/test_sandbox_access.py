import pytest

from bot.sandbox import SandboxError


async def blocked(sandbox):
    person = sandbox.person("B")
    await person.send("/start")
    person.block()
    return person.id


async def deactivated(sandbox):
    person = sandbox.person("D")
    await person.send("/start")
    person.deactivate()
    return person.id


async def silent(sandbox):
    return sandbox.person("S").id


async def kicked_from_group(sandbox):
    owner = sandbox.person("O")
    group = sandbox.group("G", admins=[owner])
    group.kick_bot(owner)
    return group.chat_id


async def foreign_supergroup(sandbox):
    return sandbox.group("G", admins=[sandbox.person("O")], supergroup=True, bot=False).chat_id


async def plain_channel_member(sandbox):
    owner = sandbox.person("O")
    channel = sandbox.channel("C", owner=owner, bot=False)
    channel.add_bot(owner)
    return channel.chat_id


async def nobody(_):
    return 987654


async def nothing(_):
    return None


@pytest.mark.parametrize(
    ("place", "description"),
    [
        pytest.param(blocked, "Forbidden: bot was blocked by the user", id="blocked"),
        pytest.param(deactivated, "Forbidden: user is deactivated", id="deactivated"),
        pytest.param(silent, "Bad Request: chat not found", id="never pressed Start"),
        pytest.param(nobody, "Bad Request: chat not found", id="nobody"),
        pytest.param(nothing, "Bad Request: chat_id is empty", id="no chat"),
        pytest.param(kicked_from_group, "Forbidden: bot was kicked from the group chat", id="kicked"),
        pytest.param(foreign_supergroup, "Forbidden: bot is not a member of the supergroup chat", id="not a member"),
        pytest.param(
            plain_channel_member,
            "Bad Request: need administrator rights in the channel chat",
            id="no rights in channel",
        ),
    ],
)
@pytest.mark.parametrize("method", ["sendMessage", "sendChatAction"])
async def test_a_closed_chat_refuses(api, sandbox, method, place, description):
    chat_id = await place(sandbox)
    assert await api.refusal(method, chat_id=chat_id, text="x", action="typing") == description


async def test_an_upgraded_group_names_its_supergroup(api, sandbox):
    group = sandbox.group("G", admins=[sandbox.person("O")])
    supergroup = group.upgrade()
    status, body = await api("sendMessage", chat_id=group.chat_id, text="x")
    assert (status, body["description"]) == (400, "Bad Request: group chat was upgraded to a supergroup chat")
    assert body["parameters"] == {"migrate_to_chat_id": supergroup.chat_id}
    await api.result("sendMessage", chat_id=supergroup.chat_id, text="x")
    with pytest.raises(SandboxError):
        group.upgrade()


async def test_an_unblocked_bot_may_write_again(api, alice):
    alice.block()
    with pytest.raises(SandboxError):
        await alice.send("hello")
    alice.unblock()
    await api.result("sendMessage", chat_id=alice.id, text="x")


async def test_channels_are_known_by_name(api, sandbox):
    channel = sandbox.channel("C", owner=sandbox.person("O"), username="city_news")
    sent = await api.result("sendMessage", chat_id="@City_News", text="x")
    assert "from" not in sent
    assert channel.last.text == "x"
    await api.result("editMessageText", chat_id=channel.chat_id, message_id=sent["message_id"], text="y")


@pytest.mark.parametrize(
    ("token", "method", "answer"),
    [
        pytest.param("1:wrong", "getMe", (401, "Unauthorized"), id="wrong token"),
        pytest.param(None, "getMoney", (404, "Not Found"), id="unknown method"),
    ],
)
async def test_who_may_call_what(api, token, method, answer):
    status, body = await api(method, token=token)
    assert (status, body) == (answer[0], {"ok": False, "error_code": answer[0], "description": answer[1]})


@pytest.mark.parametrize("method", ["GETME", "getme", "getMe"])
async def test_case_of_a_method_does_not_matter(api, method):
    assert (await api.result(method))["is_bot"]


@pytest.mark.parametrize("way", ["query", "form", "multipart"])
async def test_every_way_to_send_parameters(api, alice, way):
    url = f"{api.sandbox.url}/bot{api.sandbox.token}/sendMessage"
    params = {"chat_id": str(alice.id), "text": "x"}
    if way == "query":
        request = api.session.get(url, params=params)
    elif way == "form":
        request = api.session.post(url, data=params)
    else:
        import aiohttp

        with aiohttp.MultipartWriter("form-data") as writer:
            for name, value in params.items():
                writer.append(value).set_content_disposition("form-data", name=name)
        request = api.session.post(url, data=writer)
    async with request as answer:
        assert (await answer.json())["result"]["text"] == "x"


@pytest.mark.parametrize("body", ["{", "[]"])
async def test_a_body_that_is_no_object_is_refused(api, body):
    url = f"{api.sandbox.url}/bot{api.sandbox.token}/getMe"
    async with api.session.post(url, data=body, headers={"Content-Type": "application/json"}) as answer:
        assert answer.status == 400
