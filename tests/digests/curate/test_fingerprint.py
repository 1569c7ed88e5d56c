from hypothesis import given
from hypothesis import strategies as st

from digests.curate.fingerprint import fingerprint
from digests.language.words import stem

TEXT = "The president met Tokayev in Astana on Monday. Prices rose by 12 percent, he said."


def test_terms_are_stems_of_headline_and_lead_without_stop_words():
    terms = fingerprint("President meets Tokayev", TEXT, "en").terms
    assert terms["presid"] == 2
    assert terms["12"] == 1
    assert "the" not in terms


def test_names_are_words_with_a_capital_inside_a_sentence():
    names = fingerprint("President meets", TEXT, "en").names
    assert {"tokayev", "astana"} <= names
    assert not {"the", "price", "presid"} & names


def test_a_headline_in_sentence_case_tells_names():
    assert stem("токаев", "ru") in fingerprint("Президент Токаев прибыл в столицу", "", "ru").names


def test_a_headline_in_title_case_tells_none():
    assert fingerprint("President Meets Leaders In Capital", "", "en").names == frozenset()


def test_only_the_lead_counts():
    assert "late" not in fingerprint("", "word " * 100 + "late", "en").terms


def test_forms_of_a_kazakh_name_are_one():
    one = fingerprint("", "Кеше Тоқаевтың жарлығы шықты.", "kk")
    other = fingerprint("", "Кеше Тоқаев жарлық шығарды.", "kk")
    assert one.names & other.names


@given(st.text(), st.text(), st.sampled_from(["en", "ru", "kk", "und"]))
def test_any_text_has_a_fingerprint(title, text, language):
    made = fingerprint(title, text, language)
    assert all(count > 0 for count in made.terms.values())
