"""Pages of guards that stand before sites and check for browsers: to be told apart from the sites themselves. Pure.

The headers are the guards' own, as their documentation names them: Cloudflare's `cf-mitigated` (its page "Detecting a
challenge page response"), AWS WAF's `x-amzn-waf-action`, DataDome's `x-datadome`. The signs in pages are addresses and
names that a guard's own scripts need.
"""

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
_MOST_WORDS = 20_000
"""Bytes: a page that is longer has more to say than that it is checking, whatever scripts it loads besides."""


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
    if status not in GUARDED and len(start) > _MOST_WORDS:
        return False
    lowered = start.lower()
    return any(sign in lowered for sign in _SIGNS)
