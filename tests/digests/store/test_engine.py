"""Ways to a database, and what is said where there is none."""

import os
import time
from datetime import UTC, datetime
from importlib.resources import files

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

import databases
from builders import read_article, topic
from digests.errors import DatabaseAwayError, DatabaseLostError, DatabaseTrouble
from digests.language.words import stem
from digests.store import engine
from digests.store.engine import open_engine
from digests.store.schema import upgrade
from digests.store.unit_of_work import Store

WORDS = ("cafe", "café", "neil", "open")


@pytest.fixture
def postgresql(tmp_path):
    """The address of an empty PostgreSQL database."""
    url = databases.new_database(databases.POSTGRESQL, None, tmp_path)
    yield url
    databases.drop(url)


@pytest.fixture
def opened():
    """Opens stores and closes them."""
    stores = []

    def store(url):
        stores.append(Store(open_engine(url)))
        return stores[-1]

    yield store
    for one in stores:
        one.close()


def named(url, database):
    return url.replace(url.partition("?")[0].rpartition("/")[2], database)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgresql_is_meant_by_each_of_its_schemes(postgresql, opened, scheme):
    upgrade(opened(postgresql.replace("postgresql", scheme, 1)).engine)
    with opened(postgresql).read() as work:
        assert work.topics.all() == ()


@pytest.mark.parametrize(
    ("change", "trouble", "told"),
    [
        pytest.param(lambda _: "postgresql://bob:s3cret@127.0.0.1:9/news", "away", "127.0.0.1:9", id="nobody answers"),
        pytest.param(lambda url: named(url, "nowhere"), "missing", "CREATE DATABASE", id="no such database"),
        pytest.param(
            lambda url: url.replace("postgres:", "nobody:s3cret"), "refused", "pg_hba.conf", id="unknown user"
        ),
    ],
)
def test_what_is_the_matter_is_said_in_one_line_without_the_password(postgresql, change, trouble, told):
    with pytest.raises(DatabaseAwayError, match=told) as raised:
        upgrade(open_engine(change(postgresql)))
    assert (raised.value.trouble, "s3cret" in str(raised.value)) == (DatabaseTrouble(trouble), False)
    assert "\n" not in str(raised.value)


def test_a_user_who_may_make_no_tables_is_told_so(postgresql, opened):
    guest = f"guest_{os.getpid()}"  # of the whole server, which others use too
    with opened(postgresql).begin() as work:
        work._connection.exec_driver_sql("REVOKE ALL ON SCHEMA public FROM public")
        work._connection.exec_driver_sql(f"CREATE ROLE {guest} LOGIN")
    try:
        with pytest.raises(DatabaseAwayError, match="ALTER DATABASE"):
            upgrade(opened(postgresql.replace("postgres:", f"{guest}:")).engine)
    finally:
        with opened(postgresql).begin() as work:
            work._connection.exec_driver_sql(f"DROP ROLE {guest}")


def test_a_database_that_keeps_texts_without_an_encoding_is_told_by_what_makes_a_better_one(postgresql):
    name = f"bytes_{os.getpid()}"
    databases._execute(f"CREATE DATABASE {name} ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
    try:
        with pytest.raises(DatabaseAwayError, match="ENCODING 'UTF8'") as raised:
            upgrade(open_engine(named(postgresql, name)))
    finally:
        databases.drop(named(postgresql, name))
    assert (raised.value.trouble, raised.value.database) == (DatabaseTrouble.ENCODING, name)
    assert "SQL_ASCII" in str(raised.value)


def test_a_writer_that_says_nothing_more_gives_way(postgresql, opened, monkeypatch):
    upgrade(opened(postgresql).engine)
    monkeypatch.setattr(engine, "STALLED", 100)
    silent = opened(postgresql)
    with pytest.raises(DBAPIError, match="idle-in-transaction"), silent.begin() as work:  # noqa: PT012 - a silence
        work.remember("a", "silent")
        with opened(postgresql).begin() as other:  # waits until the server has undone the first
            other.remember("b", "other")
        work.remember("a", "again")
    with opened(postgresql).read() as work:
        assert (work.fact("a"), work.fact("b")) == (None, "other")


def test_a_connection_that_is_lost_is_told_from_other_troubles(postgresql, opened):
    store = opened(postgresql)
    upgrade(store.engine)

    def be_cut_off():
        with store.begin() as work:
            work.remember("a", "lost")
            with opened(postgresql).engine.connect() as other:
                other.exec_driver_sql(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            work.remember("a", "again")

    with pytest.raises(DatabaseLostError):
        be_cut_off()
    with store.begin() as work:
        assert work.fact("a") is None
    with pytest.raises(DatabaseLostError), opened("postgresql://news@127.0.0.1:9/news").read():
        pass


def test_a_writer_waits_for_another_no_longer_than_it_says(postgresql, opened):
    upgrade(opened(postgresql).engine)
    hasty = opened(f"{postgresql}&options=-c%20lock_timeout%3D50")
    began = time.monotonic()
    with opened(postgresql).begin(), pytest.raises(OperationalError, match="lock timeout"), hasty.begin():
        pass
    assert time.monotonic() - began < 10


def test_a_schema_that_another_process_changes_for_long_is_told_so(postgresql, opened):
    upgrade(opened(postgresql).engine)
    hasty = opened(f"{postgresql}&options=-c%20lock_timeout%3D50")
    with opened(postgresql).begin(), pytest.raises(DatabaseAwayError, match="another process"):
        upgrade(hasty.engine)


def test_a_server_that_came_back_is_used_again(postgresql, opened):
    store = opened(postgresql)
    upgrade(store.engine)
    with store.read() as work:
        assert work.topics.all() == ()
    with opened(postgresql).begin() as other:  # as when it restarts
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        other._connection.exec_driver_sql(f"{others} AND pid <> pg_backend_pid()")
    with store.begin() as work:
        work.remember("a", "1")


def test_text_that_postgresql_does_not_take_is_stored_as_a_page_would_show_it(store):
    with store.begin() as work:
        work.remember("odd", "a\0b")
    with store.read() as work:
        assert work.fact("odd") in {"a\0b", "a\ufffdb"}


def test_letters_are_stored_as_themselves(store):
    with store.begin() as work:
        work.topics.add(topic(names={"ru": "Наука"}))
    with store.engine.connect() as connection:
        assert "Наука" in connection.execute(text("SELECT CAST(names AS TEXT) FROM topics")).scalar_one()


def test_half_of_a_pair_of_surrogates_is_stored_too(store):
    with store.begin() as work:
        work.topics.add(topic(names={"en": "Half \ud83d", "ru": "Наука"}))
    with store.read() as work:
        assert work.topics.all()[0].names == {"en": "Half \ud83d", "ru": "Наука"}


def test_what_was_read_before_postgresql_could_be_searched_is_found_like_what_came_later(postgresql, opened):
    now = datetime(2026, 3, 2, 6, tzinfo=UTC)
    store = opened(postgresql)
    upgrade(store.engine)
    with store.begin() as work:
        feed_id = work.feeds.add("https://a.example/", title="A", site_url="", now=now).id
        read = read_article("Café of O'Neil opens")
        work.articles.add(read, feed_id=feed_id, story_id=work.articles.new_story(now), now=now)
    with engine.for_writing(store.engine).connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(files("digests.store") / "migrations"))
        config.attributes["connection"] = connection
        command.downgrade(config, "0021")
    upgrade(store.engine)
    with store.read() as work:
        found = {word: work.articles.find([frozenset({stem(word, "en")})], start=0, limit=9)[0] for word in WORDS}
    assert found == dict.fromkeys(WORDS, 1)
