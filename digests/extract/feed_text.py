"""The HTML that a feed carries -> paragraphs of plain text."""

import re

from lxml import etree, html

from digests.errors import UnreadablePageError
from digests.extract.markup import MAX_BYTES, require_parsable
from digests.extract.text import clean, lines_of
from digests.extract.titles import is_cut
from digests.language.sentences import sentences
from digests.language.tables import listed
from digests.model import UNSURE

_BLOCKS = listed(
    """
address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre
section table tbody td th tr ul
    """,
)
_SILENT = (
    "script",
    "style",
    "iframe",
    "noscript",
    "template",
    "svg",
    "form",
    "button",
    "figure",
    "video",
    "audio",
    "object",
)
# What feeds put in place of the rest of the text: a sign for its absence, an invitation to the site, a signature.
_ABSENT = re.compile(r"\s*\[(?:…|\.\.\.)\]")
_INVITATION = re.compile(
    r"(?:^|(?<=[.!?…»”\"\])]))\s*\(?(?:continue reading|read more|read on|читать (?:далее|дальше|полностью)"
    r"|подробнее|толығырақ|weiterlesen"
    r"|lire la suite|devamını oku)\b.{0,80}$",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"^(?:the post|сообщение|запись) .{1,300} (?:appeared first on|появи(?:лось|лась) (?:сначала|впервые))",
    re.IGNORECASE,
)


def feed_lines(markup: str) -> list[str]:
    """The paragraphs of `markup`, or of plain text, without a sentence that is cut short at the end.

    Raises:
        UnreadablePageError: too intricate to parse.
    """
    if len(markup) > MAX_BYTES:
        raise UnreadablePageError(f"more than {MAX_BYTES} characters")
    text = _text(markup) if "<" in markup or "&" in markup else markup
    rows = (_ABSENT.sub(" …", _INVITATION.sub("", line)).strip() for line in lines_of(clean(text)))
    lines = [row for row in rows if row and not _SIGNED.match(row) and row not in {"…", "..."}]
    return without_cut_end(lines)


def without_cut_end(lines: list[str]) -> list[str]:
    """The lines, but for a last sentence that breaks off in the middle, as teasers and walls have it."""
    if not lines or not is_cut(lines[-1]):
        return lines
    *whole, _ = sentences(lines[-1], UNSURE)
    return [*lines[:-1], lines[-1][: whole[-1][1]]] if whole else lines[:-1]


def _text(markup: str) -> str:
    require_parsable(markup)
    try:
        tree = html.fragment_fromstring(markup.replace("\0", ""), create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadablePageError("no markup") from error
    etree.strip_elements(tree, *_SILENT, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    for element in tree.iter():
        if element.tag in _BLOCKS:
            element.text = "\n" + (element.text or "")
            element.tail = "\n" + (element.tail or "")
    return "".join(tree.itertext())
