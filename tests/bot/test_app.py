"""Opening the bot: what is made where there is nothing yet."""

from bot.app import open_news
from bot.settings import load
from fakes import FakeFetcher, InlineWorker


async def opened(data_dir, database_url):
    settings = load(_env_file=None, data_dir=data_dir, database_url=database_url)
    async with open_news(settings, fetcher=FakeFetcher(), worker=InlineWorker()):
        pass


async def test_the_data_directory_is_made_also_where_the_database_is_elsewhere(tmp_path, database_url):
    await opened(tmp_path / "kept" / "data", database_url)
    assert (tmp_path / "kept" / "data").is_dir()


async def test_a_data_directory_that_can_not_be_made_is_told_and_stops_nothing(tmp_path, database_url, caplog):
    (tmp_path / "file").touch()
    await opened(tmp_path / "file" / "data", database_url)
    assert "DATA_DIR can't be made" in caplog.text
