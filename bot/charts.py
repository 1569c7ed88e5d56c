"""Figures as a picture for a phone. Pure: for a worker, since drawing takes a second and its library is heavy."""

import io
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from digests.figures import Figures, feed_state

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, QUIET, GRID, PAPER = "#1d2b28", "#6b7a76", "#e4e9e7", "#fbfaf7"
GREEN, LIGHT, AMBER, RED, BLUE = "#0f6b5c", "#7cc4b5", "#d99a2b", "#b8433a", "#4a7fb5"

MOST_BARS = 12
"""Topics and feeds that are drawn; the rest are in the text and the CSV."""

WIDTH, DPI = 7.2, 150
"""Inches, and dots of one."""

_STATES = {"well": GREEN, "new": LIGHT, "failing": AMBER, "stopped": RED}
_HEAD, _GAP = 0.62, 0.42  # inches: a title with its legend, and what is below a drawing
_LEFT, _LEFT_OF_BARS, _RIGHT = 0.09, 0.36, 0.97  # shares of the width
_LONGEST_NAME = 26
_BEYOND_THE_FONT = 0x2000  # DejaVu has the alphabets up to there, and of what follows little that names have


def draw(figures: Figures, words: Mapping[str, str], language: str) -> bytes:
    """A PNG, 1080 pixels wide, of drawings one below the other. words: their titles and legends, by name."""
    import matplotlib as mpl  # noqa: PLC0415 - heavy

    mpl.use("Agg")
    from matplotlib.figure import Figure  # noqa: PLC0415 - heavy

    topics = sorted(figures.stories, key=lambda one: -one[1])[:MOST_BARS]
    feeds = sorted(figures.feeds, key=lambda one: -one.entries)[:MOST_BARS]
    heights = [2.4, 0.9, 1.6, _height(len(topics)), _height(len(feeds))]
    whole = sum(heights) + len(heights) * (_HEAD + _GAP)
    with mpl.rc_context({"font.family": "DejaVu Sans", "font.size": 11, "text.color": INK, "axes.labelcolor": QUIET}):
        figure = Figure(figsize=(WIDTH, whole), dpi=DPI, facecolor=PAPER)
        above, places = whole, []
        for number, height in enumerate(heights):
            left = _LEFT if number < 3 else _LEFT_OF_BARS  # noqa: PLR2004 - the last two have names
            bottom = above - _HEAD - height
            places.append(figure.add_axes((left, bottom / whole, _RIGHT - left, height / whole)))
            above = bottom - _GAP
        days, joined, delays, stories, entries = places
        _days(days, figures, words)
        _joined(joined, figures, words)
        _delays(delays, figures, words)
        names = [topic.name(language) for topic, _ in topics]
        _bars(stories, names, [count for _, count in topics], [GREEN] * len(topics), words["stories"])
        titles = [one.feed.name for one in feeds]
        colors = [_STATES[feed_state(one.feed)] for one in feeds]
        _bars(entries, titles, [one.entries for one in feeds], colors, words["feeds"])
        _legend(entries, {words[name]: color for name, color in _STATES.items()})
        out = io.BytesIO()
        figure.savefig(out, format="png")
        return out.getvalue()


def _height(bars: int) -> float:
    return 0.32 * max(1, bars)


def _style(axes: "Axes", title: str) -> None:
    """A title at the left edge of the picture, and no lines but what helps to read."""
    figure, box = axes.get_figure(), axes.get_position()
    assert figure is not None  # it was made on one
    inches = figure.get_size_inches()[1]  # type: ignore[union-attr]
    figure.text(0.03, box.y1 + 0.34 / inches, title, fontsize=13, fontweight="bold", va="bottom")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GRID)
    axes.tick_params(colors=QUIET, length=0)
    axes.set_facecolor(PAPER)
    axes.set_axisbelow(True)


