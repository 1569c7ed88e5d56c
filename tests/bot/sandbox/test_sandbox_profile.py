import pytest
from telegram import BotCommandScopeAllPrivateChats, BotCommandScopeChat, MenuButtonCommands, MenuButtonDefault

from bot.sandbox.profile import Command, Profile, Scope, scopes_of


@pytest.mark.parametrize(
    ("params", "description"),
    [
        pytest.param({"commands": [{"command": "Start", "description": "x"}]}, "BOT_COMMAND_INVALID", id="capital"),
        pytest.param({"commands": [{"command": "a" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID", id="long name"),
        pytest.param(
            {"commands": [{"command": "a", "description": " "}]},
            "command description must be non-empty",
            id="no description",
        ),
        pytest.param(
            {"commands": [{"command": "a", "description": "x" * 257}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
            id="long description",
        ),
        pytest.param({"commands": [{"command": "a", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH", id="101"),
        pytest.param({"commands": [], "language_code": "rus"}, "invalid language code specified", id="three letters"),
        pytest.param(
            {"commands": [], "scope": {"type": "planet"}},
            "can't parse BotCommandScope: unsupported type specified",
            id="unknown scope",
        ),
        pytest.param({"commands": [], "scope": {"type": "chat", "chat_id": 5}}, "chat not found", id="unknown chat"),
        pytest.param({}, "expected an Array of BotCommand", id="nothing"),
    ],
)
async def test_commands_are_refused(api, params, description):
    assert await api.refusal("setMyCommands", **params) == f"Bad Request: {description}"


async def test_commands_are_kept_by_scope_and_language(bot, alice):
    scope = BotCommandScopeChat(alice.id)
    await bot.set_my_commands([("help", "Hilfe")], scope=scope, language_code="de")
    assert (await bot.get_my_commands(scope=scope, language_code="de"))[0].description == "Hilfe"
    assert await bot.get_my_commands(scope=BotCommandScopeAllPrivateChats()) == ()
    await bot.delete_my_commands(scope=scope, language_code="de")
    assert await bot.get_my_commands(scope=scope, language_code="de") == ()


@pytest.mark.parametrize(
    ("kept", "seen"),
    [
        pytest.param({(Scope(), ""): "all"}, "all", id="only the default"),
        pytest.param({(Scope(), ""): "all", (Scope(), "ru"): "ru"}, "ru", id="their language"),
        pytest.param(
            {(Scope(), "ru"): "ru", (Scope("all_private_chats"), ""): "private"}, "private", id="scope before language"
        ),
        pytest.param({(Scope("chat", 7), "ru"): "own", (Scope(), "ru"): "ru"}, "own", id="their chat"),
        pytest.param({(Scope(), "kk"): "kk"}, None, id="another language"),
    ],
)
def test_the_nearest_scope_is_seen(kept, seen):
    profile = Profile("Bot")
    for (scope, language), name in kept.items():
        profile.set_commands(scope, language, (Command(name, name),))
    found = profile.commands_seen(scopes_of(7, 7, private=True, admin=False), "ru")
    assert [command.name for command in found] == ([seen] if seen else [])


def test_admins_of_a_group_see_their_own_scope_first():
    kinds = [scope.type for scope in scopes_of(-7, 7, private=False, admin=True)]
    assert kinds == [
        "chat_member", "chat_administrators", "chat", "all_chat_administrators", "all_group_chats", "default",
    ]  # fmt: skip


async def test_texts_fall_back_to_everybodys(bot):
    await bot.set_my_name("Digest")
    await bot.set_my_description("One digest a day")
    await bot.set_my_short_description("Кратко", language_code="ru")
    assert (await bot.get_my_name("kk")).name == "Digest"
    assert (await bot.get_my_description("ru")).description == "One digest a day"
    assert (await bot.get_my_short_description("ru")).short_description == "Кратко"
    assert (await bot.get_my_short_description()).short_description == ""
    assert (await bot.get_me()).first_name == "Digest"


@pytest.mark.parametrize(
    ("method", "params", "description"),
    [
        pytest.param("setMyName", {"name": "x" * 65}, "bot name is too long", id="name"),
        pytest.param("setMyDescription", {"description": "x" * 513}, "bot description is too long", id="description"),
        pytest.param(
            "setMyShortDescription",
            {"short_description": "x" * 121},
            "bot short description is too long",
            id="short description",
        ),
        pytest.param(
            "setChatMenuButton",
            {"menu_button": {"type": "web_app", "text": "x", "web_app": {"url": "http://a.kz"}}},
            "menu button Web App URL is invalid: Only HTTPS links are allowed",
            id="web app without TLS",
        ),
        pytest.param(
            "setChatMenuButton",
            {"menu_button": {"type": "pie"}},
            "can't parse menu button: unsupported type specified",
            id="unknown button",
        ),
        pytest.param("setChatMenuButton", {"chat_id": 9}, "chat not found", id="unknown chat"),
    ],
)
async def test_profile_texts_are_refused(api, method, params, description):
    assert await api.refusal(method, **params) == f"Bad Request: {description}"


async def test_menu_buttons_by_chat(bot, alice):
    assert isinstance(await bot.get_chat_menu_button(alice.id), MenuButtonDefault)
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert isinstance(await bot.get_chat_menu_button(alice.id), MenuButtonCommands)
