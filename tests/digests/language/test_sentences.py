import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.language.sentences import sentences

# "|" stands where a sentence ends and the next begins.
ENGLISH = [
    "He left. | She stayed.",
    "Mr. Smith met Sen. McCain in St. Louis. | They talked.",
    "China's digital economy hit 27.2 trillion yuan. | It grew by 3.5 percent.",
    "U.S. President Joe Biden spoke in Washington, D.C. on Monday. | Nobody listened.",
    "He moved to the U.S. | The family followed.",
    "The talks began at 5 p.m. | They ended at 7 a.m. on Friday.",
    "Apple Inc. Chief Executive Tim Cook said so. | Shares of Apple Inc. rose.",
    "He works at Apple Inc. | The firm is large.",
    "See No. 10 and fig. 3 for details. | Then decide.",
    "J. R. R. Tolkien wrote it. | George W. Bush read it.",
    "Doctors found a lack of vitamin C. | The patient recovered.",
    "“I agree.” | He left.",
    "“What?” Ms. Smith asked. | “Nothing,” he said.",
    '"It is over!" he said. | "We won."',
    "What now? | Nobody knows! | Wait...",
    "It cost $5.5bn. | That is approx. $100 each, i.e. too much.",
    "On Sept. 11 he was there. | In Jan. he was not.",
    "Visit www.example.com or mail a.b@c.org now. | Do it.",
    "Prices rose by 5%. | 10 shops closed.",
    "It happened in 2017. | The court ruled in 2019.",
]
RUSSIAN = [
    "Он ушёл. | Она осталась.",
    "Встреча прошла в г. Алматы на ул. Абая. | Были все.",
    "В 2020 г. Россия ввела пошлины. | Эксперты спорят.",
    "Это случилось летом и осенью 2023 г. | Эксперты согласны.",
    "Стихи А. С. Пушкина знают все. | Их читал И. И. Иванов.",
    "Нужны деньги, т.е. кредиты. | Их дают банки и т.д. | Так бывает.",
    "Ущерб составил 5 млн. рублей. | Виновные заплатят 100 руб. | Суд решил.",
    "«Это ложь!» — возмутился он. | «Правда?» — спросила она.",
    "— Привет! — сказал он. | — Здравствуй.",
    "Мы рады, заявил он. | «Это важно», — добавила она.",
    "По ст. 5 УК РФ ему грозит срок. | См. рис. 2 и табл. 3.",
    "Команды выступят в лиге.| Россияне приехали в субботу.",
    "Температура +11 °C. | Ветер 5−7 м/с. | Без осадков.",
    "Он сказал… | Но никто не поверил.",
    "В XX в. Россия изменилась. | Прошёл век.",
    "Д-р Иванов и проф. Петров приехали. | Акад. Сидоров заболел.",
]
KAZAKH = [
    "Ол келді. | Біз кеттік.",
    "«Біз жеңеміз!» — деді ол. | Содан кейін кетті.",
    "«Бұл – маңызды», – деді Президент Қ. К. Тоқаев. | Жиын аяқталды.",
    "Жиын Астана қ. Мәңгілік Ел даңғ. өтті. | Оған бәрі келді.",
    "Көлемі 5 млрд. теңге болды. | Бұл – көп.",
    "Шара 2024 ж. аяқталады. | Қатысушылар көп.",
    "Неге? | Өйткені солай!",
]


def split(text, language):
    return [text[start:end] for start, end in sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "marked"),
    [(language, case) for language, cases in (("en", ENGLISH), ("ru", RUSSIAN), ("kk", KAZAKH)) for case in cases],
)
def test_news_is_split_where_people_would(language, marked):
    expected = [part.strip() for part in marked.split("|")]
    assert split(marked.replace("| ", "").replace("|", ""), language) == expected


@pytest.mark.parametrize("end", ["\n", "\n\n", "\r\n", "\u2028"])
def test_a_line_break_ends_a_sentence(end):
    assert split(f"A headline without a stop{end}and a line", "en") == ["A headline without a stop", "and a line"]


def test_german_ordinals_do_not_end_sentences():
    assert split("Am 3. Oktober wird gefeiert. Alle kommen.", "de") == ["Am 3. Oktober wird gefeiert.", "Alle kommen."]


def test_chinese_needs_no_blank():
    assert split("经济增长。贸易下降！", "zh") == ["经济增长。", "贸易下降！"]


def test_a_blank_text_has_no_sentences():
    assert sentences(" \n\t ", "en") == ()


NEWS_LIKE = st.text(alphabet="aZ .!?…\n\"«»—г.т5Ұқ'()", max_size=200)


@given(st.one_of(st.text(), NEWS_LIKE), st.sampled_from(["en", "ru", "kk", "de", "und"]))
def test_sentences_hold_everything_in_order(text, language):
    spans = sentences(text, language)
    at = 0
    for start, end in spans:
        assert at <= start < end
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "piece",
    [".", "a. ", "A.", "г. ", '"', "2020 г. Р", ". ", ".\t\"'", "т.", "a.B", "(", "— "],
)
def test_hostile_text_takes_linear_time(piece):
    started = time.process_time()
    sentences(piece * (300_000 // len(piece)), "ru")
    assert time.process_time() - started < 2
