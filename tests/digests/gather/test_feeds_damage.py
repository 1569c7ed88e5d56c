"""What is wrong with feeds of the real web, and how each wrong is read."""

import json
import time
from datetime import timedelta
from email.utils import format_datetime

import pytest

from builders import NOW, rss, rss_item, utc
from digests.errors import NotAFeedError
from digests.gather.feeds import parse, second_opinion

URL = "https://agency.example/feed.xml"
TITLE = "Мост через озеро открыт: «Ждали десять лет»"


def parsed(body, *, url=URL, content_type=""):
    return parse(body, url=url, content_type=content_type, now=NOW)


def item(inside):
    (found,) = parsed(rss(f"<item>{inside}</item>")).entries
    return found


def title_of(text):
    return rss(f"<item><title>{text}</title></item>")


@pytest.fixture
def alone(monkeypatch):
    """Without a second opinion."""

    def refuse(text, url):
        raise AssertionError("feedparser was asked")

    monkeypatch.setattr(second_opinion, "read", refuse)


@pytest.mark.parametrize(
    ("codec", "declared", "content_type"),
    [
        pytest.param("windows-1251", "utf-8", "", id="windows-1251 that says UTF-8"),
        pytest.param("windows-1251", "", "", id="windows-1251 that says nothing"),
        pytest.param("koi8-r", "utf-8", "", id="KOI8-R that says UTF-8"),
        pytest.param("koi8-r", "", "", id="KOI8-R that says nothing"),
        pytest.param("koi8-r", "windows-1251", "", id="KOI8-R that says windows-1251"),
        pytest.param("windows-1251", "koi8-r", "", id="windows-1251 that says KOI8-R"),
        pytest.param("utf-8", "windows-1251", "", id="UTF-8 that says windows-1251"),
        pytest.param("utf-8", "", "text/xml; charset=iso-8859-1", id="UTF-8 behind a western server"),
        pytest.param("windows-1251", "windows-1251", "text/xml; charset=iso-8859-1", id="a western server"),
        pytest.param("windows-1251", "", "text/xml; charset=iso-8859-1", id="a western server, and no prolog"),
        pytest.param("windows-1251", "", "text/xml; charset=windows-1251", id="only the server knows"),
        pytest.param("windows-1251", "utf-8", "text/xml; charset=windows-1251", id="the server knows better"),
        pytest.param("cp866", "cp866", "", id="an encoding of old"),
        pytest.param("utf-16", "utf-16", "", id="UTF-16 with its mark"),
        pytest.param("utf-16-le", "utf-16", "", id="UTF-16 without a mark"),
        pytest.param("utf-16-be", "", "", id="UTF-16 that says nothing"),
        pytest.param("utf-8-sig", "windows-1251", "", id="a mark against a prolog"),
        pytest.param("utf-8", "utf-16", "", id="UTF-8 that says UTF-16"),
        pytest.param("utf-8", "rot13", "text/xml; charset=punycode", id="codecs of no text"),
    ],
)
def test_the_encoding_is_found(alone, codec, declared, content_type):
    prolog = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    text = rss(rss_item("1", TITLE)).decode().partition("?>")[2]
    if codec in {"koi8-r", "cp866"}:
        text = text.replace("«", '"').replace("»", '"')
    (found,) = parsed((prolog + text).encode(codec), content_type=content_type).entries
    assert found.title.replace('"', "").replace("«", "").replace("»", "") == TITLE.replace("«", "").replace("»", "")


@pytest.mark.parametrize(
    ("codec", "title"),
    [
        pytest.param("windows-1252", "Été à l’école", id="French"),
        pytest.param("iso-8859-2", "Příliš žluťoučký kůň", id="Czech"),
        pytest.param("gb2312", "湖上大桥开通", id="Chinese"),
        pytest.param("shift_jis", "橋が開通しました", id="Japanese"),
        pytest.param("euc-kr", "다리가 열렸다", id="Korean"),
        pytest.param("iso-2022-jp", "橋が開通しました", id="Japanese by mail"),
        pytest.param("kz-1048", "Көпір ашылды", id="Kazakh"),
    ],
)
def test_a_right_declaration_is_believed(alone, codec, title):
    body = rss(rss_item("1", title)).decode().replace("utf-8", codec).encode(codec)
    (found,) = parsed(body).entries
    assert found.title == title


