"""What other outlets add to a story."""

from hypothesis import given
from hypothesis import strategies as st

from builders import coverage, story
from digests.summarize.story import additions

LEAD = {
    "title": "Bridge collapses in Larton",
    "summary": (
        "The old bridge over the Karund lake in Larton collapsed on Monday morning.",
        "Rescuers have pulled 12 people out of the water, the mayor said.",
    ),
}


def told(*others, **lead):
    return [(one.source, one.differs) for one in additions(story("news", *others, **(LEAD | lead)))]


def outlet(source, *summary, **values):
    return coverage(source=source, summary=summary, url=f"https://{source.lower()}.example/1", **values)


def test_what_is_new_is_added_with_its_source():
    herald = outlet("Herald", "Engineers had warned the council about cracks in the Larton bridge since 2019.")
    assert told(herald) == [("Herald", False)]


def test_the_same_in_other_words_is_not():
    assert told(outlet("Herald", "In Larton the old bridge over the lake Karund collapsed this Monday morning.")) == []


def test_what_is_about_something_else_is_not():
    assert told(outlet("Herald", "Grain prices rose by a third after the harvest failed in the eastern plains.")) == []


def test_figures_that_differ_are_shown_with_their_source_and_not_averaged():
    herald = outlet("Herald", "Rescuers pulled 15 people out of the water, according to the fire brigade.")
    added = additions(story("news", herald, **LEAD))
    assert [(one.source, one.differs) for one in added] == [("Herald", True)]
    assert "15 people" in added[0].text


def test_years_and_other_things_counted_are_no_contradiction():
    herald = outlet("Herald", "Rescuers used 15 boats to pull people out of the water, the mayor said in 2026.")
    assert all(not differs for _, differs in told(herald))


def test_word_forms_do_not_hide_what_is_the_same():
    lead = {"title": "Мост обрушился в Лартоне", "summary": ("Из воды подняли 12 человек, сообщили спасатели города.",)}
    herald = outlet("Herald", "Спасатели сообщили, что подняли из воды 15 человек в городе.", language="ru")
    assert told(herald, language="ru", **lead) == [("Herald", True)]


def test_other_languages_the_leads_own_outlet_and_danglers_add_nothing():
    warned = "Engineers had warned the council about cracks in the Larton bridge since 2019."
    assert told(outlet("Herald", warned, language="ru"), outlet("Agency", warned)) == []
    assert told(outlet("Herald", "They had warned the council about cracks in the Larton bridge since 2019.")) == []


@given(st.lists(st.lists(st.text(), max_size=3), max_size=4), st.sampled_from(["en", "ru", "kk", "und"]))
def test_any_coverage_can_be_compared(texts, language):
    others = [outlet(f"Paper{at}", *summary, language=language) for at, summary in enumerate(texts)]
    assert len(additions(story("news", *others, language=language, **LEAD))) <= 3
