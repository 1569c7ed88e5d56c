"""A sample newsroom: invented news sites on loopback, with feeds that change while a clock runs.

`content` loads what the sites say, `feeds` and `pages` write it, `server` serves it. Nothing here knows the bot.
"""

from bot.sandbox.newsroom.content import Article, Outlet, load_articles, load_outlets
from bot.sandbox.newsroom.server import Newsroom, Site, SiteFeed

__all__ = ["Article", "Newsroom", "Outlet", "Site", "SiteFeed", "load_articles", "load_outlets"]
