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
