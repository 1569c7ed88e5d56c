"""What the log tells, and what it never does."""

import json
import logging

import pytest
from telegram.error import BadRequest

from bot.log_lines import JsonLines, TextLines, prepare_worker
from digests.errors import DeliveryRefusedError

TOKEN = "123456:AAH-secret_part"


def record(message, *arguments, error=None, level=logging.WARNING):
    occasion = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("digests.x", level, "x.py", 1, message, arguments, occasion)


def as_json(*arguments, **values):
    line = JsonLines().format(record(*arguments, **values))
    assert "\n" not in line
    return json.loads(line)


@pytest.mark.parametrize(
    ("message", "arguments", "ids"),
    [
        pytest.param("feed %d: %s, %d new", (3, "changed", 5), {"feed": 3}, id="a number of something else"),
        pytest.param("delivery %d to chat %d: done", (7, -100), {"delivery": 7, "chat": -100}, id="two"),
        pytest.param("entry %d of feed %d: %s", (1, 2, "feed 9"), {"entry": 1, "feed": 2}, id="not of the arguments"),
        pytest.param("100%% of user %d", (5,), {"user": 5}, id="a percent sign"),
        pytest.param("%d feeds", (4,), {}, id="how many"),
        pytest.param("feed %s", ("x",), {}, id="no number"),
        pytest.param("stopping", (), {}, id="nothing"),
    ],
)
def test_ids_are_fields(message, arguments, ids):
    told = as_json(message, *arguments)
    assert told["message"] == message % arguments
    assert {name: told[name] for name in told if name not in {"at", "level", "logger", "message"}} == ids


def test_a_line_for_a_person_is_one_line():
    line = TextLines().format(record("feed %d: %s", 3, "timeout"))
    assert line.endswith(" WARNING digests.x: feed 3: timeout")


def raised(error, cause=None):
    """The error as it is caught: with a trace."""
    try:
        raise error from cause
    except type(error) as caught:
        return caught


QUOTING = [
    pytest.param(
        BadRequest('Can\'t parse entities: unsupported start tag "private words" at byte offset 3'), id="Bot API"
    ),
    pytest.param(KeyError("private words"), id="a key"),
    pytest.param(ValueError("invalid literal for int() with base 10: 'private words'"), id="a value"),
    pytest.param(RuntimeError("the statement failed\nDETAIL: Key (text)=(private words) exists"), id="a database"),
    pytest.param(
        RuntimeError(f"GET https://api.telegram.org/bot{TOKEN}/getMe 'it\\'s private words'"), id="an address"
    ),
]


@pytest.mark.parametrize("lines", [TextLines(), JsonLines()], ids=["text", "json"])
@pytest.mark.parametrize("error", QUOTING)
def test_neither_the_token_nor_what_people_wrote_is_told(lines, error):
    occasion = raised(DeliveryRefusedError(5), cause=raised(error))
    for told in (record("no answer: %s", error), record("delivery %d", 1, error=occasion), record("x", error=error)):
        line = lines.format(told)
        assert "private" not in line
        assert "secret_part" not in line


def test_the_trace_tells_where_and_what():
    trace = as_json("delivery %d", 1, error=raised(DeliveryRefusedError(5), cause=raised(QUOTING[0].values[0])))[
        "trace"
    ]
    assert (
        trace.index('telegram.error.BadRequest: Can\'t parse entities: unsupported start tag "…" at byte offset 3') > 0
    )
    assert trace.index("which led to") < trace.index("digests.errors.DeliveryRefusedError")
    assert "in raised" in trace


def test_an_address_with_a_port_is_no_token():
    assert as_json("can't listen on %s", "10.0.0.100:8080")["message"] == "can't listen on 10.0.0.100:8080"


def test_files_that_are_missing_are_named():
    assert "/no/such/file" in as_json("x: %s", FileNotFoundError(2, "No such file", "/no/such/file"))["message"]


def test_a_worker_tells_what_is_ours_in_the_same_form(capsys):
    roots = {name: list(logging.getLogger(name).handlers) for name in ("", "bot", "digests")}
    try:
        prepare_worker("json", lambda: logging.getLogger("digests.x").warning("feed %d: %s", 3, "slow"))
        logging.getLogger("lxml").warning("private words")
    finally:
        for name, handlers in roots.items():
            logging.getLogger(name).handlers[:] = handlers
    assert json.loads(capsys.readouterr().err)["feed"] == 3
