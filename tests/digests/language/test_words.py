import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.language.words import fold, stem, stems, stop_words, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("China's economy", ["china's", "economy"], id="an apostrophe inside a word stays"),
        pytest.param("rock’n’roll", ["rock'n'roll"], id="a typographic apostrophe is an apostrophe"),
        pytest.param("'quoted'", ["quoted"], id="quotes are no apostrophes"),
        pytest.param("интернет-магазин", ["интернет", "магазин"], id="a hyphen parts"),
        pytest.param("hit 27.2 trillion", ["hit", "27.2", "trillion"], id="a decimal number is one word"),
        pytest.param("1,250.50 tenge", ["1,250.50", "tenge"], id="a grouped number is one word"),
        pytest.param("Ёлка ещё", ["елка", "еще"], id="ё is written е"),
        pytest.param("приве\u0301т", ["привет"], id="stress marks are dropped"),
        pytest.param("İstanbul", ["istanbul"], id="a Turkish capital İ is an i"),
        pytest.param("ﬁne \u00adsoft\u00adly", ["fine", "softly"], id="ligatures and soft hyphens"),
        pytest.param("Əліппе ҚАЗАҚ", ["əліппе", "қазақ"], id="Kazakh capitals"),
        pytest.param(" — … !", [], id="signs alone"),
    ],
)
def test_words_are_folded_and_in_order(text, expected):
    assert words(text) == expected


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        pytest.param("en", "election elections", id="English"),
        pytest.param("ru", "выборы выборов выборам выборами", id="Russian"),
        pytest.param("kk", "мектеп мектептер мектебі мектебінде мектепке мектептің", id="Kazakh, a voiced consonant"),
        pytest.param("kk", "қазақстан қазақстанның қазақстанда қазақстандағы", id="Kazakh, a country"),
        pytest.param("kk", "облыс облысы облысында облыстың", id="Kazakh, a possessor after -ыс"),
        pytest.param("kk", "бала балалар балаларымыздың балаға", id="Kazakh, a chain of endings"),
        pytest.param("kk", "теңге теңгеге теңгені", id="Kazakh, a word that only looks like an ending"),
        pytest.param("kk", "ел елдер елдің елде елі", id="Kazakh, a syllable"),
        pytest.param("kk", "айтты айтқан айтып", id="Kazakh verbs"),
        pytest.param("ky", "шаар шаарда шаарга шаардын", id="Kyrgyz"),
        pytest.param("tr", "ülke ülkeler ülkeleri", id="Turkish"),
    ],
)
def test_forms_of_a_word_share_a_stem(language, forms):
    assert len({stem(form, language) for form in forms.split()}) == 1


@pytest.mark.parametrize("pair", ["доллар дол", "министр министрлік", "экономика эконом", "банк бан"])
def test_other_kazakh_words_stay_apart(pair):
    one, other = pair.split()
    assert stem(one, "kk") != stem(other, "kk")


@pytest.mark.parametrize("language", ["und", "zz", "uk", ""])
def test_a_language_without_stemmer_leaves_words_alone(language):
    assert stems("Вибори виборів", language) == ["вибори", "виборів"]


@given(st.text(), st.sampled_from(["en", "ru", "kk", "ky", "tr", "und"]))
def test_stems_never_fail_and_never_vanish(text, language):
    assert all(stems(text, language))


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_stop_words_are_written_as_words_come(language):
    for word in stop_words(language):
        assert words(word) == [word]


def test_a_language_without_list_has_no_stop_words():
    assert stop_words("und") == frozenset()
