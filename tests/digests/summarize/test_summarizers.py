import subprocess
import sys
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digests.summarize.engines import ENGINES, summarizer
from reports import ENGLISH, KAZAKH, RUSSIAN, report


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (RUSSIAN, "ru"), (KAZAKH, "kk"), (ENGLISH, "und")])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_summary_is_sentences_of_the_article_in_order(engine, text, language, count):
    summary = summarizer(engine).summarize(report(text, language=language), sentences=count)
    assert summary.engine == engine
    assert 0 < len(summary.sentences) <= count
    assert [text[one.start : one.end] for one in summary.sentences] == [one.text for one in summary.sentences]
    assert [one.start for one in summary.sentences] == sorted({one.start for one in summary.sentences})


@pytest.mark.parametrize("engine", ENGINES)
def test_headings_and_fragments_are_passed_over(engine):
    chosen = summarizer(engine).summarize(report(ENGLISH), sentences=7).text
    assert "What changes" not in chosen
    assert "Almaty." not in chosen


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "language", "pronoun"),
    [(ENGLISH, "en", ("He", "This")), (RUSSIAN, "ru", "Об этом"), (KAZAKH, "kk", "Бұл")],
)
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_no_sentence_hangs_on_one_that_is_left_out(engine, text, language, pronoun, count):
    sentences = summarizer(engine).summarize(report(text, language=language), sentences=count).sentences
    for before, one in zip((None, *sentences), sentences, strict=False):
        if one.text.startswith(pronoun):
            assert before is not None
            assert not text[before.end : one.start].strip()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("One sentence stands alone here.", id="one sentence"),
        pytest.param("No stop", id="a fragment"),
        pytest.param("First of two. Second of two.", id="two"),
        pytest.param("A heading\n\nAnd the text below it.", id="a heading and a text"),
    ],
)
def test_a_shorter_article_comes_back_whole(engine, text):
    summary = summarizer(engine).summarize(report(text), sentences=3)
    assert summary.text.split() == text.split()


@pytest.mark.parametrize("engine", ENGINES)
def test_an_article_without_text_gives_no_sentences(engine):
    assert summarizer(engine).summarize(report(""), sentences=3).sentences == ()


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_but_headings_still_gives_a_summary(engine):
    text = "\n\n".join(f"Heading number {number}" for number in range(9))
    assert len(summarizer(engine).summarize(report(text), sentences=2).sentences) == 2


def test_our_engine_does_not_say_a_thing_twice():
    again = "The key rate was cut for the third time this year to nine percent by the central bank."
    text = f"{ENGLISH.partition(' He did')[0]} {again} {ENGLISH.partition('said. ')[2]}"
    assert again not in summarizer("news").summarize(report(text), sentences=2).text


PIECES = st.lists(
    st.sampled_from(
        ["The bank cut its rate. ", "He left. ", "\n\n", "«Да!» ", "5 ", "... ", "A HEADING\n", "слово ", "the of "]
    )
)


@settings(deadline=None, max_examples=40)
@given(
    st.one_of(st.text(), PIECES.map("".join)),
    st.sampled_from(["en", "ru", "kk", "und"]),
    st.integers(1, 4),
    st.sampled_from(ENGINES),
)
@example(text="0! 1", language="en", count=1, engine="lexrank")
def test_any_text_can_be_summarized(text, language, count, engine):
    summary = summarizer(engine).summarize(report(text, language=language, title=text[:50]), sentences=count)
    assert len(summary.sentences) <= count
    assert all(text[one.start : one.end] == one.text for one in summary.sentences)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_book_takes_seconds_at_most(engine):
    book = " ".join(
        f"Sentence number {number} of the book says {number * 7 % 101} things at once." for number in range(5000)
    )
    started = time.process_time()
    summarizer(engine).summarize(report(book), sentences=3)
    assert time.process_time() - started < 8


def test_an_unknown_engine_is_told_with_the_known_ones():
    with pytest.raises(ValueError, match="lexrank"):
        summarizer("magic")