@pytest.mark.parametrize(
    ("codec", "title"),
    [
        pytest.param("euc-jp", "橋がついに開通しました", id="Japanese"),
        pytest.param("shift_jis", "橋がついに開通しました", id="Japanese for Windows"),
        pytest.param("euc-kr", "다리가 마침내 열렸다", id="Korean"),
        pytest.param("gb2312", "湖上的大桥终于开通了", id="Chinese"),
        pytest.param("big5", "湖上的大橋終於開通了", id="Chinese of Taiwan"),
        pytest.param("cp1255", "הגשר נפתח סוף סוף", id="Hebrew"),
        pytest.param("cp874", "สะพานเปิดแล้ว", id="Thai"),
        pytest.param("windows-1252", "Le pont est enfin ouvert à l’été : « bravo »", id="French"),
        pytest.param("windows-1252", "Die Brücke über den See ist eröffnet, schöne Grüße", id="German"),
        pytest.param("windows-1251", "ОТКРЫТ МОСТ", id="Russian in capitals"),
    ],
)
def test_an_encoding_that_nobody_declares_is_told_by_its_words(alone, codec, title):
    body = rss(rss_item("1", title)).decode().partition("?>")[2].encode(codec)
    (found,) = parsed(body).entries
    assert found.title == title


@pytest.mark.parametrize(
    "title",
    ["РБК", "руб", "Мост", "Курс рубля вырос", "подписал закон", "Ещё", "Учёные нашли воду", "КОРОТКО", "прошёл дождь"],
)
def test_few_words_of_russian_that_say_utf8(alone, title):
    body = f"<rss><channel><item><title>{title}</title></item></channel></rss>".encode("cp1251")
    assert [one.title for one in parsed(body, content_type="text/xml; charset=utf-8").entries] == [title]


@pytest.mark.parametrize("codec", ["koi8-r", "windows-1251"])
@pytest.mark.parametrize("title", ["Мост", "РБК", "Курс рубля вырос"])
def test_few_words_of_russian_that_say_what_they_are(alone, codec, title):
    body = f"<rss><channel><item><title>{title}</title></item></channel></rss>".encode(codec)
    assert [one.title for one in parsed(body, content_type=f"text/xml; charset={codec}").entries] == [title]


@pytest.mark.parametrize("charset", ["gb2312", "big5", "euc-kr", "shift_jis"])
@pytest.mark.parametrize("title", ["РБК", "Мост", "café"])
def test_a_few_letters_of_utf8_are_utf8_whatever_is_claimed(alone, charset, title):
    body = f"<rss><channel><item><title>{title}</title></item></channel></rss>".encode()
    assert [one.title for one in parsed(body, content_type=f"text/xml; charset={charset}").entries] == [title]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        pytest.param(b"caf\xc3\xa9 \xff", "café ÿ", id="as many bad ones as good"),
        pytest.param(b"caf\xc3\xa9 \x96 bar", "café – bar", id="a dash of Windows"),
        pytest.param(b"\x93caf\xc3\xa9\x94", "“café”", id="quotation marks of Windows"),
        pytest.param("Мост ".encode() + b"\x97" + " это".encode(), "Мост — это", id="a dash in Russian"),
        pytest.param("Мост".encode() + b"\xd0", "Мост\ufffd", id="half a letter"),
        pytest.param("Мост".encode() + b"\xe2\x80", "Мост\ufffd", id="half a dash"),
        pytest.param("CAFÉ» à été".encode("cp1252"), "CAFÉ» à été", id="none of it UTF-8"),
        pytest.param("НАТО» и Пётр".encode("cp1251"), "НАТО» и Пётр", id="nor this"),
    ],
)
def test_bad_bytes_in_utf8_cost_only_themselves(alone, written, title):
    body = b"<?xml version='1.0' encoding='utf-8'?><rss><channel><item><title>%s</title></item></channel></rss>"
    assert [one.title for one in parsed(body % written).entries] == [title]


