"""Sentences, words and word forms for every language served. Pure; knows nothing of articles or feeds."""
