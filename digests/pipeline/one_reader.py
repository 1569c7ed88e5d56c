"""The digest of one reader: of all that is fresh, only the stories are read that it could tell."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from digests.compose import compose, most_of_topic
from digests.curate.ranking import rank
from digests.curate.topics import traces
from digests.model import Digest, OwnWords, Story, Subscription
from digests.shortlist import shortlist
from digests.store.unit_of_work import UnitOfWork

RECENT = timedelta(days=2)
"""Four half-lives of a story's freshness: what is older is hardly ever among the best, however many tell it."""


def compose_alone(  # noqa: PLR0913 - as composing
    work: UnitOfWork,
    subscription: Subscription,
    language: str,
    *,
    published_since: datetime,
    seen: Mapping[int, datetime],
    since: datetime | None,
    edition_at: datetime,
    next_edition_at: datetime | None,
    until: datetime | None = None,
) -> Digest:
    """As `digests.compose.compose` of all stories with an article published since then, in a fraction of the time.

    until: stories are as they were known then; None for as they are.
    """
    mine, found = subscription, None
    recent = edition_at - RECENT
    if until is None and not (mine.muted or mine.excluded or mine.included or mine.alerts):
        # Two days have more than enough to tell, where topics are not thin.
        outlines = work.overview.stories(
            published_since, mine.topics, known=seen, after=since, recent=(recent, 2 * most_of_topic(mine))
        )
        found = shortlist(outlines, mine, language, now=edition_at, leads=work.articles.leads, recent=recent)
    if found is None:
        outlines = work.overview.stories(
            published_since,
            mine.topics,
            known=seen,
            after=since,
            until=until,
            own_words=OwnWords(traces(mine.included + mine.alerts), traces(mine.excluded)),
            muted=mine.muted,
        )
        found = shortlist(outlines, mine, language, now=edition_at, leads=work.articles.leads)
    assert found is not None  # nothing was left out
    stories = work.articles.these(found.story_ids)
    if until is not None:
        stories = tuple(one for story in stories if (one := as_of(story, until)))
    return compose(
        subscription,
        rank(stories, edition_at, language),
        topics=work.topics.all(),
        seen=seen,
        since=since,
        edition_at=edition_at,
        next_edition_at=next_edition_at,
        besides=found.besides,
    )


def as_of(story: Story, instant: datetime) -> Story | None:
    """The story as it was known then; None where nothing of it was."""
    known = [one for one in story.coverage if one.gathered_at <= instant]
    if len(known) == len(story.coverage):
        return story
    return Story(id=story.id, lead=known[0], others=tuple(known[1:])) if known else None
