"""Opening the bot: what is made where there is nothing yet."""

from datetime import timedelta

from bot.app import open_news
from bot.settings import load
from builders import NOW, read_article
from fakes import FakeFetcher, InlineWorker, SlowWorker


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


async def test_what_is_still_being_compared_is_given_up_before_anything_closes(tmp_path, database_url, monkeypatch):
    settings = load(_env_file=None, data_dir=tmp_path, database_url=database_url)
    worker = SlowWorker()
    async with open_news(settings, lambda: NOW, fetcher=FakeFetcher(), worker=worker) as news:
        with news.store.begin() as work:
            feed = work.feeds.add("https://a.example/feed", title="A", site_url="", now=NOW)
            for title in ("Bridge opens", "Comet comes"):
                work.articles.add(read_article(title), feed_id=feed.id, story_id=work.articles.new_story(NOW), now=NOW)
        assert await news.regrouper.regroup(patience=timedelta(milliseconds=50)) is None
        under_way, dispose, was_given_up = news.regrouper._under_way, news.store.engine.dispose, []

        def closing():
            was_given_up.append(under_way.cancelled())
            dispose()

        monkeypatch.setattr(news.store.engine, "dispose", closing)
    assert was_given_up == [True]
