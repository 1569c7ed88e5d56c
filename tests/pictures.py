"""Pictures of the product for the README: `python -m tests.pictures docs/pictures`, or `make screenshots`.

The rehearsal's newsroom, sandbox Telegram and bot play a short conversation at a fixed moment, and a headless Chromium
on a phone's screen looks at the chat page, once by day and once by night. Needs Chromium and its driver
(`apt-get install chromium chromium-driver fonts-noto-core fonts-noto-color-emoji` on Debian).
"""

import asyncio
import io
import logging
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.wait import WebDriverWait

from bot.app import running
from bot.demo import ADMIN_ID, FastClock, stage
from bot.sandbox import Message, Person

WIDTH, HEIGHT, DENSITY = 390, 1188, 2
"""Of the screen in CSS pixels: a phone's width, and the height of a digest; and device pixels in each of them."""

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
ZONE = "Asia/Almaty"

COLORS = 128
"""Of the files: all that the page has, with the steps between letters and their ground."""

LARGEST = 200_000
"""Bytes of a picture."""

DRAFT = "/topic draft Wildlife\nwords: flamingo, camel, фламинго, верблюд, қоқиқаз*\nru: Живая природа"

LOOK = """
const shown = document.querySelector('.message:last-child');
if (!shown?.textContent.trim()) return false;
const scroller = document.getElementById('scroller');
document.getElementById('to-end').style.visibility = 'hidden';
scroller.scrollTop += shown.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 3;
return true;
"""
"""Brings the last message to the top of the screen; false while there is none."""


async def main(folder: Path) -> None:
    """Raises TimeoutError where the bot does not answer, and OSError without a browser."""
    with tempfile.TemporaryDirectory(prefix="newsdigest-pictures-") as data:
        async with stage(Path(data), FastClock(NOW, 0)) as (sandbox, _, bot, settings):
            await bot.services.gatherer.gather()
            async with running(bot, settings):
                reader = sandbox.person("Aigerim", language="en")
                await joined(reader, "Science", "Environment")
                await said(reader, "/digest")
                admin = sandbox.person("Daniyar", language="en", user_id=ADMIN_ID)
                await said(admin, "/start")
                await said(admin, DRAFT)
                for name, person in (("digest", reader), ("workbench", admin)):
                    await asyncio.to_thread(take, folder, name, f"{sandbox.url}/#{person.id}")


async def said(person: Person, text: str) -> Message:
    """What the bot answers to a text."""
    await person.send(text)
    return await person.next_message(timeout=60)


async def joined(person: Person, *topics: str) -> None:
    """Press the buttons of somebody who joins."""
    await said(person, "/start")
    for label in (*topics, "Next", "07", "Next", "Almaty", "Next", "Done"):
        await person.press(label)
        await person.next_message(timeout=60)


def take(folder: Path, name: str, address: str) -> None:
    """Two files of what the page at `address` shows."""
    for shade in ("light", "dark"):
        with browser(shade) as one:
            one.get(address)
            WebDriverWait(one, 30).until(lambda opened: opened.execute_script(LOOK))
            picture = Image.open(io.BytesIO(one.get_screenshot_as_png())).convert("RGB")
        path = folder / f"{name}-{shade}.png"
        picture.quantize(COLORS, dither=Image.Dither.NONE).save(path, optimize=True)
        size = path.stat().st_size
        sys.stdout.write(f"{path}: {picture.width} x {picture.height}, {size / 1024:.0f} KiB\n")
        if size > LARGEST:
            raise ValueError(f"{path} has more than {LARGEST} bytes")


@contextmanager
def browser(shade: str) -> Iterator[webdriver.Chrome]:
    """A headless Chromium with a phone's width in Almaty that prefers light or dark pages."""
    options = Options()
    options.binary_location = found("chromium", "chromium-browser", "google-chrome")
    for word in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--font-render-hinting=none",
    ):
        options.add_argument(word)
    metrics = {"width": WIDTH, "height": HEIGHT, "pixelRatio": DENSITY}
    options.add_experimental_option("mobileEmulation", {"deviceMetrics": metrics})
    one = webdriver.Chrome(options=options, service=Service(found("chromedriver")))
    try:
        one.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": ZONE})
        preferred = [{"name": "prefers-color-scheme", "value": shade}]
        one.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": preferred})
        yield one
    finally:
        one.quit()


def found(*names: str) -> str:
    """The path of the first of these programs that is here."""
    for name in names:
        if path := shutil.which(name):
            return path
    raise FileNotFoundError(f"{names[0]} is not installed; see the head of {Path(__file__).name}")


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    asyncio.run(main(Path(sys.argv[1])))
