"""The bytes of a feed as text. Pure.

What a server, a prolog or a byte order mark says of the encoding (RFC 7303, section 3) is a claim, and often wrong:
bytes that are valid UTF-8 are UTF-8 whatever is claimed, since text in another encoding practically never is.
"""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16's, with which it begins
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_MAINFRAME = "<?xml".encode("cp037")
"""EBCDIC, in which all pages of code have these letters in one place."""

_PROLOG = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([\w.:-]{1,40})")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_KNOWN = re.compile(
    r"utf_?(?:8|16|32|7)|us_ascii|ascii|iso8859|latin|cp\d|koi8|gb|big5|euc|shift_jis|iso2022|mac|kz1048|ptcp154|tis|hz",
)
"""Codecs of texts; Python's others are of hosts, of source code, or of no text at all."""

# What the names mean on the web: https://encoding.spec.whatwg.org/#names-and-labels
_ON_THE_WEB = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
_WINDOWS = re.compile(r"\b(?:win|windows|cp|ansi|ms)?[-_]?(125\d|874|866)$")
_MISNAMED = {"mac": "mac-roman", "csmacintosh": "mac-roman", "ms-cyrl": "cp1251", "dos-866": "cp866", "koi8r": "koi8-r"}
_STATEFUL = ("utf-7", "iso2022", "hz")
_WESTERN = "cp1252"
_WORDS = re.compile(rb"[\xc0-\xff\xa8\xb8\xa3\xb3]{3,}")
"""Letters of windows-1251 and KOI8-R in a row; a western language has one or two."""

_FREQUENT = "оеаинтОЕАИНТ"
"""The six most frequent letters of Russian: nearly half of a text, a quarter in the wrong one of the encodings."""

_RUSSIAN = 0.38
_LIKELIER = 2
"""Letters that the one that is claimed, else the one in use today, is ahead of the other: a word may have no more."""

_EARLIER_HALF, _LATER_HALF = bytes(range(0xC0, 0xE0)), bytes(range(0xE0, 0x100))
"""The small letters of KOI8-R and the capitals of windows-1251, and the reverse."""

_SMALL = 0.15
"""What a small letter counts beside a frequent one: words are rarely written in capitals, and short ones may have none
of the frequent letters.
"""

_RUNS = re.compile(rb"[\x80-\xff]{3,}")
_IDEOGRAPHS = "的一是不了在人有我他中大上到"

# Codecs to try -> to read with, what is told by, and the least share of that in all beyond ASCII.
_ELSEWHERE = (
    ("euc_jp", "euc_jp", re.compile("[\u3041-\u30ff]"), 0.3),
    ("cp932", "cp932", re.compile("[\u3041-\u30ff]"), 0.3),
    ("euc_kr", "cp949", re.compile("[\uac00-\ud7a3]"), 0.7),
    ("cp1255", "cp1255", re.compile("[\u05d0-\u05ea]"), 0.9),
    ("gb2312", "gb18030", re.compile(f"[{_IDEOGRAPHS}这来国个说们]"), 0.03),
    ("big5", "big5hkscs", re.compile(f"[{_IDEOGRAPHS}這來國個說們]"), 0.03),
    ("cp874", "cp874", re.compile("[\u0e01-\u0e5b]"), 0.9),
)

_BEYOND = re.compile("[^\x00-\x7f]+")
_IMPOSSIBLE = {
    "cp1255": re.compile("[ךםןףץ](?=[א-ת])"),  # forms that letters have at the end of a word
    # Marks without a consonant below them, and digits within words.
    "cp874": re.compile(
        "(?:(?<![\u0e01-\u0e5b])|(?<=[\u0e40-\u0e44]))[\u0e30-\u0e3a\u0e45-\u0e4e]"
        "|[\u0e50-\u0e5b](?=[\u0e01-\u0e4e])|(?<=[\u0e01-\u0e4e])[\u0e50-\u0e5b]",
    ),
}
"""What words of Hebrew and Thai can't have, and words of Russian have when they are read as such."""

_MISPRINTS = 0.02
"""The share of what can't be that may be there all the same."""

_BAD = "\ufffd"
_FEW = 2
"""Bad bytes to a well-made sequence: of letters in windows-1252, far fewer happen to make one."""

_LAST_LATIN = "\u0250"
_FIRST_LETTER = "\udcc0"
_BAD_BYTE = re.compile("[\udc80-\udcff]")
_BAD_BYTES = re.compile("[\udce0-\udcf4][\udc80-\udcbf]+|[\udc80-\udcff]")
"""As `surrogateescape` writes them; first the beginning of a sequence that does not go on."""


def decoded(body: bytes, content_type: str) -> str:
    """The text, whatever was claimed of it; a byte that means nothing becomes U+FFFD, alone."""
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    for start, codec in _WIDE:
        if body.startswith(start):
            return body.decode(codec, "replace")
    if body.startswith(_MAINFRAME):
        prolog = body[:200].decode("cp037").encode("latin-1", "replace")
        codec = next(iter(_claims(prolog, "")), "cp037")
        return body.decode(codec if codec.startswith("cp") else "cp037", "replace")
    claims = _claims(body, content_type)
    if any(codec.startswith(_STATEFUL) for codec in claims):
        return body.decode(next(codec for codec in claims if codec.startswith(_STATEFUL)), "replace")
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return _in_another(body, claims)
    return text


