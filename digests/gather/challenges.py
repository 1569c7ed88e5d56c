"""Pages of guards that stand before sites and check for browsers: to be told apart from the sites themselves. Pure.

The headers are the guards' own, as their documentation names them: Cloudflare's `cf-mitigated` (its page "Detecting a
challenge page response"), AWS WAF's `x-amzn-waf-action`, DataDome's `x-datadome`. The signs in pages are addresses and
names that a guard's own scripts need.

Guards put scripts into the pages that they let pass, too: Cloudflare's JavaScript Detections, Imperva's and Amazon's
measure browsers there. Where the status is that of a success, such a script alone says nothing.
"""

import re
from collections.abc import Mapping

GUARDED = frozenset({401, 403, 405, 429, 503})
"""Statuses that guards answer with, where they do not pretend that all is well."""

SEEN = 65_536
"""Bytes of a page that are searched: guards' pages are short, and name themselves early."""

_SIGNS = (
    b"/cdn-cgi/challenge-platform/",
    b"cf-browser-verification",
    b"cf_chl_opt",
    b"_incapsula_resource",
    b"/.well-known/ddos-guard/",
    b"check.ddos-guard.net",
    b"geo.captcha-delivery.com",
    b"sucuri_cloudproxy_js",
    b"/.within.website/x/cmd/anubis/",
    b"token.awswaf.com",
    b"px-captcha",
    b"servicepipe.ru",
)
_ONLY_THERE = (
    (b"/cdn-cgi/challenge-platform/h/", b"_cf_chl_opt"),  # Cloudflare's challenge and the options it is run with
    (b"/.within.website/x/cmd/anubis/",),  # Anubis leaves the pages behind it alone
)
"""Signs that together stand in no page of a site."""

_TITLES = re.compile(
    rb"<title>\s*(?:just a moment|attention required! \| cloudflare|ddos-guard|checking your browser)",
)
_FEED = re.compile(rb"(?:\xef\xbb\xbf|\s|<!--(?>.*?-->))*+(?:<\?xml|<rss|<feed|<rdf|[{\[])", re.DOTALL)
_UNSEEN = re.compile(rb"<(script|style|noscript)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>", re.DOTALL)
_MOST_WORDS = 20_000
"""Bytes: a page that is longer has more to say than that it is checking, whatever scripts it loads besides."""

_FEW_WORDS = 400
"""Bytes of text: what a guard says in a page of its own, and no article."""


def is_challenge(status: int, headers: Mapping[str, str], start: bytes) -> bool:
    """Whether the answer is a guard's and not the site's.

    headers: by names of any case (as aiohttp has them). start: the first `SEEN` bytes of the body, or fewer.
    """
    if headers.get("cf-mitigated", "").lower() == "challenge":
        return True
    if headers.get("x-amzn-waf-action", "").lower() in {"challenge", "captcha"}:
        return True
    if status in GUARDED and "x-datadome" in headers:
        return True
    lowered = start.lower()
    signed = any(sign in lowered for sign in _SIGNS)
    return signed and (status in GUARDED or _checks_alone(lowered))


def _checks_alone(page: bytes) -> bool:
    """Whether a page with a guard's sign says nothing besides. page: in small letters."""
    if len(page) > _MOST_WORDS or _FEED.match(page):
        return False
    if _TITLES.search(page) or any(all(sign in page for sign in signs) for signs in _ONLY_THERE):
        return True
    return len(b" ".join(_UNSEEN.sub(b" ", page).split())) <= _FEW_WORDS
