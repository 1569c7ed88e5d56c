"""Where the lines of a text stand in the page it was taken from, and what the markup says of those places.

An extractor gives lines without their places. A line is looked up by its letters, so that blanks and signs that the
extractor changed make no difference.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree, html

from digests.language.tables import listed

_BLOCKS = listed(
    """
address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4
h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul
    """,
)
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "select", "textarea", "svg"})
_APART = frozenset({"aside", "button", "figcaption", "footer", "form", "nav"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SIGNS = re.compile(r"[\W_]+")
# Words of class names and ids, as pages in many languages use them.
_SPEAKS_OF_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:adverts?|advertisement|also|breadcrumbs?|byline|caption|comments?|cookies?|copyright|credits?"
    r"|disclaimer|modal|more-?(?:from|on)|newsletters?|outbrain|paywall|podpis|popular|popup|promo\w*|read-?more"
    r"|reklama|recommend\w*|related|rollover|shar(?:e|ing)|sidebar|sign-?up|slideshow|social|sponsor\w*|subscri\w+"
    r"|taboola|tags?|teaser\w*|tooltip|trending|widget)(?=$|[\s_-])",
    re.IGNORECASE,
)
_ANCESTORS = 5  # so far up a name says what a line is; farther up it tells of the whole page
_MOST_OF_TEXT = 0.3  # furniture is no more of a text than that; a name such as "share-page" may hold all of it
_LINKED = 0.9  # share of the letters of a line: the rest is an arrow or a bracket
_TEASER = 0.4  # ... of an item in a list of other articles, each a link and a line about it
_LONGEST_ITEM = 400  # letters
_LONGEST_CAPTION = 200
_CAPTION_SHARE = 0.75  # of the letters of what holds a picture and its caption
_BOX_LINKS = 2


def letters(text: str) -> str:
    """What lines are compared by: `text` without blanks and signs, in lower case."""
    return _SIGNS.sub("", text).casefold()


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of a page between two breaks, or an item of a list of several such pieces.

    linked: share of its letters that are link text.
    """

    block: html.HtmlElement
    text: str
    linked: float
    is_item: bool = False


class Origins:
    """The places of the lines of one page."""

    def __init__(self, tree: html.HtmlElement) -> None:
        self._places: dict[str, list[Place]] = {}
        self._sizes: dict[html.HtmlElement, int] = {}
        self._blocks: dict[html.HtmlElement, list[Place]] = {}
        body = tree.find("body")
        for place in places_of(tree if body is None else body):
            self._places.setdefault(letters(place.text), []).append(place)

    def has_box(self, place: Place) -> bool:
        """Whether the place is a block of its own, beside whose words boxes open."""
        is_whole = len(letters(place.text)) == self._size(place.block)
        return is_whole and any(map(_is_box, place.block.iter("span")))

    def everywhere(self) -> Iterator[Place]:
        """Every place."""
        return (place for places in self._places.values() for place in places)

    def of(self, line: str) -> Sequence[Place]:
        """Every place that holds just that line; nothing where the extractor has made it of several."""
        return self._places.get(letters(line), ())

    def inside(self, block: html.HtmlElement) -> Iterator[Place]:
        """The places in `block` itself, in their order."""
        if not self._blocks:
            for place in self.everywhere():
                self._blocks.setdefault(place.block, []).append(place)
        return iter(self._blocks.get(block, ()))

    def is_link(self, line: str) -> bool:
        """Whether the line is nothing but a link, or an item of a list of links, wherever it stands."""
        places = self.of(line)
        return bool(places) and all(place.linked >= (_TEASER if place.is_item else _LINKED) for place in places)

    def is_furniture(self, line: str, size: int) -> bool:
        """Whether the markup calls the line something else than text, wherever it stands. size: letters of the text."""
        places = self.of(line)
        return bool(places) and all(self._apart(place.block, size) or self._is_caption(place) for place in places)

    def _apart(self, block: html.HtmlElement, size: int) -> bool:
        for up, element in enumerate((block, *block.iterancestors())):
            if up > _ANCESTORS or element.tag in {"body", "html"}:
                return False
            if element.tag in _APART or _SPEAKS_OF_FURNITURE.search(f"{element.get('class')} {element.get('id')}"):
                return self._size(element) <= _MOST_OF_TEXT * size
        return False

    def _is_caption(self, place: Place) -> bool:
        """Whether the line stands under a picture that has nothing else beside it."""
        if len(place.text) > _LONGEST_CAPTION or place.block.tag in _HEADINGS:
            return False
        for up, element in enumerate((place.block, *place.block.iterancestors())):
            if up > 2 or element.tag in {"body", "li", "td", "article", "section", "main"}:  # noqa: PLR2004 - a figure, and a frame around it
                return False
            if len(letters(place.text)) < _CAPTION_SHARE * self._size(element):
                return False
            if element.find(".//img") is not None:
                return True
        return False

    def _size(self, element: html.HtmlElement) -> int:
        if element not in self._sizes:
            self._sizes[element] = len(letters(element.text_content()))
        return self._sizes[element]