def _claims(body: bytes, content_type: str) -> list[str]:
    """The codecs that the server and the prolog name, as far as there are such."""
    server, prolog = _CHARSET.search(content_type), _PROLOG.search(body[:2000])
    names = [found for found in (server and server[1], prolog and prolog[1].decode()) if found]
    codecs_named = []
    for name in names:
        codec = _codec(name)
        if _KNOWN.match(codec.replace("-", "_")) or _KNOWN.match(codec.replace("-", "")):
            codecs_named.append(_ON_THE_WEB.get(codec, codec))
    # Servers are set to a western encoding, and forgotten: the prolog, where there is one, was written by who knows.
    return sorted(codecs_named, key=lambda codec: codec == _WESTERN)


def _codec(name: str) -> str:
    """Python's name of an encoding, "" for one that nobody knows."""
    lowered = name.lower().removeprefix("x-")
    windows = _WINDOWS.search(lowered)
    for known in (lowered, _MISNAMED.get(lowered, ""), windows and f"cp{windows[1]}"):
        if known:
            try:
                return codecs.lookup(known).name
            except LookupError:
                continue
    return ""


def _in_another(body: bytes, claims: list[str]) -> str:
    """The text of bytes that are not valid UTF-8."""
    guess = _guess(body, claims)
    if _is_damaged(body, claims, guess):
        return _mended(body)
    for codec in claims:
        if codec.startswith("utf"):  # it is not UTF-8, as has been seen, nor any wider one
            continue
        try:
            text = body.decode(codec)
        except UnicodeDecodeError:
            continue
        # A western claim, where bytes make words of Cyrillic, is a setting that nobody changed.
        if codec != _WESTERN or guess == _WESTERN:
            return text if not _swapped(codec, guess) else body.decode(guess, "replace")
    claimed = next((codec for codec in claims if not codec.startswith("utf") and codec != _WESTERN), guess)
    best = min((claimed, guess), key=lambda codec: body.decode(codec, "replace").count("\ufffd"))
    return body.decode(best, "replace")


def _is_damaged(body: bytes, claims: list[str], guess: str) -> bool:
    """Whether this is UTF-8 with bad bytes in it."""
    broken = body.decode(errors="replace")
    wrong = broken.count(_BAD)
    right = len(broken) - wrong - len(broken.encode("ascii", "ignore"))
    # Well-made sequences that outnumber the broken ones are no chance; nor are fewer where UTF-8 is claimed, and the
    # bad bytes make no words of their own.
    claimed = not claims or any(codec.startswith("utf") for codec in claims)
    return right > wrong or (right * _FEW >= wrong and claimed and guess == _WESTERN)


def _mended(body: bytes) -> str:
    """UTF-8 in which a bad byte is what it would be in windows-1252: the two are mixed in templates.

    Among letters that are not Latin, it is no letter: there it is half of another.
    """
    text = body.decode(errors="surrogateescape")
    beyond = _BAD_BYTE.sub("", "".join(_BEYOND.findall(text)))
    if sum(sign < _LAST_LATIN for sign in beyond) * 2 > len(beyond):
        return _BAD_BYTE.sub(_western, text)
    return _BAD_BYTES.sub(lambda found: _BAD if found[0] >= _FIRST_LETTER else _western(found), text)


def _western(bad: re.Match[str]) -> str:
    return bad[0].encode(errors="surrogateescape").decode(_WESTERN, "replace")


def _guess(body: bytes, claims: list[str]) -> str:
    words = b"".join(_WORDS.findall(body))
    beyond = len(body.translate(None, bytes(range(128))))
    frequent = {codec: _count(words, _FREQUENT.encode(codec)) for codec in ("cp1251", "koi8-r")}
    small = {"cp1251": _count(words, _LATER_HALF), "koi8-r": _count(words, _EARLIER_HALF)}
    likely = next((codec for codec in claims if codec in frequent), "cp1251")
    russian = max(
        frequent,
        key=lambda codec: frequent[codec] + _SMALL * small[codec] + (_LIKELIER if codec == likely else 0),
    )
    if len(words) * 2 >= beyond and frequent[russian] >= _RUSSIAN * len(words):
        return russian
    return _from_elsewhere(body, beyond) or (russian if len(words) * 2 >= beyond else _WESTERN)


def _count(words: bytes, letters: bytes) -> int:
    return len(words) - len(words.translate(None, letters))


def _from_elsewhere(body: bytes, beyond: int) -> str:
    """The encoding of an eastern language in which the whole body makes sense, "" when it does in none."""
    # Letters of a western language stand alone among ASCII; of Shift JIS, every other byte may be ASCII.
    in_rows = sum(map(len, _RUNS.findall(body))) * 2 > beyond
    for strict, codec, known_by, share in _ELSEWHERE:
        if in_rows or strict == "cp932":
            try:
                text = body.decode(strict)
            except UnicodeDecodeError:
                continue
            signs = sum(map(len, _BEYOND.findall(text)))
            if codec in _IMPOSSIBLE and len(_IMPOSSIBLE[codec].findall(text)) > _MISPRINTS * signs:
                continue
            if len(known_by.findall(text)) >= share * signs:
                return codec
    return ""


def _swapped(claimed: str, guess: str) -> bool:
    """Whether one of the two encodings of Russian is claimed where the letters are those of the other."""
    return {claimed, guess} == {"cp1251", "koi8-r"}
