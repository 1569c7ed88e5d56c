"""The LanguageModel port over any endpoint that speaks OpenAI's chat completions, by the `openai` client.

The client is an extra of the installation and is loaded when the first model is opened, never before.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from digests.errors import ModelAwayError, ModelRefusedError, ModelUnreadableError
from digests.ports import Answer

if TYPE_CHECKING:
    import httpx2

MAX_BODY = 256 * 1024
"""Bytes of an answer; what is longer is read no further."""

LIMITS = ("max_tokens", "max_completion_tokens")
"""How the answer's limit is called: everywhere, and by OpenAI's newer models, which refuse the first."""


class _TooLongError(Exception):
    """The body is longer than any answer."""


class OpenAiModel:
    """A model at an endpoint."""

    def __init__(self, base_url: str, *, key: str, name: str, timeout: timedelta) -> None:
        """key: "" for an endpoint that wants none. timeout: of a whole request, the answer included."""
        import openai  # noqa: PLC0415 - off means not loaded

        self._openai = openai
        self._name = name
        self._seconds = timeout.total_seconds()
        self._limit_name = LIMITS[0]
        http = openai.DefaultAsyncHttpxClient(
            event_hooks={"response": [_bound]}, follow_redirects=False, timeout=self._seconds
        )
        # What failed is tried again by whoever asks, who knows the budget.
        self._client = openai.AsyncOpenAI(base_url=base_url, api_key=key or "none", max_retries=0, http_client=http)

    async def close(self) -> None:
        """Give all connections back."""
        await self._client.close()

    async def ask(self, instruction: str, data: str, *, limit: int) -> Answer:
        """See `digests.ports.LanguageModel`."""
        try:
            async with asyncio.timeout(self._seconds):
                try:
                    body = await self._post(instruction, data, limit)
                except self._openai.BadRequestError as error:
                    if self._limit_name == LIMITS[1] or LIMITS[1] not in str(error):
                        raise
                    self._limit_name = LIMITS[1]
                    body = await self._post(instruction, data, limit)
        except _TooLongError as error:
            raise ModelUnreadableError("too long") from error
        except (TimeoutError, self._openai.APITimeoutError) as error:
            raise ModelAwayError("no answer in time") from error
        except self._openai.APIStatusError as error:
            raise _refusal(error.status_code, error.response.headers.get("Retry-After", "")) from error
        except self._openai.APIConnectionError as error:
            if isinstance(error.__cause__, _TooLongError):
                raise ModelUnreadableError("too long") from error
            raise ModelAwayError("out of reach") from error
        except self._openai.OpenAIError as error:
            raise ModelUnreadableError(type(error).__name__) from error
        return _answer(body)

    async def _post(self, instruction: str, data: str, limit: int) -> bytes:
        messages: list[Any] = [{"role": "system", "content": instruction}, {"role": "user", "content": data}]
        limits: dict[str, Any] = {self._limit_name: limit}
        response = await self._client.chat.completions.with_raw_response.create(
            model=self._name, messages=messages, **limits
        )
        body: bytes = response.http_response.content
        return body


async def _bound(response: "httpx2.Response") -> None:
    """Let nobody read more than `MAX_BODY` of it, errors included."""
    stream: Any = response.stream
    response.stream = _bounded_stream(stream)


def _bounded_stream(stream: Any) -> Any:  # noqa: ANN401 - the library's own, in whatever version
    class _Bounded(type(stream)):  # type: ignore[misc]  # so that it is a stream of whatever library this is
        def __init__(self) -> None:
            pass

        async def __aiter__(self) -> AsyncIterator[bytes]:
            size = 0
            async for chunk in stream:
                size += len(chunk)
                if size > MAX_BODY:
                    raise _TooLongError
                yield chunk

        async def aclose(self) -> None:
            await stream.aclose()

    return _Bounded()


def _refusal(status: int, retry_after: str) -> ModelAwayError | ModelRefusedError:
    """5xx, 408, 409 and 429 pass; the rest is for the operator (RFC 9110, section 15)."""
    if status >= 500 or status in {408, 409, 429}:  # noqa: PLR2004 - as named above
        seconds = float(retry_after) if retry_after.replace(".", "", 1).isdecimal() else None
        return ModelAwayError(f"status {status}", None if seconds is None else timedelta(seconds=min(seconds, 86_400)))
    return ModelRefusedError(f"status {status}")


def _answer(body: bytes) -> Answer:
    try:
        said = json.loads(body)
        text = said["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, KeyError, IndexError, TypeError) as error:
        raise ModelUnreadableError("no chat completion") from error
    if not isinstance(text, str) or not text.strip():
        raise ModelUnreadableError("empty")
    usage = said.get("usage")
    tokens = usage.get("total_tokens") if isinstance(usage, dict) else None
    return Answer(text=text, tokens=tokens if isinstance(tokens, int) and tokens > 0 else None)
