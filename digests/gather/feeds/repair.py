"""The text of a feed that is not well-formed XML, mended where what was meant is certain. Pure, and linear in time."""

import html
import re
from collections.abc import Callable, Mapping
from itertools import islice

_STRAY = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)"
    r"|<!--.*?(?:-->|\Z)"
    r"|<(?P<void>(?:br|hr|img|wbr)\b(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)(?<!/)>(?!\s*</(?:br|hr|img|wbr)\s*>)"
    r"|<(?P<bare>[A-Za-z][\w.:-]{0,60}(?:\s+[\w.:-]+=[^\s\"'<>]+)+\s*)>"
    r"|<(?![A-Za-z_/!?:])"
    r"|\]\]>"
    r"|(?P<numbers>(?:&#(?:[xX][0-9a-fA-F]{1,40}|[0-9]{1,40});)+)"
    r"|&(?!(?:lt|gt|amp|quot|apos);)(?P<name>[A-Za-z][A-Za-z0-9]{1,31};)?",
    re.DOTALL,
)
_BARE = re.compile(r"=(?P<value>[^\s\"'<>]+?)(?P<end>/\s*$)?(?=\s|$)")
_NUMBER = re.compile("&#([xX]?)([0-9a-fA-F]+);")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LAST = 0x10FFFF
_DECLARED = re.compile(
    r"<!ENTITY\s+(?P<name>[A-Za-z][A-Za-z0-9]{1,31})\s+(?:\"(?P<double>[^\"&%<]{0,100})\"|'(?P<single>[^'&%<]{0,100})')\s*>"
)
_NONE: Mapping[str, str] = {}
_MOST_DECLARED = 500
_MOST_REFERENCES = 10_000
"""Together with the length of each: a feed grows by a megabyte at most."""

_DIGITS = 8


def declared(prolog: str) -> Mapping[str, str]:
    """The entities that a DOCTYPE declares as words: short, of no markup and of no other entities."""
    found = islice(_DECLARED.finditer(prolog), _MOST_DECLARED)
    return {one["name"]: one["double"] or one["single"] or "" for one in found}


def mended(text: str, entities: Mapping[str, str] = _NONE) -> str:
    """The same, with references that XML knows, void elements of HTML closed, and no characters that XML forbids.

    What stands in CDATA is left alone. entities: name -> words, besides HTML's.
    """
    return _STRAY.sub(_mender(entities), _UNFIT.sub("", text))


def _mender(entities: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    if not entities:
        return _mended
    left = _MOST_REFERENCES

    def with_entities(found: re.Match[str]) -> str:
        nonlocal left
        words = entities.get((found["name"] or "").rstrip(";"))
        if words is None or left <= 0:
            return _mended(found)
        left -= 1
        return html.escape(words)

    return with_entities


def _mended(found: re.Match[str]) -> str:
    whole = found[0]
    if whole == "]]>":
        return "]]&gt;"
    if whole.startswith("<"):
        return _tag(found)
    if found["numbers"]:
        return _characters(whole)
    name = found["name"]
    if not name:
        return "&amp;"
    meant = html.unescape(f"&{name}")
    # HTML takes `&copy=1` and `&notit;` for references to the names they begin with: not meant in an address.
    return f"&amp;{name}" if meant.endswith(";") and meant != ";" else html.escape(meant)


def _tag(found: re.Match[str]) -> str:
    if found["void"]:
        return f"<{found['void']}/>"
    if found["bare"]:
        return f"<{_BARE.sub(_quoted, found['bare'])}>"
    return "&lt;" if found[0] == "<" else found[0]


def _quoted(found: re.Match[str]) -> str:
    value, end = found["value"], found["end"] or ""
    return f'="{html.escape(html.unescape(value))}"{end}'


def _characters(references: str) -> str:
    """Numbered characters as themselves. Some write emoji as the two halves that UTF-16 makes of them, one after the
    other; a half alone, like a number beyond Unicode, becomes U+FFFD.
    """
    units = bytearray()
    for hexadecimal, digits in _NUMBER.findall(references):
        number = int(digits, 16 if hexadecimal else 10) if len(digits.lstrip("0")) <= _DIGITS else _LAST + 1
        sign = chr(number) if number <= _LAST else "\ufffd"
        units += sign.encode("utf-16-le", "surrogatepass")
    return html.escape(_UNFIT.sub("", units.decode("utf-16-le", "replace")))
