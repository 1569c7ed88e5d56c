"""Bytes of a page -> markup that is safe to parse, or a refusal. Touches no parser: hostile pages stall even C ones."""

import codecs
import re
from collections import Counter

from digests.errors import UnreadablePageError
from digests.language.tables import listed

# Limits from measuring 1,171 real pages and hostile ones: the largest real page had 1.6 MB, 19,600 tags, 1,850 "=" in
# one tag and a depth of 32, while 50,000 attributes on one tag stall every parser tried for over ten seconds.
MAX_BYTES = 3 * 1024 * 1024
MAX_TAGS = 40_000
MAX_ATTRIBUTES = 5_000
MAX_DEPTH = 200
# Parsers compare each attribute of a tag with its others: four tags at the limit take a second.
MAX_COMPARISONS = 4 * MAX_ATTRIBUTES**2

_TAG = re.compile(r"<(?:(?P<comment>!--)|(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*))")
# The parts of a tag: values, in which ">" is a letter where they are quoted; names of attributes; the end.
_PART = re.compile(r"""=\s*(?:"[^"]*"?|'[^']*'?|[^\s"'>]*)|(?P<name>[^\s"'>/=]+)|(?P<end>>)""")
_RAW = frozenset({"script", "style"})  # what stands inside is not markup
# Elements without an end or whose end may be left out: parsers close them, so they make no depth.
_FLAT = listed(
    """
area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup tr td th thead
tbody tfoot colgroup html head body rt rp path circle rect use g line polygon
    """,
)

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_PRESCAN = 4096  # bytes in which a page names its encoding; the HTML standard asks for 1024
_MOST_BROKEN = 0.02  # of the letters beyond ASCII: a byte gone wrong here and there does not change the encoding
_CYRILLIC = ("windows-1251", "koi8-r")
_WESTERN = "windows-1252"


def decode(body: bytes, content_type: str = "") -> str:
    """The text of `body`; bytes that can't be read become U+FFFD.

    A byte order mark decides, then whether the bytes are UTF-8, which they can't be by chance, then the header
    `content_type`, then the page's own word, then a guess among Cyrillic and western encodings.
    """
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(encoding, "replace")
    meta = _META.search(body[:_PRESCAN])
    header = _CHARSET.search(content_type)
    stated = [_known(header[1])] if header else []
    stated += [_known(meta[1].decode("ascii"))] if meta else []
    if body.isascii():
        shifting = [encoding for encoding in stated if encoding.startswith("iso2022")]
        return body.decode((shifting or ["ascii"])[0], "replace")
    for encoding in ("utf-8", *filter(None, stated)):
        text = body.decode(encoding, "replace")
        beyond = sum(len(run) for run in re.findall(r"[^\x00-\x7f]+", text))
        if text.count("\ufffd") <= _MOST_BROKEN * beyond:
            return text
    return _guess(body)


def _known(encoding: str) -> str:
    """Python's name for the encoding, "" for one it does not know or that pages can't be in."""
    try:
        found = codecs.lookup(encoding).name
    except LookupError:
        return ""
    try:
        "".encode(found)
    except LookupError:  # a codec between bytes and bytes, such as "hex"
        return ""
    unfit = found.startswith(("utf-16", "utf-32", "utf-7", "idna", "punycode", "unicode_escape", "raw_unicode", "mbcs"))
    return "" if unfit else found


def _guess(body: bytes) -> str:
    """Cyrillic if most letters beyond ASCII stand side by side, in the encoding that makes them lower-case."""
    high = re.findall(rb"[\x80-\xff]+", body)
    together = sum(len(run) for run in high if len(run) > 2)  # noqa: PLR2004
    if together * 2 < sum(map(len, high)):
        return body.decode(_WESTERN, "replace")
    texts = [body.decode(encoding, "replace") for encoding in _CYRILLIC]
    return max(texts, key=lambda text: sum("а" <= letter <= "я" for letter in text))


def require_parsable(markup: str) -> None:
    """Raises UnreadablePageError for markup that a parser might choke on. One linear scan."""
    depth: Counter[str] = Counter()
    tags = deepest = at = comparisons = 0
    while found := _TAG.search(markup, at):
        if found["comment"]:
            at = _behind(markup, "-->", found.end())
            continue
        tags += 1
        if tags > MAX_TAGS:
            raise UnreadablePageError(f"more than {MAX_TAGS} tags")
        name = found["name"].lower()
        at, self_closed, attributes = _tag_end(markup, found.end())
        comparisons += attributes**2
        if comparisons > MAX_COMPARISONS:
            raise UnreadablePageError("too many attributes")
        if name in _RAW and not found["close"]:
            at = _behind(markup, f"</{name}", at)
        elif name not in _FLAT and not self_closed:
            if not found["close"]:
                depth[name] += 1
                deepest += 1
            elif depth[name]:
                depth[name] -= 1
                deepest -= 1
            if deepest > MAX_DEPTH:
                raise UnreadablePageError(f"deeper than {MAX_DEPTH} elements")


def _tag_end(markup: str, start: int) -> tuple[int, bool, int]:
    """Behind the tag whose name ends at `start`; whether it closes itself; how many attributes it has."""
    attributes = 0
    for part in _PART.finditer(markup, start):
        if part["end"]:
            return part.end(), markup[part.start() - 1] == "/", attributes
        attributes += part["name"] is not None
        if attributes > MAX_ATTRIBUTES:
            raise UnreadablePageError(f"more than {MAX_ATTRIBUTES} attributes in a tag")
    return len(markup), False, attributes


def _behind(markup: str, mark: str, start: int) -> int:
    """Behind the next `mark`, else the end; tags are told by their first letters in either case."""
    found = re.compile(re.escape(mark), re.IGNORECASE).search(markup, start)
    return found.end() if found else len(markup)
