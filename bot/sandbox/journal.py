"""What the bot asked of the sandbox and what came of it, for tests to read."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call of the Bot API.

    method: as the Bot API spells it. params: as sent; JSON-encoded parameters are decoded, files are their names.
    accepted: whether it took effect, whatever the bot was told of it.
    status: HTTP status of the answer; 0 where the connection was dropped instead.
    description: the words of a refusal; empty otherwise.
    fault: the kind of the injected fault, if any, as `Fault` names them.
    at: the clock's time when the call came; seconds: the timer's reading then.
    """

    method: str
    params: Mapping[str, object]
    accepted: bool
    status: int
    at: datetime
    seconds: float
    description: str = ""
    fault: str = ""
    result: object = field(default=None, repr=False)


class Journal:
    """The last calls, oldest first. size: how many are kept."""

    def __init__(self, size: int) -> None:
        self._calls: deque[Call] = deque(maxlen=size)

    def __iter__(self) -> Iterator[Call]:
        return iter(self._calls)

    def __len__(self) -> int:
        return len(self._calls)

    def add(self, call: Call) -> None:
        """Writes a call down."""
        self._calls.append(call)

    def of(self, method: str) -> list[Call]:
        """All calls of a method."""
        return [call for call in self._calls if call.method == method]

    def accepted(self, method: str) -> list[Call]:
        """The calls of a method that took effect."""
        return [call for call in self.of(method) if call.accepted]

    def refused(self, method: str | None = None) -> list[Call]:
        """The calls (of a method) that took no effect."""
        return [call for call in self._calls if not call.accepted and method in {None, call.method}]

    def clear(self) -> None:
        """Forgets everything."""
        self._calls.clear()
