"""The pictures that go with an entry: Media RSS, enclosures, and iTunes covers. Pure."""

from collections.abc import Iterator

from lxml import etree

from digests.gather.feeds.elements import Fields

_RECORDINGS = (".mp3", ".mp4", ".m4a", ".m4v", ".webm", ".ogg", ".mov", ".swf")


def pictures(fields: Fields) -> Iterator[str]:
    """Their addresses as written, the likeliest first."""
    groups = list(fields.get("media:group", ()))
    for name in ("media:content", "media:thumbnail"):
        for element in fields.get(name, ()):
            yield from _of_media(element, name)
        for group in groups:
            for element in group.iter("{*}" + name.partition(":")[2]):
                yield from _of_media(element, name)
    for element in (*fields.get("enclosure", ()), *fields.get("link", ())):
        if element.get("type", "").startswith("image/") and element.get("rel", "enclosure") == "enclosure":
            yield element.get("url") or element.get("href") or ""
    for element in (*fields.get("itunes:image", ()), *fields.get("image", ())):
        yield element.get("href") or element.findtext("{*}url") or element.text or ""


def _of_media(element: etree._Element, name: str) -> Iterator[str]:
    address = element.get("url", "").strip()
    kind = element.get("type", "") or element.get("medium", "")
    if name == "media:thumbnail" or kind.startswith("image") or (not kind and _may_show(address)):
        yield address
    for child in element:
        if str(child.tag).endswith("thumbnail"):
            yield child.get("url", "")


def _may_show(address: str) -> bool:
    """Without a word on what it is: pictures are the rule, unless the name is of a recording."""
    return not address.partition("?")[0].lower().endswith(_RECORDINGS)
