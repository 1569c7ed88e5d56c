"""Quality and speed of reading pages and texts, on real ones."""

import gzip
import json
import re
import time
from collections import Counter

import pytest

from digests.extract.html import read_html
from digests.reading import prepare, read_pasted

pytestmark = pytest.mark.bench
FLOOR = 0.95
SHINGLE = 4


def shingles(text):
    """Runs of four words with their counts, as the article extraction benchmark compares them."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)))


def test_articles_are_cut_out_of_pages(corpora):
    truths = json.loads((corpora / "pages" / "ground-truth.json").read_text(encoding="utf-8"))
    precisions, recalls, seconds = [], [], 0.0
    prepare()
    for name, truth in truths.items():
        body = gzip.decompress((corpora / "pages" / "html" / f"{name}.html.gz").read_bytes())
        started = time.process_time()
        page = read_html(body, url=truth.get("url", ""))
        seconds += time.process_time() - started
        found, wanted = shingles(page.text), shingles(truth["articleBody"])
        common = (found & wanted).total()
        precisions.append(common / found.total())
        recalls.append(common / wanted.total())
    precision, recall = sum(precisions) / len(truths), sum(recalls) / len(truths)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"\n{len(truths)} pages: F1 {f1:.4f}, precision {precision:.4f}, recall {recall:.4f}")  # noqa: T201
    print(f"{1000 * seconds / len(truths):.0f} ms a page, with headline, date, author and language")  # noqa: T201
    assert f1 >= FLOOR


def test_a_scraped_page_loses_its_furniture(seed):
    for path in seed:
        page, summary = read_pasted(path.read_text(encoding="utf-8"), sentences=3, engine="news")
        print(f"\n{page.title!r}, {page.published}, {page.language}\n{summary.text}")  # noqa: T201
        assert page.title
        assert page.published
        assert not re.search(r"Orphus|Copyright|hyperlink|relevant news|Most read|\d\d:\d\d", page.text)


@pytest.mark.parametrize("name", ["en", "ru", "kk_sentences"])
def test_every_text_can_be_read(lines, name):
    prepare()
    texts = [one["text"] for one in lines(f"articles/{name}.jsonl")]
    started = time.process_time()
    for text in texts:
        page, summary = read_pasted(text, sentences=3, engine="news")
        assert all(page.text[one.start : one.end] == one.text for one in summary.sentences)
    print(f"\n{name}: {len(texts) / (time.process_time() - started):.0f} texts a second")  # noqa: T201
