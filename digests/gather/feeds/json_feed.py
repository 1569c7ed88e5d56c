"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import html
import json
import re
from collections.abc import Mapping
from typing import Any

from digests.errors import NotAFeedError
from digests.gather.feeds.elements import joined
from digests.gather.feeds.encodings import decoded
from digests.gather.feeds.entries import Head, Written, newest

_VERSION = re.compile(r"jsonfeed|^1(?:\.[01])?$")
"""An address of the format's site; some write the number alone."""

_LONGEST_NUMBER = 40


def read(body: bytes, url: str, content_type: str) -> tuple[Head, list[Written]]:
    """What the feed says of itself, and its entries in its order.

    Raises:
        NotAFeedError: broken JSON, or JSON of something else.
    """
    try:
        # Many put line breaks into strings as they are.
        found = json.loads(_text(body, content_type), strict=False, parse_int=_number)
    except (ValueError, RecursionError) as error:
        raise NotAFeedError("broken JSON") from error
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list) or not _VERSION.search(str(found.get("version", ""))):
        raise NotAFeedError("JSON, but no JSON Feed")
    head = Head(
        title=html.escape(_string(found, "title")),
        link=_string(found, "home_page_url"),
        language=_string(found, "language"),
    )
    entries = [item for item in items if isinstance(item, dict)]
    return head, [_entry(item, url) for item in newest(entries, _dates)]


def _number(written: str) -> int | str:
    """A longer one, at whose digits Python refuses to work, is nothing to reckon with."""
    return int(written) if len(written) <= _LONGEST_NUMBER else written


def _text(body: bytes, content_type: str) -> str:
    """In the encoding that its first bytes tell (RFC 4627, section 3), else in what it turns out to be."""
    try:
        return body.decode(json.detect_encoding(body))
    except UnicodeDecodeError:
        return decoded(body, content_type)


def _entry(item: dict[str, Any], url: str) -> Written:
    return Written(
        key=_string(item, "id"),
        title=html.escape(_string(item, "title")),
        author=html.escape(joined(_authors(item))),
        links=[_string(item, "url"), _string(item, "external_url")],
        htmls=[
            _string(item, "content_html"),
            *(_marked_up(_string(item, name)) for name in ("content_text", "summary")),
        ],
        images=[_string(item, "image"), _string(item, "banner_image")],
        dates=_dates(item),
        base=url,
    )


def _authors(item: dict[str, Any]) -> list[str]:
    """Names of `authors`, be it a list or one alone, or of version 1.0's only `author`."""
    authors = item.get("authors") or item.get("author")
    if not isinstance(authors, list):
        authors = [authors]
    return [name for one in authors if isinstance(one, dict) and (name := _string(one, "name"))]


def _marked_up(text: str) -> str:
    return "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n") if part)


def _dates(item: dict[str, Any]) -> list[str]:
    written = (item.get(name) for name in ("date_published", "date_modified"))
    return [date for date in written if isinstance(date, str)]


def _string(values: Mapping[str, Any], name: str) -> str:
    """The text under that name; numbers as text, as old feeds write ids; "" for anything else."""
    found = values.get(name)
    return str(found) if isinstance(found, str | int | float) and not isinstance(found, bool) else ""
