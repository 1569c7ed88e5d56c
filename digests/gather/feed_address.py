"""Addresses of feeds: how they are written, and which two are one. Pure."""

from urllib.parse import parse_qsl, urlsplit

from digests.gather.urls import web_address

_SCHEME = "feed:"
"""Before an address, or in place of its scheme: what some sites write to open a reader of feeds."""


def feed_address(written: str, base: str = "") -> str:
    """`written` as an absolute http(s) address, resolved against `base`; "" when it is none."""
    written = written.strip()
    if written[: len(_SCHEME)].casefold() == _SCHEME:
        rest = written[len(_SCHEME) :]
        written = f"https:{rest}" if rest.startswith("//") else rest
    return web_address(written, base)


def typed_address(written: str) -> str:
    """The same of what a person typed, who may have left out https://."""
    return feed_address(written) or ("" if "://" in written else web_address(f"https://{written.strip()}"))


def feed_key(url: str) -> str:
    """One text for all addresses of one feed, to be compared and never to be opened.

    Scheme, `www.`, a default port, a closing slash, a fragment, the order of parameters and marks of campaigns make no
    difference. Other parameters do, also those that would only say where a reader of an article comes from.
    """
    parsed = urlsplit(url)
    host = (parsed.hostname or "").removeprefix("www.")
    port = "" if parsed.port in {None, 80, 443} else f":{parsed.port}"
    marks = sorted(one for one in parse_qsl(parsed.query, keep_blank_values=True) if not one[0].startswith("utm_"))
    query = "&".join(f"{name}={value}" for name, value in marks)
    return f"{host}{port}{parsed.path.rstrip('/')}" + (f"?{query}" if query else "")
