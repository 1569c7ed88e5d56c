import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.language.identify import LANGUAGES, identify
from digests.model import UNSURE


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("en", "It's the fifth year for China to hold the conference."),
        ("ru", "Президент подписал закон о государственной службе."),
        ("kk", "Мемлекет басшысы жаңа заңға қол қойды."),
        ("kk", "Қазақстан президенті"),
        ("ky", "Президент мыйзамга кол койду, деп билдирди басма сөз кызматы."),
        ("uk", "Президент України підписав новий закон про освіту."),
        ("uz", "Prezident yangi qonunni imzoladi va matbuot xizmati bu haqda xabar berdi."),
        ("uz", "Президент янги қонунни имзолади, матбуот хизмати бу ҳақда хабар берди."),
        ("uz", "Бу ҳақда вазирлик маълум қилди."),
        ("kk", "Memleket basşysy jaña zañğa qol qoydy, dep habarlady Aqordanyñ baspasöz qyzmeti."),
        ("kk", "Memleket basshysy jańa zańǵa qol qoıdy, dep habarlady Aqordanyń baspasóz qyzmeti."),
        ("tr", "ABD Başkanı George W. Bush, açıklamayı olumlu karşıladı."),
        ("az", "Prezident yeni qanunu imzalayıb, bu barədə mətbuat xidməti məlumat verib."),
        ("bg", "Президентът подписа новия закон за държавната служба и го върна в парламента."),
        ("ru", "Туристы погибли в горах, сообщили спасатели, которые искали их трое суток."),
        ("ar", "أعلنت شركة Apple Inc and the rest عن هاتف جديد في مؤتمر صحفي عقد اليوم"),
        ("tr", "Cumhurbaşkanı yeni yasayı imzaladı ve açıklama yaptı."),
        ("de", "Der Präsident hat das neue Gesetz unterschrieben."),
        ("fr", "Le président a signé la nouvelle loi sur le service public."),
        ("es", "El presidente firmó la nueva ley sobre el servicio público."),
        ("zh", "中国经济增长"),
    ],
)
def test_the_language_of_news(expected, text):
    assert identify(text) == expected


def test_a_russian_text_that_names_kazakh_places_is_russian():
    assert (
        identify("Қостанай и Өскемен вошли в список городов, где в этом году построят новые школы и больницы.") == "ru"
    )


def test_a_text_that_quotes_another_script_keeps_its_language():
    assert identify("Компания OpenAI показала GPT-5 и Sora, пишет The New York Times со ссылкой на источники.") == "ru"
    assert identify("Бүгінгі Күн ойыншысы — Washington Capitals командасынан Alex Ovechkin.") == "kk"


@pytest.mark.parametrize("text", ["", "Hello", "12345 67 890123", "— … !?", "https://"])
def test_too_little_to_tell(text):
    assert identify(text) == UNSURE


@settings(max_examples=50, deadline=None)
@given(st.text())
def test_any_text_has_one_answer(text):
    assert identify(text) == identify(text)
    assert identify(text) in {*LANGUAGES, UNSURE}
