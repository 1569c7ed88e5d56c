"""Summaries: sentences of the article itself, so nothing in them can be untrue to it. Pure; for workers."""