def without_boxes(block: html.HtmlElement) -> str:
    """The text of a block without the boxes that open beside its words: pictures with links inside a sentence."""
    return " ".join("".join(_outside_boxes(block)).split())


def _outside_boxes(element: html.HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSEEN and not _is_box(child):
            yield from _outside_boxes(child)
        yield child.tail or ""


def _is_box(element: html.HtmlElement) -> bool:
    """Whether a picture and links are all that a part of a sentence consists of."""
    if element.tag != "span" or len(element.findall(".//a")) < _BOX_LINKS:
        return False
    for inside in element.iter():
        if inside.tag == "img":
            return True
        if (inside.text or "").strip():
            return False
    return False


class _Line:
    """The line that is being read, and the blocks and links it stands in."""

    def __init__(self) -> None:
        self.blocks: list[html.HtmlElement] = []
        self.links = 0
        self._text: list[str] = []
        self._linked = 0

    def say(self, text: str | None) -> None:
        if text:
            self._text.append(text)
            self._linked += len(letters(text)) if self.links else 0

    def end(self) -> Iterator[Place]:
        whole, linked = "".join(self._text), self._linked
        size = len(letters(whole))
        self._text, self._linked = [], 0
        if size and self.blocks:
            yield Place(self.blocks[-1], whole, linked / size)


def places_of(body: html.HtmlElement) -> Iterator[Place]:
    """One for each line of each innermost block, and one for each short item of a list."""
    line = _Line()
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            yield from _left(element, line)
            line.say(element.tail if element is not body else None)
        elif element.tag in _UNSEEN or not isinstance(element.tag, str):
            walk.skip_subtree()
        else:
            yield from _entered(element, line)
            line.say(element.text)


def _entered(element: html.HtmlElement, line: _Line) -> Iterator[Place]:
    if element.tag in _BLOCKS or element.tag == "br":
        yield from line.end()
    if element.tag in _BLOCKS:
        line.blocks.append(element)
    line.links += element.tag == "a"


def _left(element: html.HtmlElement, line: _Line) -> Iterator[Place]:
    if element.tag in _BLOCKS:
        yield from line.end()
        line.blocks.pop()
        if element.tag == "li" and element.find(".//li") is None and any(map(_is_block, element.iter())):
            yield from _item(element)
    line.links -= element.tag == "a"


def _item(item: html.HtmlElement) -> Iterator[Place]:
    whole = " ".join(item.itertext())
    size = len(letters(whole))
    if 0 < size <= _LONGEST_ITEM:
        linked = sum(len(letters(link.text_content())) for link in item.iter("a")) / size
        yield Place(item, whole, 1.0 if any(map(_is_linked, item.iter(*_HEADINGS))) else linked, is_item=True)


def _is_block(element: html.HtmlElement) -> bool:
    return element.tag in _BLOCKS and element.tag != "li"


def _is_linked(heading: html.HtmlElement) -> bool:
    links = [letters(link.text_content()) for link in (*heading.iter("a"), *heading.iterancestors("a"))]
    return letters(heading.text_content()) in filter(None, links)
