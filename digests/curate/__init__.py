"""From articles to stories worth telling: topics, stories, their order. Pure."""
