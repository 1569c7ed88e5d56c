"""Faults that tests order: which call fails, how, and how often."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Predicate = Callable[[str, Mapping[str, object]], bool]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """How one call goes wrong.

    kind: `status` (answered with an HTTP error, not accepted), `page` (the same, with a page of HTML for an answer, as
        by a proxy), `slow` (accepted, answered late), `garbled` (accepted, the answer is no JSON), `drop_before` and
        `drop_after` (the connection ends before or after the call is accepted), `flood` (429, not accepted).
    status: of `status` and `page`; seconds: of `slow`, and `retry_after` of `flood`. text: of the refusal by `status`;
        what the status is called when empty.
    """

    kind: str
    status: int = 0
    seconds: float = 0.0
    text: str = ""


@dataclass
class _Rule:
    """left: calls still to spoil; None for all."""

    fault: Fault
    method: str | None
    when: Predicate | None
    left: int | None

    def fits(self, method: str, params: Mapping[str, object]) -> bool:
        """Whether the call is one to spoil."""
        return self.method in {None, method} and self.left != 0 and (self.when is None or self.when(method, params))


class Faults:
    """The faults in store, used up in the order they were ordered.

    In every order, `method` None means any method, `times` None means from now on, and `when(method, params)` picks
    the calls that count.
    """

    def __init__(self) -> None:
        self._rules: list[_Rule] = []

    def status(
        self,
        method: str | None,
        status: int = 502,
        *,
        text: str = "",
        times: int | None = 1,
        when: Predicate | None = None,
    ) -> None:
        """The calls are refused with that HTTP status, and `text` for its description."""
        self._rules.append(_Rule(Fault(kind="status", status=status, text=text), method, when, times))

    def page(
        self, method: str | None, status: int = 502, *, times: int | None = 1, when: Predicate | None = None
    ) -> None:
        """The calls never arrive, and something else answers with that HTTP status and a page of HTML."""
        self._rules.append(_Rule(Fault(kind="page", status=status), method, when, times))

    def slow(self, method: str | None, seconds: float, *, times: int | None = 1, when: Predicate | None = None) -> None:
        """The calls are accepted at once and answered `seconds` later."""
        self._rules.append(_Rule(Fault(kind="slow", seconds=seconds), method, when, times))

    def garbled(self, method: str | None, *, times: int | None = 1, when: Predicate | None = None) -> None:
        """The calls are accepted, and their answers are no JSON."""
        self._rules.append(_Rule(Fault(kind="garbled"), method, when, times))

    def drop_before(self, method: str | None, *, times: int | None = 1, when: Predicate | None = None) -> None:
        """The connection ends before the calls are accepted: nothing happened."""
        self._rules.append(_Rule(Fault(kind="drop_before"), method, when, times))

    def drop_after(self, method: str | None, *, times: int | None = 1, when: Predicate | None = None) -> None:
        """The connection ends after the calls are accepted: it happened, and the bot cannot know."""
        self._rules.append(_Rule(Fault(kind="drop_after"), method, when, times))

    def flood(
        self, method: str | None, retry_after: int = 1, *, times: int | None = 1, when: Predicate | None = None
    ) -> None:
        """The calls are refused with 429 and that `retry_after`, whatever the flood control says."""
        self._rules.append(_Rule(Fault(kind="flood", seconds=retry_after), method, when, times))

    def take(self, method: str, params: Mapping[str, object]) -> Fault | None:
        """The fault of this call, which uses it up; None for a call that goes well."""
        for rule in self._rules:
            if rule.fits(method, params):
                if rule.left is not None:
                    rule.left -= 1
                return rule.fault
        return None

    def clear(self) -> None:
        """Everything goes well again."""
        self._rules.clear()