@pytest.mark.parametrize("codec", ["cp037", "cp500", "cp1140"])
def test_an_encoding_of_mainframes(alone, codec):
    body = rss(rss_item("1", "Bridge")).decode().replace("utf-8", codec).encode(codec)
    (found,) = parsed(body).entries
    assert found.title == "Bridge"


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("win-1251", "cp1251"),
        ("x-cp1251", "cp1251"),
        ("Windows1251", "cp1251"),
        ("koi8r", "koi8-r"),
        ("DOS-866", "cp866"),
    ],
)
def test_names_of_encodings_that_only_people_know(alone, declared, codec):
    body = rss(rss_item("1", "Мост через озеро")).decode().replace("utf-8", declared).encode(codec)
    (found,) = parsed(body).entries
    assert found.title == "Мост через озеро"


def test_one_bad_byte_is_one_bad_character(alone):
    body = rss(rss_item("1", "Мост")).replace("Мост".encode(), "Мо\udcffст".encode(errors="surrogateescape"))
    (found,) = parsed(body).entries
    assert found.title == "Мо\ufffdст"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        pytest.param("A&nbsp;&mdash; &laquo;B&raquo; C", "A — «B» C", id="undefined entities do not end a title"),
        pytest.param("Q&A and R&D", "Q&A and R&D", id="bare ampersands"),
        pytest.param("<![CDATA[Q&A &nbsp;B]]>", "Q&A B", id="ampersands in CDATA"),
        pytest.param("&bogus; word", "&bogus; word", id="an entity that nobody knows"),
        pytest.param("a &#150; b", "a – b", id="a number of windows-1252"),
        pytest.param("a &#x1F600; b", "a 😀 b", id="a number beyond the first plane"),
        pytest.param("a&#226;&#128;&#166; b", "a… b", id="the bytes of a character, each as one"),
        pytest.param("&acirc;&#128;&brvbar;", "…", id="the same by their names"),
        pytest.param("é&#160;» Ã¼", "é » Ã¼", id="letters that only look like it"),
        pytest.param("one\x0btwo\x08", "onetwo", id="control characters"),
        pytest.param("one<br>two", "one two", id="a void element that is not closed"),
        pytest.param("I <3 you", "I <3 you", id="a heart"),
        pytest.param("a ]]> b", "a ]]> b", id="the end of what never began"),
        pytest.param("<![CDATA[a <![CDATA[b]]> c]]>", "a b c", id="CDATA in CDATA"),
        pytest.param("&lt;![CDATA[a &amp; b]]&gt;", "a & b", id="CDATA that was escaped"),
    ],
)
def test_titles_survive(alone, written, title):
    found = item(f"<guid isPermaLink='false'>1</guid><title>{written}</title>&nbsp;<dc:date>2026-03-01</dc:date>")
    assert (found.title, found.published_at) == (title, utc("2026-03-01T00:00"))


@pytest.mark.parametrize(
    ("written", "url"),
    [
        pytest.param("https://a.example/?a=1&b=2", "https://a.example/?a=1&b=2", id="a bare ampersand"),
        pytest.param("https://a.example/?a=1&copy=2", "https://a.example/?a=1&copy=2", id="what looks like an entity"),
        pytest.param("https://a.example/?a=1&amp;b=2", "https://a.example/?a=1&b=2", id="as it should be"),
        pytest.param("\n  https://a.example/b\n", "https://a.example/b", id="on a line of its own"),
        pytest.param("<![CDATA[https://a.example/?a&b]]>", "https://a.example/?a&b", id="in CDATA"),
        pytest.param("<![CDATA[https://a.example/?a=1&amp;b=2]]>", "https://a.example/?a=1&b=2", id="escaped in CDATA"),
        pytest.param("https://a.example/?a=1&amp;amp;b=2", "https://a.example/?a=1&b=2", id="escaped twice"),
        pytest.param("//a.example/b", "https://a.example/b", id="without a scheme"),
        pytest.param("www.a.example/b", "https://www.a.example/b", id="as people write it"),
    ],
)
def test_addresses_survive(alone, written, url):
    assert item(f"<title>a &b</title><link>{written}</link>").url == url


