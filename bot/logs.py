"""The log: lines for a person, or JSON for a machine. Never the token, never what people wrote."""

import json
import logging
import re
from datetime import UTC, datetime

from bot.settings import Settings

_CHATTY = ("httpx", "httpcore", "apscheduler", "telegram", "aiohttp", "asyncio", "alembic", "trafilatura", "htmldate")
_TOKEN = re.compile(r"\b\d{3,}:[\w-]{3,}")


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_token(record.getMessage()),
        }
        if record.exc_info:
            line["trace"] = without_token(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return without_token(super().format(record))


def configure(settings: Settings, *, quiet: bool = False) -> None:
    """Log to the standard error. quiet: only warnings, for commands that show their own progress."""
    handler = logging.StreamHandler()
    text = _Text("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")
    handler.setFormatter(_Json() if settings.log_format == "json" else text)
    level = "WARNING" if quiet and settings.log_level != "debug" else settings.log_level.upper()
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _CHATTY:
        # httpx logs every address at INFO, and Telegram's addresses hold the token.
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
    # A look at the clock that falls into a pass under way is skipped, and no matter for anybody.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def without_token(text: str) -> str:
    """The text with anything like a bot's token taken out."""
    return _TOKEN.sub("<token>", text)
