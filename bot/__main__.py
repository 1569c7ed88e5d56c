"""`newsdigest`, also `python -m bot`."""

import sys

import click
from rich.console import Console

from bot.cli import newsdigest
from bot.settings import SettingsError
from digests.errors import NewsDigestError, TopicsFileError

BAD_USAGE = 2
FAILURE = 1
INTERRUPTED = 130


def main() -> None:
    """Run the command; exit with 0 on success, 2 on bad usage or configuration, 1 on failure."""
    sys.exit(_run())


def _run() -> int:
    complain = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        code = newsdigest.main(standalone_mode=False)
    except click.ClickException as error:
        complain.print(f"newsdigest: {error.format_message()}", markup=False)
        return BAD_USAGE if isinstance(error, click.UsageError) else FAILURE
    except (SettingsError, TopicsFileError) as error:
        for fault in error.faults:
            complain.print(f"newsdigest: {fault}", markup=False)
        return BAD_USAGE
    except (NewsDigestError, OSError, UnicodeError) as error:
        complain.print(
            f"newsdigest: {str(error).splitlines()[0] if str(error) else type(error).__name__}", markup=False
        )
        return FAILURE
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    return code if isinstance(code, int) else 0


if __name__ == "__main__":
    main()
