import pytest

from bot.sandbox import Rules, Sandbox, SandboxError


def result(id="1", title="Flood", text="<b>Flood</b>", **values):  # noqa: A002 - the field's own name
    content = {"message_text": text, "parse_mode": "HTML"}
    return {"type": "article", "id": id, "title": title, "input_message_content": content, **values}


async def asked(api, alice, query="flood"):
    """The id of the query that reached the bot."""
    alice.ask_inline(query)
    return (await api.result("getUpdates"))[-1]["inline_query"]["id"]


async def test_words_after_the_bots_name_reach_it(api, alice):
    ask = alice.ask_inline("flood", offset="20")
    query = (await api.result("getUpdates"))[-1]["inline_query"]
    assert (query["query"], query["offset"], query["from"]["id"]) == ("flood", "20", alice.id)
    await api.result("answerInlineQuery", inline_query_id=query["id"], results=[result()])
    assert (await ask.answered()).titles == ["Flood"]


async def test_a_chosen_result_is_the_persons_own_message_via_the_bot(api, sandbox, alice):
    group = sandbox.group("Family", members=[alice])
    ask = alice.ask_inline("flood")
    query = (await api.result("getUpdates"))[-1]["inline_query"]
    await api.result("answerInlineQuery", inline_query_id=query["id"], results=[result()])
    alice.choose("Flood", ask, to=group)
    heard = (await api.result("getUpdates"))[-1]["message"]
    assert (heard["text"], heard["from"]["id"], heard["via_bot"]["is_bot"]) == ("Flood", alice.id, True)
    with pytest.raises(SandboxError, match="no result"):
        alice.choose("Fire", ask, to=group)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        pytest.param({"results": [result(str(n)) for n in range(51)]}, "too many inline", id="51 results"),
        pytest.param({"results": [result(), result()]}, "RESULT_ID_DUPLICATE", id="an id twice"),
        pytest.param({"results": [result("ж" * 33)]}, "RESULT_ID_INVALID", id="an id of 66 bytes"),
        pytest.param({"results": [result(), result("2", text="<br>")]}, "can't parse entities", id="one bad tag"),
        pytest.param({"results": [result(title="")]}, "title", id="no title"),
        pytest.param({"results": [], "next_offset": "9" * 65}, "NEXT_OFFSET_INVALID", id="a long offset"),
        pytest.param({"results": [], "inline_query_id": "1"}, "query is too old", id="an unknown query"),
        pytest.param(
            {"results": [], "button": {"text": "Go", "start_parameter": "a b"}}, "START_PARAM", id="a bad parameter"
        ),
    ],
)
async def test_a_fault_refuses_the_whole_answer(api, alice, values, refusal):
    query_id = await asked(api, alice)
    assert refusal in await api.refusal("answerInlineQuery", **{"inline_query_id": query_id, **values})


@pytest.mark.parametrize(
    ("personal", "own", "others"),
    [
        pytest.param(True, ["Flood"], [], id="a personal answer"),
        pytest.param(False, ["Flood"], ["Flood"], id="an answer for all"),
    ],
)
async def test_an_answer_serves_again_whoever_it_is_for(api, sandbox, alice, personal, own, others):
    query_id = await asked(api, alice)
    await api.result("answerInlineQuery", inline_query_id=query_id, results=[result()], is_personal=personal)
    assert alice.ask_inline("flood").titles == own
    assert sandbox.person("Bob").ask_inline("flood").titles == others


async def test_an_answer_that_is_not_kept_serves_once(api, alice):
    query_id = await asked(api, alice)
    await api.result("answerInlineQuery", inline_query_id=query_id, results=[result()], cache_time=0)
    assert alice.ask_inline("flood").answer is None


async def test_without_inline_mode_nobody_can_ask():
    async with Sandbox(rules=Rules(inline=False)) as sandbox:
        with pytest.raises(SandboxError, match="inline mode is off"):
            sandbox.person("Alice").ask_inline("flood")