@pytest.mark.parametrize(
    ("inside", "url"),
    [
        pytest.param("<link>/b</link>", "https://site.example/b", id="the site's address"),
        pytest.param("<link xml:base='https://c.example/d/'>b</link>", "https://c.example/d/b", id="its own base"),
        pytest.param("<guid>https://a.example/1</guid>", "https://a.example/1", id="an id that is an address"),
        pytest.param("<guid isPermaLink='false'>https://a.example/1</guid>", "", id="an id that says it is none"),
        pytest.param("<guid>1</guid>", "", id="an id that is none"),
        pytest.param("<link href='https://a.example/1'/>", "https://a.example/1", id="written as in Atom"),
        pytest.param("<atom:link rel='self' href='https://a.example/1'/>", "", id="a link to something else"),
        pytest.param(
            "<link>https://feeds.example/1</link><feedburner:origLink>https://a.example/1</feedburner:origLink>",
            "https://a.example/1",
            id="behind a counter of readers",
        ),
    ],
)
def test_links_are_found_and_resolved(alone, inside, url):
    body = rss(f"<item><title>a</title>{inside}</item>", link="https://site.example/")
    (found,) = parsed(body).entries
    assert found.url == url


@pytest.mark.parametrize(
    ("written", "spoilt"),
    [
        pytest.param('version="2.0"', "version=2.0", id="no quotation marks in the root"),
        pytest.param('isPermaLink="false">1', "isPermaLink=false>1", id="no quotation marks"),
        pytest.param('<guid isPermaLink="false">1', '<guid isPermaLink="false>1', id="one quotation mark"),
        pytest.param("<title>Entry 1", "<title ?>Entry 1", id="a stray sign"),
        pytest.param("</title><link>/1", "</title><link>/1<b>", id="an element that is not closed"),
    ],
)
def test_no_entry_is_lost_to_a_broken_tag(written, spoilt):
    items = (
        f'<item><title>Entry {key}</title><link>/{key}</link><guid isPermaLink="false">{key}</guid></item>'
        for key in "123"
    )
    text = f'<rss version="2.0"><channel><title>Lake</title>{"".join(items)}</channel></rss>'
    assert text.count(written) == 1
    found = parsed(text.replace(written, spoilt).encode()).entries
    assert [one.title for one in found] == ["Entry 1", "Entry 2", "Entry 3"]


def test_prefixes_that_nobody_declared(alone):
    text = rss(rss_item("1", "Мост")).decode()
    for name in ("item", "title", "link", "guid", "description", "pubDate", "channel"):
        text = text.replace(f"<{name}", f"<rss:{name}").replace(f"</{name}", f"</rss:{name}")
    (found,) = parsed(text.encode()).entries
    assert (found.key, found.title, found.published_at) == ("1", "Мост", NOW)


def test_elements_that_overlap_are_for_the_second_opinion():
    found = item("<title>a <b>c</title><link>https://a.example/1</link><description>d</description>")
    assert (found.title, found.url) == ("a c", "https://a.example/1")


@pytest.mark.parametrize("size", range(0, 260, 7))
def test_a_feed_cut_anywhere_has_no_entry_of_halves(alone, size):
    whole = rss(*(rss_item(key, html="<p>Whole</p>") for key in "123"))
    found = parsed(whole[: len(whole) - size]).entries
    assert [one.key for one in found[:2]] == ["1", "2"]
    for one in found:
        assert (one.url, one.title) == (f"https://agency.example/{one.key}", f"Entry {one.key}")
        assert one.html in {"", "<p>Whole</p>"}
        assert one.published_at in {None, NOW}


