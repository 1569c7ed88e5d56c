"""Why articles belong to topics and stories stand where they stand, in words. Pure."""

from bot.texts import Markup, Texts
from digests.desk import Explanation
from digests.model import Decision, Reason, Topic


def explained(explanation: Explanation, texts: Texts) -> list[Markup]:
    """What was decided about an article: a head, and a line for each topic, those that take it first."""
    story = explanation.story
    head = texts.say("why-head", title=explanation.title, source=explanation.source)
    if story is not None and story.others:
        sources = ", ".join(dict.fromkeys(one.source for one in story.coverage))
        head = Markup(f"{head}\n{texts.say('why-story', articles=len(story.coverage), sources=sources)}")
    decided = sorted(explanation.decisions, key=lambda one: not one[1].taken)
    lines = [_line(topic, decision, texts) for topic, decision in decided]
    return [head, Markup("\n".join(lines or [texts.say("topic-none")]))]


def _line(topic: Topic, decision: Decision, texts: Texts) -> Markup:
    return texts.say(
        "why-taken" if decision.taken else "why-left",
        name=topic.name(texts.language),
        slug=topic.slug,
        reason=reason_of(decision, texts),
    )


def reason_of(decision: Decision, texts: Texts) -> Markup:
    """What decided, in words."""
    reason = decision.reason
    if reason is Reason.EVIDENCE and decision.relevance is not None:
        weighed = texts.say(
            "why-evidence",
            total=f"{decision.relevance.total:.1f}",
            needed=f"{decision.needed:.1f}",
            kind=texts.plain(f"why-kind-{decision.relevance.strongest.replace('_', '-')}"),
        )
        return Markup(f"{weighed}; {texts.say('why-word', word=decision.detail)}") if decision.detail else weighed
    if reason is Reason.MUST and decision.taken:
        return texts.say("why-must-met")
    if reason is Reason.WORD and not decision.detail:
        return texts.say("why-no-word")
    return texts.say(f"why-{reason.replace('_', '-')}", word=decision.detail)
