"""Refusals of the sandbox, with the status and the words that Telegram answers.

ApiError                 any refusal: status, description, parameters
├── BadRequestError      400: mend the request
├── ForbiddenError       403: the chat is closed to the bot
├── ConflictError        409: somebody else takes the updates
└── TooManyRequestsError 429: wait `retry_after` seconds
"""

from collections.abc import Mapping


class ApiError(Exception):
    """A refusal as the Bot API tells it.

    description: the words of the answer, with their prefix ("Bad Request: ...").
    parameters: `ResponseParameters` of the Bot API; empty where there is none.
    """

    def __init__(self, status: int, description: str, parameters: Mapping[str, object] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = dict(parameters or {})


class BadRequestError(ApiError):
    """400: the request itself is wrong."""

    def __init__(self, reason: str, parameters: Mapping[str, object] | None = None) -> None:
        super().__init__(400, f"Bad Request: {reason}", parameters)


class ForbiddenError(ApiError):
    """403: the chat is closed to the bot."""

    def __init__(self, reason: str) -> None:
        super().__init__(403, f"Forbidden: {reason}")


class ConflictError(ApiError):
    """409: two takers of the same updates."""

    def __init__(self, reason: str) -> None:
        super().__init__(409, f"Conflict: {reason}")


class TooManyRequestsError(ApiError):
    """429: refused for `retry_after` whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})
        self.retry_after = retry_after


class SandboxError(Exception):
    """A person of the sandbox was asked to do what no person can do in Telegram."""