def test_entries_without_id_and_address_are_parted_by_their_texts():
    items = [f"<item><title>Weather</title><description>{text}</description></item>" for text in ("Rain", "Sun")]
    there, back = (parsed(rss(*order)).entries for order in (items, items[::-1]))
    assert len({one.key for one in there}) == 2
    assert {(one.key, one.html) for one in there} == {(one.key, one.html) for one in back}


def test_an_entry_of_text_alone_has_a_key():
    assert item("<description>Rain</description>").key.startswith("sha256:")


def test_ids_stay_as_they_are_written(alone):
    assert item("<guid>https://a.example/?a=1&amp;amp;b=2</guid>").key == "https://a.example/?a=1&amp;b=2"


def newest_of(body):
    return [int(entry.key) for entry in parsed(body).entries]


def test_of_a_long_json_feed_the_newest_are_kept():
    days = [(utc("2024-01-01T00:00") + timedelta(days=number)).isoformat() for number in range(700)]
    entries = [{"id": str(number), "title": "a", "date_published": day} for number, day in enumerate(days)]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [7, *entries]}).encode()
    assert newest_of(body) == list(range(200, 700))


def test_of_a_long_feed_that_is_read_a_second_time_too():
    entries = b"".join(
        b"<item><guid isPermaLink='false'>%d</guid><title>a<b></title></b><pubDate>%s</pubDate></item>"
        % (number, format_datetime(utc("2024-01-01T00:00") + timedelta(days=number)).encode())
        for number in range(700)
    )
    assert newest_of(b"<rss version='2.0'><channel>" + entries + b"</channel></rss>") == list(range(200, 700))


def test_of_too_many_entries_the_newest_are_kept():
    days = [
        utc(f"{2020 + number // 300}-{1 + number // 28 % 10:02}-{1 + number % 28:02}T00:00") for number in range(700)
    ]
    found = parsed(rss(*(rss_item(str(number), published_at=day) for number, day in enumerate(days)))).entries
    assert len(found) == 500
    assert {one.published_at for one in found} <= set(sorted(days)[-500:])


def test_how_long_it_stays_and_when_it_sleeps():
    body = rss("<ttl>90</ttl><skipHours><hour>0</hour><hour>23</hour><hour>24</hour><hour>x</hour></skipHours>")
    found = parsed(body)
    assert found.ttl is not None
    assert (found.ttl.total_seconds(), found.skip_hours) == (5400, {0, 23})


NEWS = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>https://agency.example/1</loc><news:news>
 <news:publication><news:name>Lake Agency</news:name><news:language>en</news:language></news:publication>
 <news:publication_date>2026-03-02T06:30:00+05:00</news:publication_date><news:title>Bridge &amp; ferry</news:title>
 </news:news><image:image><image:loc>https://agency.example/1.jpg</image:loc></image:image></url>
 <url><loc>https://agency.example/about</loc></url></urlset>"""


def test_a_news_sitemap_is_a_feed():
    found = parsed(NEWS)
    (entry,) = found.entries
    assert (found.title, found.language) == ("Lake Agency", "en")
    assert (entry.key, entry.url, entry.title) == ("https://agency.example/1",) * 2 + ("Bridge & ferry",)
    assert (entry.image_url, entry.published_at) == ("https://agency.example/1.jpg", utc("2026-03-02T01:30"))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(NEWS.replace(b"news:news", b"other"), "a sitemap without news", id="a sitemap of pages"),
        pytest.param(
            b'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
            b"<sitemap><loc>https://agency.example/news.xml</loc></sitemap></sitemapindex>",
            "a list of sitemaps",
            id="a list of sitemaps",
        ),
        pytest.param(b"<!DOCTYPE html><title>News</title>", "a page", id="a page"),
    ],
)
def test_what_is_no_feed_is_told_with_the_reason(body, reason):
    with pytest.raises(NotAFeedError, match=reason):
        parsed(body)


