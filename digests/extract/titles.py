"""Headlines without the name of the site that sites put beside them."""

import re

from digests.language.words import fold

_PART = re.compile(r"\s+(?:[|•·»/]|::|-|–|—)\s+|\s*\|\s*|\s+::\s+")
_SIGNS = re.compile(r"[\W_]+")
_CUT = ("…", "...")
_TELLING = 4  # letters of a label that is a name: "www2", "co" and "en" are none


def site_names(publisher: str, url: str) -> frozenset[str]:
    """What the site may be called: its own word and its host, folded and without signs."""
    host = url.split("/", 3)[2].rpartition("@")[2].split(":")[0] if "://" in url else ""
    labels = host.lower().removeprefix("www.").split(".")
    # Not the ends of hosts: in "agency.co.kr" the site is called by the first label, in "news.agency.kz" by the second.
    telling = [label for label in labels[:-1] if len(label) >= _TELLING or label == labels[-2]]
    return frozenset(filter(None, map(_bare, (publisher, ".".join(labels), *telling))))


def without_site(title: str, names: frozenset[str]) -> str:
    """`title` without the parts at its end or beginning that are one of `names`, as "Headline | Site" has."""
    cuts = [match.span() for match in _PART.finditer(title)]
    if not cuts or not names:
        return title
    begin, end = 0, len(title)
    for start, stop in reversed(cuts):
        if not _names_site(title[stop:end], names):
            break
        end = start
    for start, stop in cuts:
        if start >= end or not _names_site(title[begin:start], names):
            break
        begin = stop
    return title[begin:end].strip() or title


def is_cut(title: str) -> bool:
    """Whether the feed shortened the headline."""
    return title.rstrip().endswith(_CUT)


def _bare(name: str) -> str:
    return _SIGNS.sub("", fold(name))


def _names_site(part: str, names: frozenset[str]) -> bool:
    bare = _bare(part)
    return bare in names or any(bare.startswith(name) and len(bare) <= len(name) + 4 for name in names if len(name) > 3)  # noqa: PLR2004
