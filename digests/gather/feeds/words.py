"""Text as people read it and databases keep it. Pure."""

import html
import re

MAX_TITLE = 500
"""Characters; titles beyond it are texts in the wrong place."""

_TAG = re.compile(r"<[^<>]*>")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""What neither a database nor a message takes: control characters, and halves of pairs of UTF-16."""

_CONTROLS = bytes({*range(32), 127} - {9, 10, 13})
_ENDLESS = re.compile("&#[0-9]{8,}")
"""References to no character, on whose digits Python refuses to work."""


def plain(text: str) -> str:
    """The words of a title: without markup, in one line, bounded."""
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = html.unescape(_ENDLESS.sub("", text))
    return " ".join(fit(text).split())[:MAX_TITLE]


def fit(text: str) -> str:
    """`text` without what cannot be stored or shown."""
    # Nearly all texts have no byte of what is looked for, and bytes are searched ten times as fast.
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw.translate(None, _CONTROLS)) == len(raw) and b"\xc2" not in raw and b"\xed" not in raw:
        return text
    return _UNFIT.sub(_fitting, text)


def _fitting(found: re.Match[str]) -> str:
    """Nothing; but `&#150;` was never meant for a control character: HTML reads such numbers as windows-1252."""
    return found[0].encode("latin-1").decode("cp1252", "ignore") if "\x80" <= found[0] <= "\x9f" else ""