def test_a_feed_behind_the_doctype_of_pages(alone):
    doctype = b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/strict.dtd">'
    (found,) = parsed(rss(rss_item("1", "Bridge")).replace(b"<rss", doctype + b"<rss")).entries
    assert found.title == "Bridge"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        pytest.param("A &agency; word", "A Lake & Partners word".replace(" & ", " "), id="words"),
        pytest.param("A &single; word", "A 'quoted word".replace("'", ""), id="in single quotation marks"),
        pytest.param("A &nested; word", "A &nested; word", id="one that holds another stays as it is"),
        pytest.param("A &markup; word", "A &markup; word", id="one that holds markup too"),
        pytest.param("A &page; word", "A &page; word", id="one that holds a page"),
        pytest.param("A &other; word", "A &other; word", id="one that nobody declared too"),
    ],
)
def test_words_that_a_doctype_declares(alone, written, title):
    doctype = (
        b"<!DOCTYPE rss [ <!ENTITY agency \"Lake Partners\"> <!ENTITY single 'quoted'>"
        b"<!ENTITY nested '&agency;&agency;'> <!ENTITY markup '<b>x</b>'> <!ENTITY page '<html>'> ]>"
    )
    (found,) = parsed(title_of(written).replace(b"<rss", doctype + b"<rss")).entries
    assert found.title == title


def test_the_format_may_be_in_a_namespace_of_any_name(alone):
    text = rss(rss_item("1", "Мост")).decode().replace("<rss", "<r:rss xmlns:r='http://agency.example/format'")
    for name in ("item", "title", "link", "guid", "description", "pubDate", "channel"):
        text = text.replace(f"<{name}", f"<r:{name}").replace(f"</{name}", f"</r:{name}")
    (found,) = parsed(text.replace("</rss>", "</r:rss>").encode()).entries
    assert (found.key, found.title, found.published_at) == ("1", "Мост", NOW)


def test_a_channel_of_the_nineties(alone):
    body = b"""<CHANNEL HREF="https://agency.example/"><TITLE>Lake</TITLE><ITEM HREF="bridge"
    LASTMOD="2026-03-02T01:30:00Z"><TITLE>Bridge</TITLE><ABSTRACT>It opens.</ABSTRACT></ITEM></CHANNEL>"""
    found = parsed(body)
    (entry,) = found.entries
    assert (found.title, found.site_url) == ("Lake", "https://agency.example/")
    assert (entry.url, entry.title, entry.html) == ("https://agency.example/bridge", "Bridge", "It opens.")
    assert entry.published_at == utc("2026-03-02T01:30")


@pytest.mark.parametrize(
    ("first", "second", "at"),
    [
        pytest.param("2099-01-01T00:00:00Z", "2026-03-01T00:00:00Z", utc("2026-03-01T00:00"), id="a mistake yields"),
        pytest.param("2026-03-05T00:00:00Z", "2026-03-01T00:00:00Z", NOW, id="an announcement is of now"),
        pytest.param("someday", "2026-03-01T00:00:00Z", utc("2026-03-01T00:00"), id="no date yields"),
    ],
)
def test_the_first_date_that_can_be_believed_counts(alone, first, second, at):
    assert item(f"<title>a</title><pubDate>{first}</pubDate><dc:date>{second}</dc:date>").published_at == at


def test_of_two_dates_of_one_name_the_last_counts(alone):
    dates = "<pubDate>2026-03-01T00:00:00Z</pubDate><pubDate>2026-02-01T00:00:00Z</pubDate>"
    assert item(f"<title>a</title>{dates}").published_at == utc("2026-02-01T00:00")


