"""Topics as admins write them in the chat. Pure.

    Space
    words: rocket, orbit*, "space station"
    must: NASA OR ESA
    not: horoscope
    languages: en, ru
    feeds: https://example.com/feed.xml
    ru: Космос
    about: Rockets and telescopes
    like: Moon lander sends first pictures
    dislike: Film about Mars wins a prize
    strictness: strict

The first line is the name, or when changing a topic its slug; every line after it is optional. Lines of examples can
stand there several times, each adds one; `like: -` takes all away.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.settings import LANGUAGES
from digests.curate.topics import slug_for
from digests.errors import InvalidTopicError
from digests.gather.urls import web_address
from digests.model import Strictness, Topic

_FIELDS = {
    "words": "words",
    "слова": "words",
    "сөздер": "words",
    "must": "must",
    "обязательно": "must",
    "міндетті": "must",
    "not": "exclude",
    "exclude": "exclude",
    "кроме": "exclude",
    "бұларсыз": "exclude",
    "languages": "languages",
    "языки": "languages",
    "тілдер": "languages",
    "feeds": "feeds",
    "feed": "feeds",
    "ленты": "feeds",
    "таспалар": "feeds",
    "about": "about",
    "о чём": "about",
    "туралы": "about",
    "name": "name",
    "название": "name",
    "атауы": "name",
    "slug": "slug",
    "like": "liked",
    "нравится": "liked",
    "ұнайды": "liked",
    "dislike": "disliked",
    "не нравится": "disliked",
    "ұнамайды": "disliked",
    "strictness": "strictness",
    "строгость": "strictness",
    "қатаңдық": "strictness",
}
_EXAMPLES = frozenset({"liked", "disliked"})
_STRICTNESS = {
    **{str(one): one for one in Strictness},
    "слова": Strictness.WORDS,
    "широко": Strictness.BROAD,
    "обычно": Strictness.NORMAL,
    "строго": Strictness.STRICT,
    "сөздер": Strictness.WORDS,
    "кең": Strictness.BROAD,
    "қалыпты": Strictness.NORMAL,
    "қатаң": Strictness.STRICT,
}
_LINE = re.compile(r"\s*([^:,\"]{2,12}?)\s*:\s*(.*)", re.DOTALL)
_WORD = re.compile(r'\s*([+-]?\s*(?:"[^"]*"|«[^»]*»|“[^”]*”|[^,;]+))\s*(?:[,;]|$)')


@dataclass(frozen=True)
class _Written:
    """What an admin wrote: the first line, and the lines after it by field."""

    first: str
    fields: dict[str, str]


def new_topic(text: str, language: str) -> Topic:
    """The topic of `/topic add`. language: of the name in the first line.

    Raises:
        InvalidTopicError: it can't be understood.
    """
    written = _read(text)
    name = written.fields.get("name") or written.first
    if not name:
        raise InvalidTopicError("name", "")
    names = {language: name, **{code: written.fields[code] for code in LANGUAGES if code in written.fields}}
    slug = written.fields.get("slug") or slug_for(names.get("en", name))
    return _changed(Topic(slug=slug, names=names), written, language)


def slug_of(text: str) -> str:
    """The slug in the first line of `/topic edit`."""
    return _read(text).first.casefold()


def changed_topic(text: str, topic: Topic, language: str) -> Topic:
    """The topic after `/topic edit`: what the lines say, and the rest as it was. language: of `name:` and `about:`.

    Raises:
        InvalidTopicError: a line can't be understood.
    """
    written = _read(text)
    names = dict(topic.names)
    if "name" in written.fields:
        names[language] = written.fields["name"]
    names |= {code: written.fields[code] for code in LANGUAGES if code in written.fields}
    return _changed(replace(topic, names=names), written, language)


def written(topic: Topic, language: str) -> str:
    """The topic whole, as `/topic draft` and `/topic edit` read it; of its descriptions the one in `language`."""
    lists = (
        ("words", topic.words),
        ("must", topic.must),
        ("not", topic.exclude),
        ("languages", topic.languages),
        ("feeds", topic.feed_urls),
    )
    lines = [topic.slug, *(f"{code}: {name}" for code, name in topic.names.items())]
    lines += [f"{field}: {', '.join(values)}" for field, values in lists if values]
    if about := topic.description(language):
        lines.append(f"about: {about}")
    examples = (("like", topic.liked), ("dislike", topic.disliked))
    lines += [f"{field}: {' '.join(text.split())}" for field, texts in examples for text in texts]
    if topic.strictness is not None:
        lines.append(f"strictness: {topic.strictness}")
    return "\n".join(lines)


def _changed(topic: Topic, written: _Written, language: str) -> Topic:
    fields = written.fields
    descriptions = dict(topic.descriptions)
    if "about" in fields:
        descriptions[language] = fields["about"]
    return replace(
        topic,
        descriptions=descriptions,
        words=_merged(topic.words, fields["words"]) if "words" in fields else topic.words,
        exclude=_merged(topic.exclude, fields["exclude"]) if "exclude" in fields else topic.exclude,
        must=_merged(topic.must, fields["must"]) if "must" in fields else topic.must,
        languages=_codes(fields["languages"]) if "languages" in fields else topic.languages,
        feed_urls=_addresses(fields["feeds"]) if "feeds" in fields else topic.feed_urls,
        liked=_examples(topic.liked, fields["liked"]) if "liked" in fields else topic.liked,
        disliked=_examples(topic.disliked, fields["disliked"]) if "disliked" in fields else topic.disliked,
        strictness=_strictness(fields["strictness"]) if "strictness" in fields else topic.strictness,
    )


def _read(text: str) -> _Written:
    first, *rest = text.strip().splitlines() or [""]
    name, colon, words = first.partition(":")
    fields: dict[str, str] = {}
    if colon and _field(name) is None:  # "Space: rocket, orbit" in one line
        first, fields = name, {"words": words.strip()}
    for line in rest:
        found = _LINE.fullmatch(line)
        field = _field(found[1]) if found else None
        if found is None or field is None:
            if line.strip():
                raise InvalidTopicError("line", line.strip()[:60])
            continue
        told = found[2].strip()
        fields[field] = f"{fields[field]}\n{told}" if field in _EXAMPLES and field in fields else told
    return _Written(first.strip(), fields)


def _field(written: str) -> str | None:
    name = written.strip().casefold()
    return name if name in LANGUAGES else _FIELDS.get(name)


def _merged(before: Iterable[str], written: str) -> tuple[str, ...]:
    """The words as written; where any has + or - before it, they are added to those before or taken from them."""
    words = [" ".join(match[1].split()) for match in _WORD.finditer(written) if match[1].strip()]
    if not any(word[0] in "+-" for word in words):
        return tuple(dict.fromkeys(words))
    kept = dict.fromkeys(before)
    for word in words:
        bare = word.removeprefix("+").removeprefix("-").strip()
        if word[0] == "-":
            kept.pop(bare, None)
        else:  # a word without a sign among those with one is meant to come along
            kept[bare] = None
    return tuple(kept)


def _codes(written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.casefold() for one in re.split(r"[\s,;]+", written.strip()) if one))


def _examples(before: Iterable[str], written: str) -> tuple[str, ...]:
    """The examples so far and each line as one more; after a line of "-" only those below it."""
    kept = dict.fromkeys(before)
    for line in written.splitlines():
        if line.strip() == "-":
            kept.clear()
        elif line.strip():
            kept[line.strip()] = None
    return tuple(kept)


def _strictness(written: str) -> Strictness | None:
    if written in {"", "-"}:
        return None
    found = _STRICTNESS.get(written.casefold())
    if found is None:
        raise InvalidTopicError("strictness", written[:60])
    return found


def _addresses(written: str) -> tuple[str, ...]:
    found = []
    for one in re.split(r"[\s,]+", written.strip()):
        address = web_address(one)
        if one and not address:
            raise InvalidTopicError("feed", one[:60])
        if address:
            found.append(address)
    return tuple(dict.fromkeys(found))
