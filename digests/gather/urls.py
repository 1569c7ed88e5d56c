"""Addresses: which ones we take, and which two are the same article. Pure."""

from yarl import URL

_TRACKERS = frozenset(
    {"fbclid", "gclid", "yclid", "ysclid", "dclid", "msclkid", "twclid", "igshid", "mc_cid", "mc_eid", "_openstat"}
    | {"openstat", "ref_src", "cmpid", "wt_mc", "wickedid", "_hsenc", "_hsmi", "vero_id", "oly_anon_id", "oly_enc_id"},
)
_TRACKER_PREFIXES = ("utm_", "at_campaign", "at_medium", "at_custom", "pk_campaign", "pk_kwd", "mtm_", "hsa_")


def web_address(url: str, base: str = "") -> str:
    """`url` as an absolute http(s) address, resolved against `base`; "" when it is none. A fragment is dropped."""
    written = url.strip()
    if not written:
        return ""  # a missing link is not one to the base
    try:
        found = URL(written)
        if base and not found.scheme:  # `//host/path` too, which yarl holds to be absolute
            found = URL(base).join(found)
        fit = found.scheme in {"http", "https"} and bool(found.host)
    except ValueError:
        return ""
    return str(found.with_fragment(None)) if fit else ""


def without_trackers(url: str) -> str:
    """The address without what campaigns add to it; other parameters stay, in order."""
    parsed = URL(url)
    kept = [(name, value) for name, value in parsed.query.items() if not _tracks(name)]
    return str(parsed if len(kept) == len(parsed.query) else parsed.with_query(kept or None))


def article_key(url: str) -> str:
    """One text for all addresses of one article, to be compared and never to be opened.

    Scheme, `www.` and `m.`, a default port, trackers, the order of parameters, a closing slash and a fragment make no
    difference.
    """
    parsed = URL(url)
    host = (parsed.host or "").removeprefix("www.").removeprefix("m.")
    port = "" if parsed.is_default_port() or parsed.port is None else f":{parsed.port}"
    query = "&".join(sorted(f"{name}={value}" for name, value in parsed.query.items() if not _tracks(name)))
    return f"{host}{port}{parsed.path.rstrip('/')}" + (f"?{query}" if query else "")


def _tracks(name: str) -> bool:
    lowered = name.casefold()
    return lowered in _TRACKERS or lowered.startswith(_TRACKER_PREFIXES)
