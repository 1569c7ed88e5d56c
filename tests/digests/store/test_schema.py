from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from builders import subscriber
from digests.store.schema import upgrade
from digests.store.tables import metadata
from digests.store.unit_of_work import Store, open_engine


def test_the_migrations_make_the_tables(store):
    def is_ours(name, kind, _parents):
        return not (kind == "table" and name.startswith("article_search"))  # tables of the full-text index

    opts = {"compare_type": True, "compare_server_default": True, "include_name": is_ours}
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []


def test_upgrading_a_new_file_makes_it(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'fresh.sqlite3'}")
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
