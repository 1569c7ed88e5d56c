"""A sheet for reading: our summaries of real articles, marked where they stand. `make read` writes it.

Articles belong to their publishers: the sheet is for the eyes of whoever made it, and is not kept in the repository.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from rich.console import Console

from digests.model import Article, Summary
from digests.summarize.engines import summarizer
from digests.summarize.verify import proved
from tests.bench.conftest import SHARED
from tests.bench.news import article

ARTICLES = 40  # a language
SENTENCES = 3
_LONGEST = 8_000  # characters: more is not read to the end
_SHORTEST = 600
_KAZAKH = Path(__file__).parent / "data" / "kk_articles.jsonl"
_STYLE = """
:root { color-scheme: light dark; --mark: #ffe58a; --quiet: #667; --line: #8884; }
@media (prefers-color-scheme: dark) { :root { --mark: #6b5500; --quiet: #9aa; } }
body { font: 16px/1.55 system-ui, sans-serif; max-width: 78rem; margin: 2rem auto; padding: 0 1rem; }
article { display: grid; grid-template-columns: 2fr 3fr; gap: 2rem; padding: 1.2rem 0; }
article { border-top: 1px solid var(--line); }
h1 small, h2 small, footer { color: var(--quiet); font-weight: normal; }
h3 { grid-column: 1 / -1; margin: 0; } h3 a { color: inherit; }
mark { background: var(--mark); color: inherit; border-radius: .2em; }
.text { font-size: .85rem; color: var(--quiet); max-height: 22rem; overflow: auto; white-space: pre-line; }
.text mark { color: CanvasText; } ol { margin: 0; padding-left: 1.2rem; } li { margin-bottom: .5rem; }
@media (max-width: 50rem) { article { grid-template-columns: 1fr; } }
"""


@dataclass(frozen=True)
class Read:
    """One article and what we make of it."""

    article: Article
    summary: Summary


def sources(language: str) -> Iterator[Article]:
    """The articles of a language, spread over the whole of its set; nothing when the set is not there."""
    if language == "kk":
        for line in _KAZAKH.read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            yield article("\n\n".join(" ".join(paragraph) for paragraph in one["paragraphs"]), one["title"], "kk")
        return
    found = SHARED / "corpora" / "articles" / f"{language}.jsonl"
    if not found.is_file():
        return
    lines = [json.loads(line) for line in found.read_text(encoding="utf-8").splitlines()]
    fit = [one for one in lines if _SHORTEST <= len(one["text"]) <= _LONGEST]
    step = max(1, len(fit) // ARTICLES)
    for one in fit[::step][:ARTICLES]:
        yield article(one["text"], one["title"], language, url=one["id"])


def read(language: str, *, engine: str = "news") -> list[Read]:
    """The articles of a language with their summaries."""
    return [
        Read(one, proved(summarizer(engine).summarize(one, sentences=SENTENCES), one, count=SENTENCES))
        for one in sources(language)
    ]


def page(read_by_language: dict[str, list[Read]]) -> str:
    """The sheet as one HTML file that needs nothing else."""
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Summaries to read</title><style>{_STYLE}</style></head><body>",
        f"<h1>Summaries to read <small>{sum(map(len, read_by_language.values()))} articles</small></h1>",
    ]
    for language, every in read_by_language.items():
        parts.append(f"<h2>{language} <small>{len(every)} articles</small></h2>")
        parts += [_card(number, one, language) for number, one in enumerate(every, 1)]
    parts.append("<footer>Each sentence of a summary is marked where it stands in its article.</footer></body></html>")
    return "\n".join(parts)


def _card(number: int, one: Read, language: str) -> str:
    title = escape(one.article.title)
    if one.article.url.startswith(("http://", "https://")):
        title = f'<a href="{escape(one.article.url)}">{title}</a>'
    chosen = "".join(f"<li>{escape(sentence.text)}</li>" for sentence in one.summary.sentences)
    return (
        f'<article lang="{language}"><h3><small>{number}</small> {title}</h3>'
        f'<ol>{chosen}</ol><div class="text">{_marked(one)}</div></article>'
    )


def _marked(one: Read) -> str:
    """The text with the chosen sentences marked, by their offsets."""
    text, at, parts = one.article.text, 0, []
    for sentence in one.summary.sentences:
        parts += [escape(text[at : sentence.start]), f"<mark>{escape(text[sentence.start : sentence.end])}</mark>"]
        at = sentence.end
    return "".join([*parts, escape(text[at:])])


def main(target: Path) -> int:
    """Writes the sheet; 1 when nothing was there to read."""
    screen = Console(soft_wrap=True)
    made = {language: read(language) for language in ("en", "ru", "kk")}
    for language, every in made.items():
        if not every:
            screen.print(
                f"{language}: no articles: put corpora/articles/{language}.jsonl into {SHARED.name}/ "
                "beside the checkout, or set SHARED_DIR"
            )
        elif len(every) < ARTICLES:
            screen.print(f"{language}: only {len(every)} articles are there, rather than {ARTICLES}")
    target.write_text(page(made), encoding="utf-8")
    screen.print(f"{sum(map(len, made.values()))} summaries to read: {target}")
    return 0 if any(made.values()) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "summaries.html")))
