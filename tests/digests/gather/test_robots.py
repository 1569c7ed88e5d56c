import asyncio
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.errors import FetchTimeoutError, HttpStatusError, RobotsError, WorkerError
from digests.gather import robots as robots_txt
from digests.gather.robots import AGENT, CLOSED_FOR, MAX_BYTES, REMEMBERED_FOR, Robots, allows
from fakes import FakeFetcher, InlineWorker

SITE = "https://paper.example"
FILE = f"{SITE}/robots.txt"
PAGE = f"{SITE}/news/1"


@pytest.fixture
def web():
    return FakeFetcher()


@pytest.fixture
def robots(web, clock):
    return Robots(web, InlineWorker(), clock)


async def is_open(robots, url=PAGE):
    try:
        await robots.check(url)
    except RobotsError:
        return False
    return True


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        pytest.param("User-agent: *\nDisallow: /private/", True, id="another part of the site"),
        pytest.param("User-agent: *\nDisallow: /news/", False, id="this part"),
        pytest.param("User-agent: *\nDisallow: /\nAllow: /news/", True, id="the longest rule counts"),
        pytest.param("User-agent: *\nDisallow: /*/1$", False, id="a pattern"),
        pytest.param("User-agent: *\nDisallow:", True, id="an empty rule forbids nothing"),
        pytest.param("User-agent: OtherBot\nDisallow: /", True, id="another program"),
        pytest.param(f"User-agent: {AGENT}\nDisallow: /\n\nUser-agent: *\nAllow: /", False, id="us by name"),
        pytest.param(f"user-agent: {AGENT.lower()}\ndisallow: /", False, id="in any case of letters"),
        pytest.param(f"User-agent: {AGENT}/2\nDisallow: /", False, id="us with a version"),
        pytest.param(f"User-agent: {AGENT} # the digest\nDisallow: /", False, id="us and a remark"),
        pytest.param(f"User-agent {AGENT}/2.1 (news)\nDisallow: /", False, id="us without a colon"),
        pytest.param("User-agent: News\nDisallow: /", True, id="the beginning of our name"),
        pytest.param("User-agent: n\nDisallow: /", True, id="a letter of our name"),
        pytest.param("User-agent: NewsDigest*\nDisallow: /", True, id="a pattern of names, which are none"),
        pytest.param(f"User-agent: {AGENT}-Video\nDisallow: /", True, id="a longer name"),
        pytest.param(f"User-agent: Other/1 {AGENT}\nDisallow: /", True, id="another that mentions us"),
        pytest.param(f"User-agent: Other\nUser-agent: {AGENT}/1\nDisallow: /", False, id="us and another"),
        pytest.param("User-agent: Other\nDisallow: /\n\nUser-agent: *\nDisallow: /a", True, id="all but another"),
        pytest.param(f"User-agent: x\rUser-agent: {AGENT}/1\rDisallow: /", False, id="line ends of Macintoshes"),
        pytest.param("User-agent: * (all)\nDisallow: /", False, id="everyone, and a word besides"),
        pytest.param("User-agent:\nDisallow: /", True, id="nobody"),
        pytest.param("\ufeffUser-agent: *\nDisallow: /", False, id="a mark of the byte order before all"),
        pytest.param("User-agent: *\r\nDisallow: /\r\n", False, id="line ends of Windows"),
        pytest.param("<html>404</html>", True, id="a page instead"),
        pytest.param("", True, id="an empty file"),
    ],
)
async def test_rules_are_those_of_rfc_9309(web, robots, rules, allowed):
    web.bodies[FILE] = rules.encode()
    assert await is_open(robots) == allowed


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [
        pytest.param(HttpStatusError(404), True, id="none there"),
        pytest.param(HttpStatusError(403), True, id="not for us"),
        pytest.param(HttpStatusError(429), True, id="too many questions"),
        pytest.param(HttpStatusError(503), False, id="out of order"),
        pytest.param(FetchTimeoutError(), False, id="no answer"),
    ],
)
async def test_a_site_that_cannot_say_is_open_only_when_the_fault_is_ours(web, robots, answer, allowed):
    web.bodies[FILE] = answer
    assert await is_open(robots) == allowed


@pytest.mark.parametrize(
    ("last", "allowed"),
    [
        pytest.param(b"Disallow: /", True, id="half a line"),
        pytest.param(b"Disallow: /\n", False, id="a whole one"),
        pytest.param(b"Disallow: /\r", False, id="a whole one, as Macintoshes wrote it"),
    ],
)
async def test_of_a_file_without_end_the_whole_lines_are_read(web, robots, last, allowed):
    rules = b"User-agent: *\nDisallow: /private/\n"
    web.bodies[FILE] = rules + b"#" * (MAX_BYTES - len(rules) - len(last) - 1) + b"\n" + last
    assert await is_open(robots) == allowed
    assert not await is_open(robots, f"{SITE}/private/1")


async def test_a_site_that_drags_on_cannot_say(web, clock, monkeypatch):
    class Slow(FakeFetcher):
        async def get(self, url, *args, **options):
            await asyncio.sleep(3600)

    monkeypatch.setattr(robots_txt, "ANSWERS_WITHIN", timedelta(seconds=0.05))
    assert not await asyncio.wait_for(is_open(Robots(Slow(), InlineWorker(), clock)), 5)


async def test_a_site_is_asked_once_a_day(web, robots, clock):
    web.bodies[FILE] = b"User-agent: *\nDisallow: /private/"
    for path in ("/news/1", "/news/2", "/private/3"):
        await is_open(robots, SITE + path)
    assert web.count(FILE) == 1
    clock.now += REMEMBERED_FOR + timedelta(seconds=1)
    await is_open(robots)
    assert web.count(FILE) == 2


async def test_who_asks_at_the_same_time_asks_together(web, robots):
    web.bodies[FILE] = b"User-agent: *\nDisallow: /private/"
    assert await asyncio.gather(*(is_open(robots, f"{SITE}/{number}") for number in range(9))) == [True] * 9
    assert web.count(FILE) == 1


async def test_a_site_out_of_order_is_asked_again_soon(web, robots, clock):
    web.bodies[FILE] = HttpStatusError(500)
    assert not await is_open(robots)
    web.bodies[FILE] = HttpStatusError(404)
    assert not await is_open(robots)
    clock.now += CLOSED_FOR + timedelta(seconds=1)
    assert await is_open(robots)


async def test_each_site_has_rules_of_its_own(web, robots):
    web.bodies |= {FILE: b"User-agent: *\nDisallow: /", "http://paper.example/robots.txt": b""}
    assert not await is_open(robots)
    assert await is_open(robots, "http://paper.example/news/1")
    assert await is_open(robots, "https://paper.example:8443/news/1")


async def test_rules_that_break_their_reader_close_the_site(web, clock):
    class Dead(InlineWorker):
        async def run(self, function, *args, **kwargs):
            raise WorkerError("killed")

    web.bodies[FILE] = b"User-agent: *\nDisallow: /private/"
    assert not await is_open(Robots(web, Dead(), clock))


@given(st.binary(max_size=300), st.text(max_size=30))
def test_no_file_breaks_the_reader(body, path):
    assert allows(b"User-agent: *\n" + body, f"{SITE}/{path}", AGENT) in (True, False)
