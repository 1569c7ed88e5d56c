"""Addresses: which ones we take, and which two are the same article. Pure."""

import re
from functools import lru_cache

from tld import get_fld
from yarl import URL

# Click identifiers and campaign marks, by who adds them: miniflux's list, and what news of this part of the world adds.
_TRACKERS = frozenset(
    name
    for names in (
        "fbclid fb_action_ids fb_action_types fb_ref fb_source fb_comment_id mibextid igsh igshid",  # Meta
        "gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid srsltid _ga _gl",  # Google
        "campaign_id campaign_medium campaign_name campaign_source campaign_term campaign_content",
        "yclid ysclid ymclid yrclid ybaip _openstat openstat etext",  # Yandex and its neighbors
        "twclid ttclid msclkid li_fat_id epik ref_src ref_url __twitter_impression",  # Twitter, TikTok, Bing, LinkedIn
        "mc_cid mc_eid mc_tc mkt_tok sc_cid s_cid _bhlid vero_id vero_conv oly_anon_id oly_enc_id rb_clickid",  # mail
        "_hsenc _hsmi __hssc __hstc __hsfp hsctatracking wickedid _branch_match_id _branch_referrer __readwiselocation",
        "cmpid wt_mc xtor ftag guccounter guce_referrer guce_referrer_sig soc_src soc_trk smid smtyp",  # publishers
    )
    for name in names.split()
)
_TRACKER_PREFIXES = (
    *("utm_", "at_campaign", "at_medium", "at_custom", "at_link", "pk_campaign", "pk_kwd", "mtm_", "hsa_", "itm_"),
    "hmb_",
)
_ORIGINS = frozenset(
    {"from", "ref", "referer", "referrer", "referral", "source", "src", "via", "origin", "partner", "medium", "feed"}
    | {"campaign", "cmp", "cid", "ocid", "ncid"},
)
"""Names that mean something else too: trackers only where the value says that the reader came from the feed."""

_FROM_FEED = re.compile(r"(?:rss(?:feed|news)?|atom|feeds?)(?:[\W\d_].*)?", re.DOTALL | re.IGNORECASE)
_MARKS_OF_FEED = frozenset({"1", "true", "yes", "on"})

_NOWHERE = frozenset({"top", "comments", "respond", "disqus_thread", "content", "main"})
"""Anchors of the article itself, or of what is said below it."""

_LONGEST_ANCHOR = 300
_LONGEST = 2000
"""Characters. Indexes of databases refuse longer ones, and browsers and servers not much longer ones."""


def web_address(url: str, base: str = "", *, anchors: bool = False) -> str:
    """`url` as an absolute http(s) address, resolved against `base`; "" when it is none.

    One with credentials is none: `https://known.example@other.example/` leads elsewhere than a reader would think.

    Of fragments those stay that are a page of their own (`#!/route`) and, with `anchors`, those that lead to a place
    in the page (`#post-12`).
    """
    written = url.strip()
    if not written:
        return ""  # a missing link is not one to the base
    try:
        found = URL(written)
        if base and not found.scheme:  # `//host/path` too, which yarl holds to be absolute
            if written[:4].lower() == "www.":  # no page is called so, and many addresses are written so
                found = URL(f"//{written}")
            found = URL(base).join(found)
        if found.scheme not in {"http", "https"} or not found.host or "@" in found.raw_authority:
            return ""
        if "#" in written and not _is_route(found.raw_fragment):
            found = found.with_fragment((_anchor(found.fragment) if anchors else "") or None)
        absolute = str(found)
        return absolute if len(absolute) <= _LONGEST else ""
    except ValueError:
        return ""


def without_trackers(url: str) -> str:
    """The address without what campaigns and feeds add to it; other parameters stay, in order."""
    parsed = URL(url)
    kept = [(name, value) for name, value in parsed.query.items() if not _tracks(name, value)]
    return str(parsed if len(kept) == len(parsed.query) else parsed.with_query(kept or None))


def article_key(url: str) -> str:
    """One text for all addresses of one article, to be compared and never to be opened.

    Scheme, `www.` and `m.`, a default port, trackers, the order of parameters and a closing slash make no difference; a
    route (`#!/route`) does, and an anchor that leads to a place in the page, as release notes and live reports have it.
    """
    parsed = URL(url)
    host = (parsed.host or "").removeprefix("www.").removeprefix("m.")
    port = "" if parsed.is_default_port() or parsed.port is None else f":{parsed.port}"
    query = "&".join(
        sorted(f"{name}={value}" for name, value in parsed.query.items() if not _tracks(name, value)),
    )
    place = parsed.fragment.rstrip("/") if _is_route(parsed.raw_fragment) else _anchor(parsed.fragment)
    return f"{host}{port}{parsed.path.rstrip('/')}" + (f"?{query}" if query else "") + (f"#{place}" if place else "")


def is_place(url: str) -> bool:
    """Whether the address leads to a place in a page, which is then of several articles."""
    parsed = URL(url)
    return not _is_route(parsed.raw_fragment) and bool(_anchor(parsed.fragment))


def same_page(one: str, other: str) -> bool:
    """Whether two absolute addresses differ at most by an anchor."""
    return one == other or web_address(one) == web_address(other)


def _is_route(fragment: str) -> bool:
    """A fragment that names a page, for scripts to fetch (Google's scheme of 2009 for what it was to index)."""
    return fragment.startswith("!") and len(fragment) > 1


def _anchor(fragment: str) -> str:
    """`fragment` as far as it leads to a place in the page, "" when it only says where the reader came from."""
    written = fragment.partition(":~:")[0]  # words to highlight: https://wicg.github.io/scroll-to-text-fragment/
    if len(written) > _LONGEST_ANCHOR or written.casefold() in _NOWHERE or _FROM_FEED.fullmatch(written):
        return ""
    return "&".join(part for part in written.split("&") if not _tracks(*part.partition("=")[::2]))


def _tracks(name: str, value: str) -> bool:
    lowered = name.casefold()
    if lowered in _TRACKERS or lowered.startswith(_TRACKER_PREFIXES):
        return True
    if lowered == "rss":
        return value.casefold() in _MARKS_OF_FEED
    return lowered in _ORIGINS and _FROM_FEED.fullmatch(value) is not None


_AUTHORITY = re.compile(r"https?://[^/?#\s\\]+(?=[/?#]|\Z)")
"""All of an address that says whose it is."""


@lru_cache(maxsize=10_000)
def _site(host: str) -> str:
    found: str | None = get_fld(host, fail_silently=True, fix_protocol=True, search_private=True)
    return found or host


def site(url: str) -> str:
    """The name under which the site's owner registered it: of `https://sport.news.example.co.uk/x`, `example.co.uk`.

    By the list of public suffixes (publicsuffix.org) as its library carries it; a host that stands on none is its own
    site. "" for an address without a host.
    """
    found = _AUTHORITY.match(url)
    return _site_of(found[0] if found else url)


@lru_cache(maxsize=10_000)  # thousands of articles at a time are of a few hundred sites
def _site_of(url: str) -> str:
    try:
        return _site(URL(url).host or "")
    except ValueError:
        return ""