def test_no_data_of_nltk_is_looked_for():
    code = (
        "import nltk.data\n"
        "def refuse(*args, **kwargs): raise AssertionError(args)\n"
        "nltk.data.find = nltk.data.load = refuse\n"
        "from digests.model import Length\nfrom digests.reading import read_pasted\n"
        "for engine in ('news', 'lexrank', 'lsa', 'textrank', 'luhn'):\n"
        f"    read_pasted({ENGLISH!r}, length=Length(sentences=2), engine=engine)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("LONDON (Reuters) - Oil fell on Monday to its lowest in a year.", "en", "Oil fell on Monday"),
        ("NEW YORK, Nov. 12 (AP) — The bank has cut its rate again.", "en", "The bank has cut"),
        ("(CNN) -- The mayor has resigned after a week of protests.", "en", "The mayor has resigned"),
        ("АСТАНА, 12 ноя — ТАСС. Банк снизил ставку в третий раз за год.", "ru", "Банк снизил ставку"),
        ("АЛМАТЫ – Банк снизил ставку в третий раз за год.", "ru", "Банк снизил ставку"),
        ("АСТАНА. КазАқпарат – Ұлттық банк мөлшерлемені төмендетті деп хабарлады.", "kk", "Ұлттық банк"),
        ("NEW DELHI: The bank has cut its rate for the third time.", "en", "The bank has cut"),
        ("However, the bank expects prices to fall next year.", "en", "The bank expects"),
        ("But analysts had expected a cut of one percent.", "en", "Analysts had expected"),
        ("Кроме того, банк ожидает снижения цен в будущем году.", "ru", "Банк ожидает"),
        ("Сонымен қатар банк келесі жылы бағаның төмендеуін күтеді.", "kk", "Банк келесі жылы"),
        ("Сондай-ақ, банк келесі жылы бағаның төмендеуін күтеді.", "kk", "Банк келесі жылы"),
        ("So far the bank has cut its rate three times.", "en", "So far the bank"),
        ("China (population 1.4 billion) - the largest market - buys less.", "en", "China (population"),
        ("The WHO (World Health Organization) says the danger is over.", "en", "The WHO (World"),
        ("Так называемый «ковровый» метод запретили в четырех странах.", "ru", "Так называемый"),
    ],
)
def test_datelines_and_connectives_are_left_out(text, language, expected):
    (first,) = summarizer("news").summarize(report(text, language=language), sentences=1).sentences
    assert first.shown.startswith(expected)
    assert text[first.start : first.end] == first.text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("“We are going to win this.", "en"),
        ("we will see in the spring, said the mayor.", "en"),
        ("“It was an absolute disaster for all of us.”", "en"),
        ("– Мы победим, и это знают все в стране.", "ru"),
        ('""Спустя год мы делаем первые шаги в этой области.', "ru"),
        ("``Basically, trying out different players was the idea.", "en"),
        ("1) Зарплаты вырастут на десять процентов в январе.", "ru"),
        ("Вот что изменится для вкладчиков с декабря этого года:", "ru"),
        ("«Біз бұл ойында міндетті түрде жеңіске жетеміз.", "kk"),
        ("Эксперты (их было пятеро на этот раз отметили рост.", "ru"),
    ],
)
def test_what_can_not_be_read_alone_is_passed_over(text, language):
    rest = {"en": ENGLISH, "ru": RUSSIAN, "kk": KAZAKH}[language]
    chosen = summarizer("news").summarize(report(f"{text}\n\n{rest}", language=language), sentences=2)
    assert text not in chosen.text


@pytest.mark.parametrize(
    "text", ["“It was a disaster,” the mayor said on Monday.", "«Это ложь», — заявил мэр Лартона."]
)
def test_speech_with_its_speaker_may_be_chosen(text):
    chosen = summarizer("lead").summarize(report(f"{text}\n\n{ENGLISH}"), sentences=1)
    assert chosen.text == text


@pytest.mark.parametrize(
    ("passed_over", "language"),
    [
        ("Subscribe to our newsletter for the best stories of every single day.", "en"),
        ("For more news of the region go to the front page of our site.", "en"),
        ("Photo: the agency of the city, from the archive of last year.", "en"),
        ("КРАСНОДАР, 1 ноября, ФедералПресс.", "ru"),
        ("Об этом сообщает пресс-служба областного министерства здравоохранения.", "ru"),
        ("Подписывайтесь на наш канал, чтобы узнавать новости первыми.", "ru"),
        ("Бұл туралы облыс әкімдігінің баспасөз қызметі хабарлады.", "kk"),
    ],
)
def test_promotion_datelines_and_who_reported_it_are_no_part_of_the_news(passed_over, language):
    told = {
        "en": ("The bridge over the river opened on Monday.", "Four lanes lead to the airport from now on."),
        "ru": ("Мост через реку открыли в понедельник утром.", "Четыре полосы теперь ведут прямо в аэропорт."),
        "kk": ("Өзен үстіндегі көпір дүйсенбі күні ашылды.", "Енді төрт жолақ тікелей әуежайға апарады."),
    }[language]
    made = summarizer("news").summarize(report(f"{told[0]} {passed_over} {told[1]}", language=language), sentences=2)
    assert passed_over not in [one.text for one in made.sentences]


def test_a_reminder_is_left_out_with_the_word_that_joins_it():
    made = summarizer("news").summarize(
        report("Мост открыли в понедельник утром. Напомним, что старый мост закрыли три года назад.", language="ru"),
        sentences=2,
    )
    assert made.text.endswith("Старый мост закрыли три года назад.")
