"""The methods of the Bot API, by what they are about; each takes a `MethodCall` and returns its `result`.

One table, `METHODS`, holds them by their lower-case names: Telegram does not mind the case.
"""

from bot.sandbox.methods import about, chats, commands, delivery, edits, forums, inline, messages
from bot.sandbox.methods.base import Method, MethodCall

METHODS: dict[str, Method] = {
    method.name.lower(): method
    for module in (about, chats, commands, delivery, edits, forums, inline, messages)
    for method in module.METHODS
}

__all__ = ["METHODS", "Method", "MethodCall"]
