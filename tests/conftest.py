from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import databases
from digests.store.engine import open_engine
from digests.store.unit_of_work import Store
from fakes import FakeClock

# A busy machine is no fault of the code.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


ON_BOTH = ("digests/store", "digests/pipeline", "digests/test_lease", "digests/test_subscribers", "bot/test_digest")
"""What runs on either database unless `--database` names one: where the difference could matter."""


def pytest_addoption(parser):
    parser.addoption("--database", choices=databases.KINDS, help="run everything on this one")


def pytest_generate_tests(metafunc):
    if "database_kind" in metafunc.fixturenames:
        only = metafunc.config.getoption("--database")
        here = metafunc.definition.path.relative_to(Path(__file__).parent).as_posix()
        kinds = databases.KINDS if here.startswith(ON_BOTH) else databases.KINDS[:1]
        metafunc.parametrize("database_kind", [only] if only else kinds, scope="session")


def pytest_sessionfinish():
    databases.close()


@pytest.fixture(scope="session")
def empty_database(database_kind, tmp_path_factory):
    """A database on the newest schema, made once; to be copied, never to be written."""
    return databases.template(database_kind, tmp_path_factory.getbasetemp())


@pytest.fixture
def new_database(database_kind, empty_database, tmp_path):
    """Gives the address of one more database of the test's own. empty: without any schema."""
    given = []

    def new(*, empty=False):
        given.append(databases.new_database(database_kind, None if empty else empty_database, tmp_path))
        return given[-1]

    yield new
    for url in given:
        databases.drop(url)


@pytest.fixture
def database_url(new_database):
    """The address of a database of the test's own."""
    return new_database()


@pytest.fixture
def store(database_url):
    """The real store."""
    opened = Store(open_engine(database_url))
    yield opened
    opened.close()


@pytest.fixture
def clock():
    return FakeClock()
