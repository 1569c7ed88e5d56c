"""One HTTP listener of ours, for as long as a block lasts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.settings import SettingsError

LAST_ANSWERS = 2.0
"""Seconds for requests under way when it ends."""


@asynccontextmanager
async def listening(variable: str, address: str, app: web.Application) -> AsyncIterator[int]:
    """Serve `app` at `address`, host:port, until the block ends; gives the port, which the system chooses for 0.

    variable: the name of the setting that says the address.

    Raises:
        SettingsError: nobody can listen there.
    """
    host, _, port = address.rpartition(":")
    # No access log: it would tell addresses of strangers, and a line for each update.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=LAST_ANSWERS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host.strip("[]"), int(port)).start()
        except OSError as error:
            reason = error.strerror or str(error)
            raise SettingsError([f"{variable}: can't listen on {address}: {reason}"]) from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
