import shutil

import pytest
from hypothesis import HealthCheck, settings

from digests.store.schema import upgrade
from digests.store.unit_of_work import Store, open_engine
from fakes import FakeClock

# A busy machine is no fault of the code.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory):
    """A SQLite file on the newest schema, made once; to be copied, never to be written."""
    file = tmp_path_factory.mktemp("database") / "empty.sqlite3"
    engine = open_engine(f"sqlite:///{file}")
    upgrade(engine)
    engine.dispose()
    return file


@pytest.fixture
def database_url(empty_database, tmp_path):
    """The address of a database of the test's own."""
    file = tmp_path / "news.sqlite3"
    shutil.copy(empty_database, file)
    return f"sqlite:///{file}"


@pytest.fixture
def store(database_url):
    """The real store."""
    opened = Store(open_engine(database_url))
    yield opened
    opened.close()


@pytest.fixture
def clock():
    return FakeClock()