def test_atom_keeps_what_its_types_say():
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><id>1</id>
    <title type="text">1 &lt; 2 &amp;amp; 3</title><content type="text">a &lt; b</content></entry><entry><id>2</id>
    <title type="html">a &lt;b&gt;c&lt;/b&gt;</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
    <p class="x">d<br/>e &amp; f</p></div></content><link rel="enclosure" type="image/png" href="/i.png"/>
    </entry></feed>"""
    first, second = parsed(body).entries
    assert (first.title, first.html) == ("1 < 2 & 3", "a &lt; b")
    assert (second.title, second.html) == ("a c", "<p>d<br>e &amp; f</p>")
    assert second.image_url == "https://agency.example/i.png"


def test_a_video_is_no_picture():
    media = "<media:content url='/v.mp4' type='video/mp4'><media:thumbnail url='/t.jpg'/></media:content>"
    assert item(f"<title>a</title><link>/b</link>{media}").image_url == "https://agency.example/t.jpg"


def many(written, count):
    return "".join(written % number for number in range(count))


HOSTILE = {
    "nested elements": title_of("<b>" * 100_000),
    "nested elements that are closed": title_of("<b>" * 100_000 + "</b>" * 100_000),
    "attributes": title_of("<b " + many("a%d='' ", 50_000) + "/>"),
    "the same attribute": title_of("<b " + "a='' " * 50_000 + "/>"),
    "namespaces": title_of("<b " + many("xmlns:a%d='u' ", 50_000) + "/>"),
    "undeclared prefixes": title_of("<x:y z:w='1'/>" * 100_000),
    "less-than signs": title_of("&lt;" * 1_000_000),
    "bare less-than signs": title_of("<" * 1_000_000),
    "bare ampersands": title_of("&" * 1_000_000),
    "a number without end": title_of("&#" + "1" * 1_000_000),
    "half emoji": title_of("&#55357;" * 100_000),
    "comments that do not end": b"<!--" * 500_000 + rss(),
    "CDATA that does not end": title_of("<![CDATA[" * 200_000),
    "attributes without quotation marks": title_of(
        "<b" + " a=1" * 500_000 + "<b a=1" * 100_000 + "<b a=1" + " " * 500_000
    ),
    "void elements that do not end": title_of("<br " * 300_000),
    "quotes that do not end": title_of("&" + "<img a='" * 200_000),
    "elements that overlap": title_of("<a><b></a>" * 20_000),
    "items": rss(*(rss_item(str(number)) for number in range(30_000))),
    "a date without end": rss(f"<item><title>a</title><pubDate>{'1 ' * 500_000}</pubDate></item>"),
    "blanks before nothing": b" " * 5_000_000,
    "scripts that do not end": title_of("&lt;script" * 300_000),
    "remarks that do not end": title_of("&lt;!--" * 300_000),
    "tags that do not end": title_of("&lt;b " * 300_000),
    "bytes of characters": title_of("&#226;&#128;" * 200_000),
    "entities": b"<!DOCTYPE rss [" + b"<!ENTITY ab '%s'>" % (b"x" * 100) * 1000 + b"]>" + title_of("&ab;" * 500_000),
    "entities that do not end": b"<!DOCTYPE rss [" + b"<!ENTITY " * 20_000 + b"]>" + title_of("&ab;"),
    "a prolog of blanks": b"<!ENTITY" + b" " * 190_000 + title_of("&ab;"),
    "anchors": rss(*(f"<item><link>/#{'&' * 2000}{number}</link></item>" for number in range(1000))),
    "no encoding": b"<rss><channel><title>" + b"\xa4\xa2" * 2_000_000 + b"\xff",
    "another encoding": b"<rss><channel><title>" + b"\x83\x41\xff" * 1_500_000,
    "JSON of many brackets": b'{"version": "https://jsonfeed.org/version/1", "items": [' + b"[" * 1_000_000,
    "JSON of many items": b'{"version": "1", "items": [' + b'{"title":"a"},' * 300_000 + b"{}]}",
    "a DOCTYPE without end": b"<!DOCTYPE rss [" + b"<!ENTITY a 'b'>" * 100_000 + rss(rss_item("1")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_take_bounded_time(name):
    started = time.process_time()
    try:
        parsed(HOSTILE[name])
    except NotAFeedError:
        pass
    assert time.process_time() - started < 5
