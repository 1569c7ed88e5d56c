"""Sites whose feeds stand at addresses that can be told from the address of a page. Pure."""

import re
from urllib.parse import urlsplit

_YOUTUBE = "https://www.youtube.com/feeds/videos.xml?"
_NAME = r"[\w.-]+"

# Host, path with query, addresses of its feeds; the first that fits counts. No addresses: only the page can tell.
_SITES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (r"(?:www\.|m\.)?youtube\.com", r"/channel/(UC[\w-]{22})\b.*", (_YOUTUBE + "channel_id={0}",)),
    (r"(?:www\.|m\.)?youtube\.com", r"/user/([\w.-]+).*", (_YOUTUBE + "user={0}",)),
    (r"(?:www\.|m\.)?youtube\.com", r"/playlist\?(?:.*&)?list=([\w-]+).*", (_YOUTUBE + "playlist_id={0}",)),
    (r"(?:www\.|m\.)?youtube\.com|youtu\.be", r"/.*", ()),
    (
        r"(?:www\.)?github\.com",
        rf"/({_NAME})/({_NAME}?)(?:\.git)?(?:/.*)?",
        tuple(f"https://github.com/{{0}}/{{1}}/{kind}.atom" for kind in ("releases", "commits", "tags")),
    ),
    (r"(?:www\.)?github\.com", rf"/({_NAME})/?", ("https://github.com/{0}.atom",)),
    (
        r"gitlab\.com",
        rf"/({_NAME}(?:/{_NAME})+?)(?:/-/.*)?/?",
        ("https://gitlab.com/{0}/-/releases.atom", "https://gitlab.com/{0}/-/tags?format=atom"),
    ),
    (
        r"(?:www\.|old\.|new\.|m\.)?reddit\.com",
        r"/(r|u|user)/([\w+-]+)(?:/.*)?",
        ("https://www.reddit.com/{0}/{1}/.rss",),
    ),
    (r"(?:www\.)?medium\.com", rf"/(@?{_NAME})(?:/.*)?", ("https://medium.com/feed/{0}",)),
    (r"[\w-]+\.medium\.com", r"/.*", ("/feed",)),
    (r"[\w-]+\.substack\.com", r"/.*", ("/feed",)),
    (r"(?:www\.)?(?:t|telegram)\.me", r"/.*", ()),  # channels of Telegram have no feeds
    (r"bsky\.app", rf"/profile/({_NAME}).*", ("https://bsky.app/profile/{0}/rss",)),
)
_MASTODON = re.compile(rf"/(@{_NAME})/?", re.ASCII)

_CHANNEL = tuple(
    re.compile(pattern)
    for pattern in (
        rb'<link rel="canonical" href="https://www\.youtube\.com/channel/(UC[\w-]{22})"',
        rb'itemprop="(?:identifier|channelId)" content="(UC[\w-]{22})"',
        rb'"externalId":"(UC[\w-]{22})"',
        rb'"channelId":"(UC[\w-]{22})"',
    )
)


def feeds_of_site(url: str) -> tuple[str, ...] | None:
    """Feeds that go with the page at `url`; None when its site is none that we know."""
    page = urlsplit(url)
    wanted = page.path + (f"?{page.query}" if page.query else "")
    for host, path, feeds in _SITES:
        if re.fullmatch(host, page.hostname or "") and (found := re.fullmatch(path, wanted or "/")):
            root = f"{page.scheme}://{page.netloc}"
            filled = (feed.format(*found.groups()) for feed in feeds)
            return tuple(feed if "://" in feed else root + feed for feed in filled)
    return None


def feeds_of_page(url: str, body: bytes) -> tuple[str, ...]:
    """Feeds that only the page gives away: of a YouTube handle, of a profile on any server of Mastodon's kind."""
    page = urlsplit(url)
    if re.fullmatch(_SITES[0][0], page.hostname or ""):
        channel = next((found[1].decode() for sign in _CHANNEL if (found := sign.search(body))), "")
        return (f"{_YOUTUBE}channel_id={channel}",) if channel else ()
    profile = _MASTODON.fullmatch(page.path)
    return (f"{page.scheme}://{page.netloc}/{profile[1]}.rss",) if profile and feeds_of_site(url) is None else ()
