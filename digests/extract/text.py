"""Plain text -> page: pasted, forwarded, or scraped from a page together with the furniture around the article."""

import re
import unicodedata

from digests.errors import UnreadablePageError
from digests.extract.copied import article_part, is_sentence, without_boxes
from digests.extract.dates import published_in_line
from digests.extract.furniture import citation_wish, is_furniture, is_label, without_furniture
from digests.language.identify import identify
from digests.language.words import words
from digests.model import Page, Published

_HEAD = 8  # lines among which the headline and the date are looked for
_BODY_WORDS = 8  # a line this long that ends like a sentence is one
_TITLE_WORDS = (2, 30)
_TITLE_LENGTH = 200
_PAGE_HEAD = 25  # lines above the article of a copied page among which its headline stands
_TELLING = 4  # letters of a word that tells what a text is about
_LEAST_SHARED = 0.5  # of the telling words of a headline
_ENDS = (".", "!", "?", "…", ":", ";", ",")
_BYLINE = re.compile(r"(?:by|автор|автор текста|авторы|авторлар|мәтін авторы|text|von|par|por)\s*:?\s+", re.IGNORECASE)
_BYLINE_WORDS = 6
_SIGNS = re.compile(r"^[^\w«“„\"'(\[#$€£₸₽%+\-—–]+")  # emoji and bullets before a headline
_BLANKS = re.compile(r"[^\S\n]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_UNREADABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_MOST_UNREADABLE = 0.02  # of the characters: more is a picture, or an archive, or a text in an unknown encoding
_WRAPPED = range(45, 100)  # lengths of lines that a mail program broke


def clean(text: str) -> str:
    """`text` in NFC with line feeds and single blanks, without anything invisible."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", _CONTROL.sub("", text.replace("\u00ad", ""))))


def lines_of(text: str) -> list[str]:
    """The paragraphs of a cleaned `text`: the lines that are not blank, those of a hard-wrapped paragraph as one."""
    lines: list[str] = []
    for block in re.split(r"\n\s*\n", text):
        rows = [row.strip() for row in block.split("\n") if row.strip()]
        wrapped = len(rows) > 2 and all(len(row) in _WRAPPED and row[-1] not in _ENDS[:3] for row in rows[:2])  # noqa: PLR2004
        lines.extend([" ".join(rows)] if wrapped and all(len(row) < _WRAPPED.stop for row in rows) else rows)
    return lines


def read_text(text: str, *, url: str = "") -> Page:
    """The article in `text`: its headline, date and byline recognised, the furniture at its edges dropped.

    title: "" when the text begins without a headline.

    Raises:
        UnreadablePageError: nothing but furniture, or no text at all.
    """
    if len(_UNREADABLE.findall(text)) > _MOST_UNREADABLE * len(text):
        raise UnreadablePageError("no text")
    lines = lines_of(clean(text))
    part = article_part(lines)
    if part is None:
        title, author, published, body = _parted(lines)
        body = without_furniture(body)
    else:
        start, end = part
        above = lines[max(0, start - _PAGE_HEAD) : start]
        title_at, title, author, published = _head_of_page(above, lines[start:end])
        # A box between headline and text, or between its first paragraphs and the rest, may have parted them.
        body = without_furniture(without_boxes([*above[title_at + 1 :], *lines[start:end]]))
    if title and not body:
        title, body = "", [title]  # a headline alone is a text of one line
    whole = "\n\n".join(body)
    if not any(letter.isalnum() for letter in whole):
        raise UnreadablePageError("no words besides furniture")
    return Page(
        url=url,
        title=title,
        text=whole,
        author=author,
        published=published,
        language=identify(f"{title}\n{whole}"),
        image_url="",
        publisher="",
        citation=citation_wish(lines),
    )


def _parted(lines: list[str]) -> tuple[str, str, Published | None, list[str]]:
    """Headline, author, date and the rest."""
    author, published, dated_after = "", None, -1
    head: list[str] = []
    at = 0
    for at, line in enumerate(lines[:_HEAD]):
        found = published_in_line(line)
        if found:
            published, dated_after = published or found, len(head) if dated_after < 0 else dated_after
        elif byline := _author(line):
            author = author or byline
        elif _is_body(line) and not _is_date(lines, at + 1):
            break
        elif not is_furniture(line):
            head.append(line)
    else:
        at = min(len(lines), _HEAD)
    title_at = _title_at(head, dated_after)
    if title_at is None:
        return "", author, published, head + lines[at:]
    title = _SIGNS.sub("", head[title_at])
    return title, author, published, head[title_at + 1 :] + lines[at:]


def _head_of_page(lines: list[str], body: list[str]) -> tuple[int, str, str, Published | None]:
    """Where the headline is among the lines above the article of a copied page; the headline, author and date.

    The headline says what the article says: of the lines that share most of their words with it, the one with most.
    """
    near = lines[-_HEAD:]
    published = next(filter(None, map(published_in_line, near)), None)
    author = next(filter(None, map(_author, near)), "")
    said = set(words("\n".join(line for line in (*lines, *body) if is_sentence(line))))
    fewest, most = _TITLE_WORDS
    title_at, best = len(lines) - 1, 0
    for at, line in enumerate(lines):
        own = {word for word in words(line) if len(word) >= _TELLING}
        shared = len(own & said)
        fits = fewest <= len(line.split()) <= most and len(line) <= _TITLE_LENGTH and not line.endswith(_ENDS[4:])
        if fits and shared >= max(best, _LEAST_SHARED * len(own), 1) and not (line.endswith(".") or is_furniture(line)):
            title_at, best = at, shared
    title = _SIGNS.sub("", lines[title_at]) if best else ""
    return title_at, title, author, published


def _is_date(lines: list[str], at: int) -> bool:
    return at < len(lines) and published_in_line(lines[at]) is not None


def _is_body(line: str) -> bool:
    return len(line) > _TITLE_LENGTH or (line.endswith((*_ENDS, "»", "”", '"')) and len(line.split()) >= _BODY_WORDS)


def _author(line: str) -> str:
    found = _BYLINE.match(line)
    name = line[found.end() :].strip() if found else ""
    return name if name[:1].isupper() and len(name.split()) <= _BYLINE_WORDS and is_label(line) else ""


def _title_at(head: list[str], dated_after: int) -> int | None:
    """Which line of `head` is the headline: the last before the date, else the first that is long enough for one."""
    fewest, most = _TITLE_WORDS
    fits = [at for at, line in enumerate(head) if fewest <= len(line.split()) <= most and line[-1] not in _ENDS[4:]]
    above_date = [at for at in fits if at < dated_after]
    if above_date:
        return above_date[-1]
    return next((at for at in fits if not head[at].endswith(".")), None)
