from datetime import UTC, datetime

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import JSON, inspect

from builders import subscriber, subscription
from digests.model import Tally
from digests.store.engine import open_engine
from digests.store.outbox import DeliveryState
from digests.store.schema import upgrade
from digests.store.tables import metadata
from digests.store.unit_of_work import Store


def test_the_migrations_make_the_tables(store):
    def is_ours(name, kind, _parents):
        # The full-text index, and the queue of workers.
        return not (kind == "table" and name.startswith(("article_search", "procrastinate_")))

    def differ(_context, _column, column, there, _default, written):
        """None: let alembic compare. PostgreSQL knows no equality of JSON, with which it would."""
        is_json = isinstance(column.type, JSON) and store.engine.dialect.name == "postgresql"
        return there.removesuffix("::json").strip("'") != written.strip("'") if is_json else None

    opts = {"compare_type": True, "compare_server_default": differ, "include_name": is_ours}
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []


def test_upgrading_a_new_database_makes_it(new_database):
    engine = open_engine(new_database(empty=True))
    assert inspect(engine).get_table_names() == []
    upgrade(engine)
    assert set(metadata.tables) < set(inspect(engine).get_table_names())
    engine.dispose()


def test_upgrading_again_keeps_everything(database_url, clock):
    engine = open_engine(database_url)
    store = Store(engine)
    with store.begin() as work:
        work.readers.save(subscriber(7), now=clock())
    upgrade(engine)
    upgrade(engine)
    with store.read() as work:
        assert work.readers.find(7) == subscriber(7)
    store.close()


def test_upgrading_an_old_file_keeps_what_refers_to_the_tables_that_change(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    upgrade(engine, to="0001")
    at = "'2026-03-02 06:00:00'"
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        for statement in (
            f"insert into feeds values (1, 'https://a.example/', 'A', '', '', '', '', {at}, null, 0, '')",
            f"insert into entries values (1, 1, 'key', '{{}}', 'skipped', 0, {at}, {at})",
            f"insert into subscribers values (7, 'en', 'active', {at})",
            f"insert into subscriptions values (1, 7, '[]', 'UTC', 9, {at})",
            "insert into topics values ('space', 1, '{}', '{}', '[]', '[]', '[]')",
            "insert into subscription_topics values (1, 'space')",
        ):
            connection.exec_driver_sql(statement)
    upgrade(engine)
    with engine.connect() as connection:
        for table in ("feeds", "entries", "subscribers", "subscriptions", "subscription_topics"):
            assert connection.exec_driver_sql(f"select count(*) from {table}").scalar() == 1, table
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()


def test_upgrading_keeps_what_readers_have_had_and_what_waits_for_them(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    upgrade(engine, to="0020")
    at = "'2026-03-02 06:00:00.000000'"
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        for statement in (
            f"insert into subscribers (chat_id, language, state, created_at) values (7, 'en', 'active', {at})",
            f"""insert into subscriptions (id, chat_id, times, zone, max_stories, planned_until)
                values (1, 7, '[\"08:00\"]', 'UTC', 9, {at})""",
            f"insert into stories (id, created_at) values (1, {at}), (2, {at}), (3, {at})",
            f"""insert into deliveries
                (id, subscription_id, edition_at, kind, state, stories, attempts, next_attempt_at, created_at, tally)
                values (5, 1, {at}, 'scheduled', 'queued', 3, 0, {at}, {at},
                '{{\"read\": 9, \"shown\": 3, \"repeats\": 1, \"off_topic\": 5, \"held_back\": 0}}')""",
            """insert into parts (delivery_id, number, text, keyboard, silent, state) values
                (5, 0, 'first', 'keys', 0, 'sent'), (5, 1, 'its page', '', 1, 'page'),
                (5, 2, 'second', '', 1, 'queued')""",
            "insert into seen_stories values (7, 1, 5, 0), (7, 2, 5, 1), (7, 3, 5, 2)",
            "insert into sent_messages values (5, 40, 0)",
            f"insert into broadcasts (id, user_id, text, begun_at, is_queued) values (1, 9, 'Hello', {at}, 0)",
        ):
            connection.exec_driver_sql(statement)
    upgrade(engine)
    store = Store(engine)
    now = datetime(2026, 3, 2, 6, tzinfo=UTC)
    with store.begin() as work:
        assert work.readers.seen(7) == dict.fromkeys([1, 2, 3], now)
        assert {number: one.text for number, one in work.outbox.get(5).parts.items()} == {2: "second"}
        assert [one.text for one in work.outbox.pages_of(7, 40)] == ["first", "its page"]
        assert work.outbox.messages_that_told(7, [1, 2, 3]) == {1: 40, 2: 40, 3: 40}
        assert work.outbox.ledger(1, limit=1)[0].tally == Tally(read=9, shown=3, repeats=1, off_topic=5, held_back=0)
        work.outbox.settle(5, DeliveryState.DROPPED, now=now)
        assert set(work.readers.seen(7)) == {1, 2}
        work.readers.save(subscriber(8), now=now)
        work.readers.add_subscription(subscription((), chat_id=8, announcements=True))
        while work.broadcasts.queue(1, limit=9):
            pass
        assert [
            [one.text for one in told.parts.values()] for told in work.outbox.due(now, limit=9, broadcasts=True)
        ] == [["Hello"]]
    store.close()
