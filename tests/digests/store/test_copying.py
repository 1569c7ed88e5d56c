"""Databases that are copied whole, in either direction."""

import pytest
from sqlalchemy import JSON, Boolean, DateTime, Float, delete, insert, select, update

import databases
from builders import NOW
from digests.errors import NewerDatabaseError
from digests.store import copying
from digests.store.copying import Sum, copy, is_empty, is_unfinished, sums
from digests.store.engine import for_writing, open_engine
from digests.store.schema import upgrade
from digests.store.search import Search
from digests.store.tables import articles, feeds, leases, metadata, subscribers, topics
from digests.store.unit_of_work import Store

ROWS = 25


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(copying, "BATCH", 10)


@pytest.fixture
def new(tmp_path, tmp_path_factory):
    """Opens a new database of a kind."""
    stores, urls = [], []

    def opened(kind):
        template = databases.template(kind, tmp_path_factory.getbasetemp())
        urls.append(databases.new_database(kind, template, tmp_path))
        stores.append(Store(open_engine(urls[-1])))
        return stores[-1]

    yield opened
    for one in stores:
        one.close()
    for url in urls:
        databases.drop(url)


@pytest.fixture(params=[("sqlite", "postgresql"), ("postgresql", "sqlite")], ids=" to ".join)
def pair(new, request):
    """A source with rows in every table, and an empty target of the other kind."""
    source, target = map(new, request.param)
    furnish(source)
    return source.engine, target.engine


def furnish(store):
    """Rows in every table, each different, with what is hard to carry over in each kind of column."""
    with store.begin() as work:
        for table in metadata.sorted_tables:
            work._connection.execute(insert(table), [row(table, number) for number in range(1, ROWS + 1)])
        for number in range(1, ROWS + 1):
            Search(work._connection).index(number, f"bridge o'neil 27.{number} көпір café")


def row(table, number):
    return {column.name: value(column, number) for column in table.columns}


def value(column, number):
    if column.nullable and number % 2:
        return None
    if isinstance(column.type, JSON):
        return {"b": [number, None, 0.1, "ё\u2028\0"], "a": {}}
    if isinstance(column.type, Boolean):
        return number % 3 == 0
    if isinstance(column.type, Float):
        return number / 7
    if isinstance(column.type, DateTime) or (column.type.python_type is not int and hasattr(column.type, "impl")):
        return NOW.replace(microsecond=number)
    return number if column.type.python_type is int else f"{number} Көпір\n'\"\\ 🚀"


def made(pair, **options):
    return copy(*pair, tell=lambda *_: None, checked=lambda *_: None, **options)


def assert_equal(pair, compared):
    assert [one.name for one in compared if one.source != one.target] == []
    assert sums(pair[0]) == sums(pair[1])
    for table in metadata.sorted_tables:
        if table is not leases:
            with pair[0].connect() as here, pair[1].connect() as there:
                statement = select(table).order_by(
                    *(one for one in table.primary_key if one.type.python_type is not str)
                )
                rows = [sorted(map(repr, one.execute(statement))) for one in (here, there)]
                assert rows[0] == rows[1], table.name


class CutShortError(Exception):
    """As if the process had been killed."""


def cut_after(batches):
    left = iter(range(batches))

    def tell(*_):
        if next(left, None) is None:
            raise CutShortError

    return tell


def test_every_table_arrives_whole(pair):
    compared = made(pair)
    assert_equal(pair, compared)
    assert {one.name for one in compared} == {*metadata.tables, "article_search"} - {"leases"}
    assert {one.source.rows for one in compared} == {ROWS}
    assert not is_unfinished(pair[1])


def test_what_was_copied_is_found_by_its_words(pair):
    made(pair)
    with Store(pair[1]).read() as work:
        found = [work.articles.find([frozenset({word})], start=0, limit=1)[0] for word in ("bridge", "27.9", "cafe")]
    assert found == [ROWS, 1, ROWS]


def test_ids_are_given_on_from_the_last_one_even_of_what_is_gone(pair):
    with for_writing(pair[0]).connect() as connection, connection.begin():
        connection.execute(delete(feeds).where(feeds.c.id == ROWS))
        if pair[0].dialect.name == "postgresql":  # rows that were put in with their ids take none from it
            connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('feeds', 'id'), {ROWS})")
    made(pair)
    with Store(pair[1]).begin() as work:
        assert work.feeds.add("https://new.example/", title="New", site_url="", now=NOW).id == ROWS + 1
        assert work.articles.new_story(NOW) == ROWS + 1


@pytest.mark.parametrize("batches", [0, 1, 7, 60])
def test_a_copy_that_was_cut_short_goes_on_when_it_is_begun_again(pair, batches):
    with pytest.raises(CutShortError):
        copy(*pair, tell=cut_after(batches), checked=lambda *_: None)
    assert is_unfinished(pair[1])
    told = []
    compared = copy(*pair, tell=lambda *step: told.append(step), checked=lambda *_: None)
    assert_equal(pair, compared)
    assert not is_unfinished(pair[1])
    assert ("feeds", 10, ROWS) in told


def test_what_has_changed_since_is_brought_over_by_another_copy(pair):
    made(pair, is_last=False)
    assert is_unfinished(pair[1])
    with for_writing(pair[0]).connect() as connection, connection.begin():
        connection.execute(delete(feeds).where(feeds.c.id == 3))  # with all that refers to it
        connection.execute(update(topics).where(topics.c.position == 4).values(names={"en": "Moon"}))
        connection.execute(insert(subscribers), [row(subscribers, ROWS + 1)])
        # An address that another feed had.
        connection.execute(update(feeds).where(feeds.c.id == 1).values(url=value(feeds.c.url, 3)))
        Search(connection).index(4, "ferry")
    assert_equal(pair, made(pair))
    assert not is_unfinished(pair[1])
    with Store(pair[1]).read() as work:
        assert work.articles.find([frozenset({"ferry"})], start=0, limit=1)[0] == 1


def test_what_the_target_had_gives_way(pair):
    with Store(pair[1]).begin() as work:
        work.feeds.add("https://other.example/", title="Other", site_url="", now=NOW)
        work.remember("other", "fact")
    assert not is_empty(pair[1])
    assert_equal(pair, made(pair))


def test_readers_of_the_source_may_write_meanwhile_and_the_copy_is_of_one_moment(pair):
    def change(table, *_):
        if table == "feeds":
            with for_writing(pair[0]).connect() as connection, connection.begin():
                connection.execute(delete(articles))

    compared = {one.name: one for one in copy(*pair, tell=change, checked=lambda *_: None, is_last=False)}
    assert compared["articles"].target.rows == ROWS


def test_a_difference_is_seen(pair):
    made(pair)
    with for_writing(pair[1]).connect() as connection, connection.begin():
        connection.execute(update(articles).where(articles.c.id == 2).values(title="Forged"))
    assert [one.name for one in copying.compare(*pair) if one.source != one.target] == ["articles"]


def test_sums_are_of_rows_in_any_order():
    rows = [(1, "a"), (2, None), (3, {"b": 1})]
    assert Sum().plus(rows) == Sum().plus(rows[1:]).plus(rows[:1])
    assert Sum().plus(rows) != Sum().plus([(1, "a"), (2, None), (3, {"b": 2})])


def test_what_a_newer_version_made_is_left_alone(store):
    with store.begin() as work:
        work._connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerDatabaseError):
        upgrade(store.engine)
