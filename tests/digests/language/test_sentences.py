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
NEIGHBORS = {
    "en": [
        "Yahoo! Inc. fell. | Rival Yum! Brands rose.",
        "The museum reopened.[2] | Entry is free.",
        "Great news! 🎉 | The fair is back 🎡 | Come along.",
        "Stores open at 9 a.m. Friday. | They close at 5 p.m. | Parking is free.",
        "They show modern art. | 12 works hang there.",
        "“Who won?” Dr. Emma Stone asked. | “Nobody.” | She left.",
        "'It is over.' | Mr Hall warned that more would follow.",
        "The answer is no. | 12 people died.",
        'Lt. Col. Ward, a.k.a. "The Fox," left Ft. Worth, Tex., on Jan. 3. | (Police denied it.) | It rained.',
        "The study, by Chen et al. in Nature, ended in 15 B.C. and so on. | See p. 4.",
    ],
    "ru": [
        "Он жил в с. Покровка, д. 5, оф. 12. | Тел. 8 800 555-35-35.",
        "Депо им. Н.Э. Баумана закрыли. | Вопросы, т. к. их много, и т. д. | Потом ответят.",
        "Об этом пишет Газета.ру. | Валерий Фальков не ответил.",
        "Начало в 19.00. | Билеты стоят ок. 30 тыс. руб. | Дорого.",
        "В лиге остались ЦСКА, СКА и др. | Зам. нач. полк. Иванов доволен.",
        "Лидирует Серия А. | «Это ясно», — сказал он.",
        "Монеты III в. до н. э. лежали в яме. | Рядом — кости.",
    ],
    "kk": [
        "Ол 2024 ж. 12 қаңтарда келді. | Т.б. мәселе жоқ.",
        "Тарихшы Б. Ғ. Аяған жазды. | Кітап XX ғ. туралы.",
        "Құны 5 млн тг. | Оны Абай көш. 15-үйден алады.",
        "«Керемет!» – деп жазды ол. | Қайда, қашан, т.с.с. | Ешкім білмейді.",
    ],
    "uk": [
        "Він живе у м. Київ на вул. Хрещатик, буд. 5. | Ціна — 5 тис. грн. | Дорого.",
        "У XIX ст. Київ зростав. | Музей ім. Т. Шевченка відкрили 1949 р. | Вхід вільний.",
    ],
    "ky": [
        "Бишкек ш. Чүй просп. өрт чыкты. | Казакстан, Өзбекстан ж.б. өлкөлөр жардам берди. | Ал 2024-ж. 1-майда бүтөт."
    ],
    "uz": [
        "Sh. Mirziyoyev 2025-y. 1-yanvarda keldi. | Meva, sabzavot va h.k. | Bu — 5 mln. tonna.",
        "Буни айтди у. | Иш битди.",
    ],
    "tr": ["T.C. Merkez Bankası'na Prof. Dr. Ayşe Kaya geldi. | No: 15, Abay Cad. Kadıköy. | II. Selim geldi."],
}


def split(text, language):
    return [text[start:end] for start, end in sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        (language, case)
        for language, cases in (("en", ENGLISH), ("ru", RUSSIAN), ("kk", KAZAKH), *NEIGHBORS.items())
        for case in cases
    ],
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
    [
        ".",
        "a. ",
        "A.",
        "г. ",
        '"',
        "2020 г. Р",
        ". ",
        ".\t\"'",
        "т.",
        "a.B",
        "(",
        "— ",
        "🎉 ",
        ". 🎉",
        "x.[1]",
        "т. д. ",
        "2024-ж. ",
    ],
)
def test_hostile_text_takes_linear_time(piece):
    started = time.process_time()
    sentences(piece * (300_000 // len(piece)), "ru")
    assert time.process_time() - started < 2
