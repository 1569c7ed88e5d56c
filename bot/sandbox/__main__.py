"""`python -m bot.sandbox`: the sandbox by itself, for a bot started apart; ends with Ctrl+C."""

import argparse
import asyncio
import sys
from contextlib import suppress

from bot.sandbox.flood import FloodLimits
from bot.sandbox.sandbox import TOKEN, Sandbox


async def _serve(sandbox: Sandbox) -> None:
    async with sandbox:
        sys.stdout.write(
            f"chat page           {sandbox.url}/\n"
            f"TELEGRAM_API_URL    {sandbox.url}\n"
            f"TELEGRAM_BOT_TOKEN  {sandbox.token}\n"
        )
        sys.stdout.flush()
        await asyncio.Event().wait()


def main(arguments: list[str] | None = None) -> None:
    """Runs until interrupted. arguments: those of the command line when None."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8081, help="0 takes a free one (default: %(default)s)")
    parser.add_argument("--token", default=TOKEN, help="<bot id>:<anything> (default: %(default)s)")
    parser.add_argument("--no-flood", action="store_true", help="never answer 429")
    options = parser.parse_args(arguments)
    flood = None if options.no_flood else FloodLimits()
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(Sandbox(token=options.token, port=options.port, flood=flood)))


if __name__ == "__main__":
    main()
