import pytest

from digests.extract.titles import is_cut, site_names, without_site


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("Bank cuts rate | Daily Herald", "Bank cuts rate", id="behind a bar"),
        pytest.param("Bank cuts rate - Daily Herald", "Bank cuts rate", id="behind a hyphen"),
        pytest.param("Daily Herald: Bank cuts rate", "Daily Herald: Bank cuts rate", id="its own colon"),
        pytest.param("Daily Herald — Bank cuts rate", "Bank cuts rate", id="before a dash"),
        pytest.param("Bank cuts rate | dailyherald.kz", "Bank cuts rate", id="the host"),
        pytest.param("Bank cuts rate - Economy - Daily Herald", "Bank cuts rate - Economy", id="only the site's name"),
        pytest.param("Bank cuts rate - and then raises it", "Bank cuts rate - and then raises it", id="its own dash"),
        pytest.param("Daily Herald", "Daily Herald", id="nothing but the name"),
        pytest.param("", "", id="nothing"),
    ],
)  # fmt: skip
def test_the_name_of_the_site_is_no_part_of_a_headline(title, expected):
    assert without_site(title, site_names("Daily Herald", "https://www.dailyherald.kz/a/b")) == expected


def test_a_site_is_called_by_the_name_in_its_host():
    assert without_site("Bank cuts rate - Agency", site_names("", "https://news.agency.co.kr/1")) == "Bank cuts rate"


@pytest.mark.parametrize(("title", "cut"), [("Bank cuts…", True), ("Bank cuts...", True), ("Bank cuts rate", False)])
def test_a_shortened_headline_is_known_by_its_dots(title, cut):
    assert is_cut(title) is cut
