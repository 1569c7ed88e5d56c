import asyncio
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.errors import FetchTimeoutError, HttpStatusError, RobotsError, WorkerError
from digests.gather.robots import AGENT, CLOSED_FOR, REMEMBERED_FOR, Robots, allows
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
