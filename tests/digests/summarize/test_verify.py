"""What no summary may say."""

import pytest

from digests.model import Summary, SummarySentence
from digests.summarize.candidates import candidates
from digests.summarize.engines import ENGINES, summarizer
from digests.summarize.verify import Fault, doubts_of_extract, doubts_of_rewording, proved
from reports import ENGLISH, KAZAKH, RUSSIAN, report

TEXT = (
    "The mayor of Larton, Ada Brook, opened the bridge on Monday. She did not invite the 12 ministers. "
    "The bridge cost 1,500.5 million crowns. “We have waited for this long enough,” Brook said. It will not be tolled."
)
ARTICLE = report(TEXT, title="Bridge opens")


def of(text, *spans):
    sentences = tuple(SummarySentence(text=text[start:end], start=start, end=end) for start, end in spans)
    return Summary(sentences=sentences, engine="news")


def spans():
    return [(one.sentence.start, one.sentence.end) for one in candidates(ARTICLE)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (RUSSIAN, "ru"), (KAZAKH, "kk")])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_what_the_engines_choose_is_proved(engine, text, language, count):
    one = report(text, language=language)
    summary = proved(summarizer(engine).summarize(one, sentences=count), one, count=count)
    assert doubts_of_extract(summary, one) == ()


def test_an_extract_in_order_is_beyond_doubt():
    first, second, third, *_ = spans()
    assert doubts_of_extract(of(TEXT, first, second, third), ARTICLE) == ()
    assert proved(of(TEXT, first, third), ARTICLE, count=2) == of(TEXT, first, third)


@pytest.mark.parametrize(
    ("summary", "fault"),
    [
        (lambda at: of(TEXT.upper(), at[0]), Fault.NOT_THERE),
        (lambda at: of(TEXT, at[2], at[0]), Fault.OUT_OF_ORDER),
        (lambda at: of(TEXT, at[0], at[0]), Fault.OUT_OF_ORDER),
        (lambda at: of(TEXT, (at[0][0], at[0][1] - 5)), Fault.PART),
        (lambda at: of(TEXT, (at[0][0], at[1][1])), Fault.PART),
        (lambda at: of(TEXT, at[0], at[4]), Fault.DANGLING),
        (lambda at: of(TEXT, at[1]), Fault.DANGLING),
    ],
)
def test_a_doubtful_extract_gives_way_to_first_sentences_that_pass(summary, fault):
    doubtful = summary(spans())
    assert fault in {doubt.fault for doubt in doubts_of_extract(doubtful, ARTICLE)}
    instead = proved(doubtful, ARTICLE, count=2)
    assert (instead.engine, len(instead.sentences)) == ("lead", 2)
    assert doubts_of_extract(instead, ARTICLE) == ()


@pytest.mark.parametrize(
    ("reworded", "faults"),
    [
        ("Mayor Ada Brook opened the bridge in Larton on Monday.", set()),
        ("The bridge cost 1500.5 million crowns.", set()),
        ("Brook said: “We have waited for this long enough.”", set()),
        ("The 12 ministers were not invited.", set()),
        ("The bridge cost 1,600 million crowns.", {Fault.NUMBER}),
        ("Mayor Ada Stone opened the bridge on Monday.", {Fault.NAME}),
        ("Brook said: “We have waited for ten years.”", {Fault.QUOTATION}),
        ("The 12 ministers were invited.", {Fault.NEGATION}),
    ],
)
def test_of_a_rewording_everything_that_can_be_looked_up_is(reworded, faults):
    assert {doubt.fault for doubt in doubts_of_rewording(reworded, ARTICLE)} == faults


@pytest.mark.parametrize(
    ("language", "text", "reworded", "faults"),
    [
        ("ru", "Банк не снизил ставку: она осталась на уровне 9,5%.", "Банк снизил ставку до 9,5%.", {Fault.NEGATION}),
        ("ru", "Аким Лартона открыл мост.", "Мост открыл аким Лартона.", set()),
        ("kk", "Банк мөлшерлемені төмендетпеді.", "Банк мөлшерлемені төмендетті.", {Fault.NEGATION}),
        ("kk", "Көпірдің құны 12 млн теңге болды.", "Көпір 13 млн теңге тұрады.", {Fault.NUMBER}),
    ],
)
def test_rewordings_in_other_languages(language, text, reworded, faults):
    found = doubts_of_rewording(reworded, report(text, title="", language=language))
    assert {doubt.fault for doubt in found} == faults