def _legend(axes: "Axes", colors: Mapping[str, str]) -> None:
    """What the colors mean, below the title."""
    from matplotlib.patches import Patch  # noqa: PLC0415 - heavy

    figure, box = axes.get_figure(), axes.get_position()
    assert figure is not None  # it was made on one
    handles = [Patch(color=color, label=name) for name, color in colors.items()]
    inches = figure.get_size_inches()[1]  # type: ignore[union-attr]
    figure.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0.02, box.y1 + 0.36 / inches),
        ncols=len(handles),
        frameon=False,
        fontsize=9.5,
        handlelength=0.9,
        columnspacing=1.2,
        labelcolor=QUIET,
    )


def _by_day(axes: "Axes", figures: Figures) -> None:
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 - heavy

    step = max(1, -(-len(figures.days) // 7))
    ticks = range((len(figures.days) - 1) % step, len(figures.days), step)  # the last day has its date
    axes.set_xticks(list(ticks), [f"{figures.days[at].day}.{figures.days[at].month:02}." for at in ticks])
    axes.set_xlim(-0.6, len(figures.days) - 0.4)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.yaxis.grid(color=GRID, linewidth=0.8)


def _days(axes: "Axes", figures: Figures, words: Mapping[str, str]) -> None:
    """Editions, requests and notices of each day, one above the other."""
    kinds = {"editions": GREEN, "requests": LIGHT, "notices": AMBER}
    below = [0] * len(figures.days)
    for name, color in kinds.items():
        by_day: Mapping[date, int] = getattr(figures, name)
        counts = [by_day.get(day, 0) for day in figures.days]
        axes.bar(range(len(counts)), counts, 0.7, bottom=below, color=color)
        below = [lower + count for lower, count in zip(below, counts, strict=True)]
    axes.set_ylim(0, max(1, *below) * 1.08)
    _by_day(axes, figures)
    _style(axes, words["days"])
    _legend(axes, {words[name]: color for name, color in kinds.items()})


def _joined(axes: "Axes", figures: Figures, words: Mapping[str, str]) -> None:
    counts = [figures.joined.get(day, 0) for day in figures.days]
    axes.bar(range(len(counts)), counts, 0.7, color=BLUE)
    axes.set_ylim(0, max(1, *counts) * 1.1)
    _by_day(axes, figures)
    _style(axes, words["joined"])


def _delays(axes: "Axes", figures: Figures, words: Mapping[str, str]) -> None:
    """Which share of the editions was handed over within so many seconds."""
    _style(axes, words["delays"])
    if not figures.delays:
        axes.text(0.5, 0.5, words["none"], ha="center", va="center", color=QUIET, transform=axes.transAxes)
        axes.set_xticks([])
        axes.set_yticks([])
        return
    shares = [(number + 1) / len(figures.delays) * 100 for number in range(len(figures.delays))]
    seconds = [0.0, *figures.delays]
    axes.step(seconds, [0.0, *shares], where="post", color=GREEN, linewidth=2)
    axes.fill_between(seconds, [0.0, *shares], step="post", color=LIGHT, alpha=0.35, linewidth=0)
    axes.set_xlim(0, max(2.0, figures.delays[-1]))
    axes.set_ylim(0, 104)
    axes.set_yticks([0, 50, 100], ["0 %", "50 %", "100 %"])
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g} {words['seconds']}")
    axes.yaxis.grid(color=GRID, linewidth=0.8)


def _bars(axes: "Axes", names: Sequence[str], counts: Sequence[int], colors: Sequence[str], title: str) -> None:
    """A bar for each name, the first on top, with its number behind it."""
    _style(axes, title)
    places = range(len(names))
    axes.barh(places, counts, 0.62, color=list(colors))
    # A dollar sign would begin a formula.
    axes.set_yticks(list(places), [_short(name).replace("$", r"\$") for name in names], color=INK)
    axes.set_ylim(max(1, len(names)) - 0.5, -0.5)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    most = max([*counts, 1])
    axes.set_xlim(0, most * 1.12)
    for place, count in zip(places, counts, strict=True):
        axes.text(count + most * 0.012, place, f"{count}", va="center", color=QUIET, fontsize=10)


def _short(name: str) -> str:
    """Without pictures and what else the font has no letters for."""
    shown = "".join(one for one in name if ord(one) < _BEYOND_THE_FONT and unicodedata.category(one)[0] != "C")
    name = " ".join(shown.split()) or "…"
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
