"""lemon24's reader on the same feeds: `python reader_peer.py`, with {"feeds": [...], "passes": N} on standard input.

Runs in an environment of its own that has nothing but reader, and prints JSON.
"""

import json
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from reader import __version__, make_reader


def main(feeds, passes):
    with TemporaryDirectory() as folder:
        reader = make_reader(str(Path(folder) / "reader.sqlite"))
        for url in feeds:
            reader.add_feed(url)
        spent = []
        for _ in range(1 + passes):
            before = time.process_time()
            reader.update_feeds(scheduled=False)  # otherwise not before an hour has gone by
            spent.append(time.process_time() - before)
        told = {
            "version": __version__,
            "cpu": spent,
            "readable": sum(feed.last_exception is None for feed in reader.get_feeds()),
            "entries": reader.get_entry_counts().total,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
        reader.close()
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main(**json.load(sys.stdin))
