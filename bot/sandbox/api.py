"""One call of the Bot API from parameters to result, through flood control; knows nothing of HTTP."""

import inspect

from bot.sandbox.errors import ApiError
from bot.sandbox.flood import Flood
from bot.sandbox.methods import METHODS, MethodCall
from bot.sandbox.methods.base import Cost, Method
from bot.sandbox.params import Params
from bot.sandbox.state import World
from bot.sandbox.webhook import Delivery


class Api:
    """The methods over one memory."""

    def __init__(self, world: World, delivery: Delivery, flood: Flood, callback_seconds: float) -> None:
        self._world = world
        self._delivery = delivery
        self._flood = flood
        self._callback_seconds = callback_seconds

    def method(self, name: str) -> Method:
        """The method of that name in any case.

        Raises:
            ApiError: 404, there is none.
        """
        method = METHODS.get(name.lower())
        if method is None:
            raise ApiError(404, "Not Found")
        return method

    async def call(self, method: Method, params: Params) -> object:
        """The `result` of the call.

        Raises:
            ApiError: refused; nothing changed.
        """
        call = MethodCall(self._world, self._delivery, params, self._callback_seconds)
        if method.cost is Cost.NOTHING:
            result = method.handler(call)
            return await result if inspect.isawaitable(result) else result
        chat = call.writable_chat()
        counts_in_chat = method.cost is Cost.SEND or not chat.is_private
        self._flood.check(chat.id, counts_in_chat=counts_in_chat)
        result = method.handler(call)
        self._flood.spend(chat.id, counts_in_chat=counts_in_chat)
        return result
