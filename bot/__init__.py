"""The Telegram face of the news and the wiring of both; imports digests, never the reverse."""
