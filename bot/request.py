"""The way to Telegram over aiohttp, which tells apart what a failure means: not accepted, or nobody knows.

python-telegram-bot's own way over httpx costs seven times the CPU where many messages are on their way at once (its
connection pool looks through all of them at each step), and takes whatever a proxy answers for Telegram's word.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from urllib.request import getproxies

import aiohttp
from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.pace import passage

_FORM = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": BaseRequest.USER_AGENT}
_MULTIPART = {"User-Agent": BaseRequest.USER_AGENT}  # aiohttp adds the type, which names the boundary

_NO_TOKEN = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)

_LONGEST_ANSWER = 30.0
"""Seconds in which an answer that has begun has to be whole, beside the time until it begins."""


_SAID_AGAIN = ("entities", "caption_entities", "reply_markup", "link_preview_options")
"""Of a message that was sent or edited, what Telegram repeats and nobody here reads."""


class NotSentError(NetworkError):
    """Nothing went out, so that the call cannot have been accepted."""


class ServerAwayError(NetworkError):
    """Something else answered in place of Telegram that the call has failed, as a proxy does: it was not accepted."""


class NoAnswerError(NetworkError):
    """The call went out, and no answer came that can be read: perhaps it was accepted."""


def was_not_accepted(error: NetworkError) -> bool:
    """Whether the call of that failure certainly had no effect, so that the same may be asked again."""
    if isinstance(error, NotSentError | ServerAwayError):
        return True
    # Of the library's own, those without a cause are an HTTP status that Telegram gave; BadRequest is of this kind.
    return type(error) is NetworkError and error.__cause__ is None


class AiohttpRequest(BaseRequest):
    """See `telegram.request.BaseRequest`."""

    def __init__(
        self, *, connections: int, connect_timeout: float = 10.0, read_timeout: float = 20.0, is_patient: bool = False
    ) -> None:
        """Timeouts in seconds. connections: at a time, at most.

        is_patient: a token that is not known is taken for a fault of Telegram's that passes, as polling never gives up.
        """
        self._connections = connections
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout
        self._is_patient = is_patient
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """See `telegram.request.BaseRequest`."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool of connections; where it is open already, nothing."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300)
            # The environment is asked for a proxy at each call, which is only worth it where there is one.
            self._session = aiohttp.ClientSession(connector=connector, trust_env=bool(getproxies()))

    async def shutdown(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """See `telegram.request.BaseRequest`.

        Of a message that was sent it leaves out what is as it was given: its entities and buttons become a hundred
        objects, which takes a quarter of the CPU of sending it.
        """
        told = BaseRequest.parse_json_payload(payload)
        result = told.get("result")
        if isinstance(result, dict) and "message_id" in result:
            for name in _SAID_AGAIN:
                result.pop(name, None)
        return told

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401 - the library's type for it is private
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401, ARG002 - aiohttp has none of its own
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401, ARG002 - waiting for one is connecting here
    ) -> tuple[int, bytes]:
        """See `telegram.request.BaseRequest`.

        Raises:
            NotSentError: nothing went out.
            ServerAwayError: an error that is not Telegram's.
            NoAnswerError, TimedOut: no answer, or none that can be read.
            RetryAfter: a proxy before Telegram wants to be left alone.
        """
        if self._session is None:
            raise RuntimeError("the request is not initialized")
        read = self._read_timeout if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        connect = self._connect_timeout if connect_timeout is BaseRequest.DEFAULT_NONE else connect_timeout
        body, headers, has_files = _body(request_data)
        whole = None if has_files or read is None or connect is None else connect + read + _LONGEST_ANSWER
        timeout = aiohttp.ClientTimeout(total=whole, connect=connect, sock_connect=connect, sock_read=read)
        passing = passage.get()
        if passing is not None:
            await passing.leave()
        try:
            async with self._session.request(method, url, data=body, headers=headers, timeout=timeout) as answer:
                if passing is not None:
                    passing.end()
                payload = await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise NotSentError(_told(error)) from error
        except TimeoutError as error:
            raise TimedOut(_told(error)) from error
        except aiohttp.ClientError as error:
            raise (NotSentError if _was_cut(error) else NoAnswerError)(_told(error)) from error
        if method == "GET":  # a file, not a call
            return answer.status, payload
        return self._understood(answer.status, answer.headers, payload), payload

    def _understood(self, status: int, headers: Mapping[str, str], payload: bytes) -> int:
        """The status that the answer really has."""
        told = _bot_api(payload)
        if told is None:
            if status < HTTPStatus.BAD_REQUEST or status == HTTPStatus.GATEWAY_TIMEOUT:
                raise NoAnswerError(f"HTTP {status} and nothing that can be read")
            wait = headers.get("Retry-After", "")
            if status == HTTPStatus.TOO_MANY_REQUESTS and wait.isdecimal():
                raise RetryAfter(int(wait))
            raise ServerAwayError(f"HTTP {status}, and not from Telegram")
        code = told.get("error_code")
        status = code if told["ok"] is False and status < HTTPStatus.BAD_REQUEST and isinstance(code, int) else status
        if told["ok"] is True and "result" not in told:
            raise NoAnswerError("an answer without a result")
        if status == HTTPStatus.GATEWAY_TIMEOUT:  # by RFC 9110 the one behind did not answer: it may have acted
            raise NoAnswerError("the gateway had no answer in time")
        if self._is_patient and status in _NO_TOKEN:
            raise ServerAwayError(f"HTTP {status} {told.get('description', '')}")
        return status


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, Mapping[str, str], bool]:
    """The body of the call, its headers, and whether it holds files."""
    if data is None:
        return None, _MULTIPART, False
    parameters = data.json_parameters
    if not data.contains_files:
        return urlencode(parameters).encode(), _FORM, False
    form = aiohttp.FormData()
    for name, value in parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime_type)
    return form, _MULTIPART, True


def _bot_api(payload: bytes) -> dict[str, Any] | None:
    """The answer as the Bot API gives them; None for one that it never gives."""
    try:
        told = json.loads(payload)
    except ValueError:  # no JSON, or no text
        return None
    return told if isinstance(told, dict) and isinstance(told.get("ok"), bool) else None


def _was_cut(error: aiohttp.ClientError) -> bool:
    """Whether the call could not be written to its end, as to a kept connection that was closed meanwhile.

    aiohttp writes a call without files in one go, so that nothing of it went out.
    """
    first = error.__cause__ or error
    return isinstance(first, aiohttp.ClientConnectionResetError) and "closing transport" in str(first)


def _told(error: Exception) -> str:
    """Without the address, which holds the token."""
    return type(error).__name__
