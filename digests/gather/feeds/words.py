"""Text as people read it and databases keep it. Pure."""

import html
import re

MAX_TITLE = 500
"""Characters; titles beyond it are texts in the wrong place."""

_UNSEEN = re.compile(
    r"<(?P<kind>script|style)\b.*?(?:</(?P=kind)\s*>|\Z)"
    r"|<![^<>]*>"
    r"|</?(?:a|abbr|b|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|nobr|q|s|small|span|strong|sub|sup|tt|u|wbr)\b[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
"""What a browser shows nothing of, and no gap where it stood: H<sub>2</sub>O is one word."""

_TAG = re.compile(r"<[^<>]*>")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""What neither a database nor a message takes: control characters, and halves of pairs of UTF-16."""

_BYTES = re.compile("[\xc3-\xf4](?=[\x80-\xbf]{0,2}[\x80-\x9f])[\x80-\xbf]{1,3}")
"""The bytes of one character in UTF-8, each written as if it were one, as in `&#226;&#128;&#166;`. One of them at least
reads as a control character: without it they may be meant so.
"""

_CONTROLS = bytes({*range(32), 127} - {9, 10, 13})
_ENDLESS = re.compile("&#[0-9]{8,}")
"""References to no character, on whose digits Python refuses to work."""


def plain(text: str) -> str:
    """The words of a title: without markup, in one line, bounded."""
    if "<" in text:
        if "<![CDATA[" in text:  # escaped once more, by those who do not know that it is none then
            text = text.replace("<![CDATA[", "").replace("]]>", "")
        text = _TAG.sub(" ", _UNSEEN.sub("", text))
    if "&" in text:
        text = html.unescape(_ENDLESS.sub("", text))
    return " ".join(fit(text).split())[:MAX_TITLE]


def fit(text: str) -> str:
    """`text` without what cannot be stored or shown."""
    if text.isascii() and text.isprintable():
        return text
    # Nearly all texts have no byte of what is looked for, and bytes are searched ten times as fast.
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw.translate(None, _CONTROLS)) == len(raw) and b"\xc2" not in raw and b"\xed" not in raw:
        return text
    if not _UNFIT.search(text):
        return text
    return _UNFIT.sub(_fitting, _BYTES.sub(_whole, text))


def _whole(found: re.Match[str]) -> str:
    try:
        return found[0].encode("latin-1").decode()
    except UnicodeDecodeError:
        return found[0]


def _fitting(found: re.Match[str]) -> str:
    """Nothing; but `&#150;` was never meant for a control character: HTML reads such numbers as windows-1252."""
    return found[0].encode("latin-1").decode("cp1252", "ignore") if "\x80" <= found[0] <= "\x9f" else ""
