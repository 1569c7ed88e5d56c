import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.extract.furniture import citation_wish, is_furniture, without_furniture

FURNITURE = [
    "Система Orphus",
    "Нашли ошибку? Выделите её и нажмите Ctrl+Enter",
    "Spotted a typo? Let us know",
    "Қате тапсаңыз, белгілеп, Ctrl+Enter басыңыз",
    "3248",
    "Просмотров: 1 204",
    "1.2k views",
    "5 min read",
    "👁 532",
    "© 2024 Хабарлар",
    "All rights reserved.",
    "Все права защищены.",
    "Барлық құқықтар қорғалған.",
    "This information may not be reproduced without reference to the agency.",
    "When citing our content a hyperlink to this website is obligatory.",
    "При использовании материалов активная гиперссылка на источник обязательна.",
    "Материалды пайдаланған кезде сілтеме жасау міндетті.",
    "relevant news",
    "Most read",
    "Читайте также",
    "Читайте также: Цены на хлеб выросли",
    "Новости по теме",
    "Сондай-ақ оқыңыз",
    "Ең көп оқылған",
    "Share this article on Facebook",
    "Поделиться",
    "Бөлісу",
    "Facebook Twitter Telegram",
    "Facebook | VK | WhatsApp",
    "Подписывайтесь на наш Telegram-канал!",
    "Subscribe to our newsletter",
    "Главная / Новости / Экономика",
    "Home > News > World",
    "Главная",
    "Комментарии (12)",
    "Leave a comment",
    "Фото: пресс-служба",
    "Photo: agency",
    "Теги: экономика, бюджет",
    "Реклама",
    "Media playback is not supported on this device",
    "https://example.com/a?b=c",
    "@channel",
]
SENTENCES = [
    "The president said that the economy would grow.",
    "Президент сообщил, что экономика вырастет.",
    "Мемлекет басшысы экономика өседі деді.",
    "More than a hundred people were hurt.",
    "Shares of the bank fell by a third on Monday.",
    "Popular protests began in the capital.",
    "Главная дорога города закрыта на ремонт.",
    "Комментарии министра вызвали споры.",
    "Печать денег ускорила инфляцию.",
    "Telegram выплатит штраф.",
    "News of the deal spread quickly.",
    "Home prices rose again in October.",
    "Фотограф получил премию.",
    "In 2018 there were 3248 of them.",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_the_site_speaks(line):
    assert is_furniture(line)


@pytest.mark.parametrize(
    "wish",
    [
        "When citing our content a hyperlink to this Kazakhstan Today website is obligatory.",
        "При использовании материалов активная гиперссылка на источник обязательна.",
        "Материалды пайдаланған кезде сілтеме жасау міндетті.",
        "Материалдарды колдонууда шилтеме берүү милдеттүү.",
        "При використанні матеріалів гіперпосилання на сайт обов’язкове.",
        "Materiallardan foydalanilganda saytga havola qilish shart.",
    ],
)
def test_a_publishers_wish_to_be_linked_is_found(wish):
    assert citation_wish(["The link between both is weak, he said.", f" {wish} "]) == wish
    assert citation_wish(["The link between both is weak, he said."]) == ""


@pytest.mark.parametrize("line", SENTENCES)
def test_the_author_speaks(line):
    assert not is_furniture(line)


def test_edges_are_trimmed_and_the_text_is_not():
    text = ["The bank has cut its rate for the third time.", "Analysts had expected this, he said."]
    above = ["Система Orphus", "09.11.2018, 19:46 3248"]
    below = ["© 2024", "Читайте также", "Цены на хлеб выросли", "В Алматы построят метро", "Комментарии"]
    assert without_furniture([*above, *text, *below]) == text


def test_a_heading_or_list_at_the_end_stays_where_no_furniture_is():
    text = ["The bank has cut its rate.", "What changes", "Loans", "Deposits"]
    assert without_furniture(text) == text


def test_a_link_to_another_article_goes_from_the_middle_too():
    lines = ["The bank has cut its rate.", "Read also: Why rates matter", "Analysts had expected this."]
    assert without_furniture(lines) == [lines[0], lines[2]]


def test_a_long_menu_above_the_text_is_known_by_its_shape():
    text = ["The bank has cut its rate.", "Analysts had expected this."]
    assert without_furniture([f"District {name}" for name in "ABCDEFGHIJKL"] + text) == text


def test_a_text_of_short_lines_is_no_menu():
    poem = [f"The line {name}" for name in "ABCDEFGHIJKL"]
    assert without_furniture(poem) == poem


def test_furniture_alone_leaves_nothing():
    assert without_furniture(["Главная", "Поделиться", "© 2024"]) == []


@given(st.lists(st.text(min_size=1)))
def test_any_lines_come_back_in_order(lines):
    kept = without_furniture(lines)
    rest = iter(lines)
    assert all(line in rest for line in kept)


@pytest.mark.parametrize(
    "piece", ["a", " ", "1 ", "x | ", "link ", "© ", "by ", "views ", "share ", "/ ", "https://a "]
)
def test_hostile_lines_take_linear_time(piece):
    started = time.process_time()
    for length in range(1, 399, 7):
        is_furniture((piece * length)[:399])
    assert time.process_time() - started < 1
