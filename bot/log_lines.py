"""Lines of the log: for a person, or JSON for a machine. Never the token, never what people wrote or read.

What an exception says may quote both: of its text the first line is told, and of that what stands in quotation marks is
left out. Its class and the places it came through say the rest.
"""

import copy
import json
import logging
import re
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import TracebackType

_TOKEN = re.compile(r"(?<![\d.])\d{3,}(?::|%3A)[\w-]{3,}", re.IGNORECASE)
"""Also right behind a word, as in /bot123:abc/getMe; the end of 10.0.0.100:8080 is none."""
_QUOTED = re.compile(r"""(?<!\w)(["'])(?:(?!\1)[^\\]|\\.)*\1(?!\w)""", re.DOTALL)
_PLACE = re.compile(r"%(?:%|[-#0 +]*\d*(?:\.\d+)?([a-zA-Z]))")

IDS = frozenset(
    {"article", "chat", "delivery", "entry", "feed", "part", "subscription", "thread", "update", "user"},
)
"""What has a number in our lines: the number follows the word, and is a field of its own in JSON."""

_OURS = ("bot", "digests")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def without_token(text: str) -> str:
    """The text with anything like a bot's token taken out."""
    return _TOKEN.sub("<token>", text)


def said_by(error: BaseException) -> str:
    """What the exception says, without what it quotes; the system's own errors name files and hosts alone."""
    first = str(error).partition("\n")[0]
    return first if isinstance(error, OSError) else _QUOTED.sub(r"\1…\1", first)


def ids_of(record: logging.LogRecord) -> dict[str, int]:
    """The numbers that the line gives, by what they are numbers of."""
    template, arguments = str(record.msg), record.args
    if not isinstance(arguments, tuple):
        return {}
    places = (place for place in _PLACE.finditer(template) if place[1])
    found: dict[str, int] = {}
    for place, argument in zip(places, arguments, strict=False):
        word = template[: place.start()].rstrip().rpartition(" ")[2]
        if place[1] == "d" and word in IDS and isinstance(argument, int):
            found[word] = argument
    return found


def _trace(error: BaseException) -> str:
    """Where it came from, the innermost cause first, in the order that Python has."""
    told = []
    for one in _chain(error):
        name = f"{type(one).__module__}.{type(one).__qualname__}".removeprefix("builtins.")
        told.append(f"{''.join(traceback.format_tb(one.__traceback__))}{name}: {said_by(one)}")
    return without_token("\nwhich led to\n".join(reversed(told)))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


class _Careful(logging.Formatter):
    """Exceptions, whether they are an argument of the line or its occasion, tell no more than they should."""

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the library's name
        return "" if ei[1] is None else _trace(ei[1])

    def careful(self, record: logging.LogRecord) -> logging.LogRecord:
        """The record as it may be told; the original is other handlers' too."""
        told = copy.copy(record)
        told.exc_text = None
        if isinstance(record.args, tuple):
            told.args = tuple(said_by(one) if isinstance(one, BaseException) else one for one in record.args)
        return told


class TextLines(_Careful):
    """For a person."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        """One line, and below it the trace where there is one."""
        return without_token(super().format(self.careful(record)))


class JsonLines(_Careful):
    """For a machine: at, level, logger, message, the ids that the message names, and trace where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        told = self.careful(record)
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(told.created, UTC).isoformat(timespec="milliseconds"),
            "level": told.levelname.lower(),
            "logger": told.name,
            "message": without_token(told.getMessage()),
            **ids_of(told),
        }
        if told.exc_info:
            line["trace"] = self.formatException(told.exc_info)
        return json.dumps(line, ensure_ascii=False)


def lines_of(log_format: str) -> logging.Formatter:
    """log_format: text or json."""
    return JsonLines() if log_format == "json" else TextLines()


def prepare_worker(log_format: str, prepare: Callable[[], None]) -> None:
    """The beginning of a worker process: it logs as the bot does, then gets ready.

    Only what is ours: libraries that read pages complain of them by quoting them.
    """
    logging.getLogger().addHandler(logging.NullHandler())
    handler = logging.StreamHandler()
    handler.setFormatter(lines_of(log_format))
    handler.setLevel(logging.WARNING)
    for name in _OURS:
        logging.getLogger(name).addHandler(handler)
    prepare()
