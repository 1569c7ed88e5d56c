"""Candidates as a document of sumy, without its tokenizers: those need NLTK's data and know no Kazakh."""

from collections.abc import Iterable, Sequence

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

from digests.summarize.candidates import Candidate


class CandidateSentence(Sentence):  # type: ignore[misc]  # sumy is not typed
    """A sentence of sumy that remembers which candidate it is. at: its place among all candidates of the article."""

    __slots__ = ("at", "candidate")

    def __init__(self, candidate: Candidate, at: int) -> None:
        super().__init__(candidate.sentence.text, _Words(candidate))
        self.candidate = candidate
        self.at = at


class _Words:
    """What sumy calls a tokenizer, for one sentence."""

    def __init__(self, candidate: Candidate) -> None:
        self._candidate = candidate

    def to_words(self, _: str) -> tuple[str, ...]:
        return self._candidate.words


def document_of(pool: Iterable[tuple[int, Candidate]]) -> ObjectDocumentModel:
    """One paragraph of these candidates; each comes with its place in the article."""
    return ObjectDocumentModel([Paragraph([CandidateSentence(candidate, at) for at, candidate in pool])])


def places(chosen: Sequence[CandidateSentence]) -> list[int]:
    """Where the sentences that a summarizer of sumy returned stand in the article."""
    return [sentence.at for sentence in chosen]
