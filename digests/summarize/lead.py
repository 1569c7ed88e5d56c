"""The first sentences: the summary that cannot fail. Needs no library but the standard one's."""

from digests.model import Article, Summary
from digests.summarize.candidates import candidates


class LeadSummarizer:
    """The beginning of the article, which in news tells most of it."""

    def summarize(self, article: Article, *, sentences: int) -> Summary:
        """See `digests.ports.Summarizer`. Headings and fragments are passed over while there are sentences."""
        found = candidates(article)
        fit = [one for one in found if one.fit]
        chosen = found if len(found) <= sentences else (fit or found)[:sentences]
        return Summary(sentences=tuple(one.sentence for one in chosen), engine="lead")
