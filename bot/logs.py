"""The log: to the standard error, as the settings say."""

import logging

from bot.log_lines import lines_of
from bot.settings import Settings

_CHATTY = (
    *("httpx", "httpx2", "httpcore", "httpcore2", "openai", "apscheduler", "telegram", "aiohttp", "asyncio"),
    *("alembic", "procrastinate", "psycopg.pool", "sqlalchemy"),
    *("trafilatura", "htmldate", "pypdf", "matplotlib", "PIL", "fontTools", "dateparser", "tzlocal", "urllib3"),
)
"""Libraries that tell more than we want to keep: addresses that hold the token, updates whole, texts of pages."""


def configure(settings: Settings, *, quiet: bool = False) -> None:
    """Log to the standard error. quiet: only warnings, for commands that show their own progress."""
    handler = logging.StreamHandler()
    handler.setFormatter(lines_of(settings.log_format))
    level = "WARNING" if quiet and settings.log_level != "debug" else settings.log_level.upper()
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _CHATTY:
        # httpx logs every address at INFO, and Telegram's addresses hold the token.
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
    # A look at the clock that falls into a pass under way is skipped, and no matter for anybody.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
