"""ROUGE-1, -2 and -L (summary level) F1 over lower-case words with Porter stems (Lin 2004)."""

import re
from collections import Counter

import Stemmer

_PORTER = Stemmer.Stemmer("porter")
_WORD = re.compile(r"[a-z0-9]+")


def tokens(text):
    return [_PORTER.stemWord(word) if len(word) > 3 else word for word in _WORD.findall(text.lower())]


def rouge(summary, reference, tokens=tokens):
    """(R1, R2, RL) of a list of sentences against another. tokens: of a sentence, where it is not English."""
    ours, theirs = [tokens(one) for one in summary], [tokens(one) for one in reference]
    return _of_grams(ours, theirs, 1), _of_grams(ours, theirs, 2), _of_sequences(ours, theirs)


def _of_grams(ours, theirs, size):
    one, other = (Counter(_grams([word for line in lines for word in line], size)) for lines in (ours, theirs))
    return _f1((one & other).total(), one.total(), other.total())


def _grams(words, size):
    return zip(*(words[start:] for start in range(size)), strict=False)


def _of_sequences(ours, theirs):
    left = [Counter(word for line in lines for word in line) for lines in (ours, theirs)]
    sizes = [counts.total() for counts in left]
    hits = 0
    for line in theirs:
        for at in sorted(set().union(*(_common(line, other) for other in ours))):
            if all(counts[line[at]] > 0 for counts in left):
                hits += 1
                for counts in left:
                    counts[line[at]] -= 1
    return _f1(hits, *sizes)


def _common(one, other):
    """Places in `one` of its longest common subsequence with `other`."""
    table = [[0] * (len(other) + 1)]
    for word in one:
        above, row = table[-1], [0]
        for column, theirs in enumerate(other):
            row.append(above[column] + 1 if word == theirs else max(above[column + 1], row[column]))
        table.append(row)
    places, row, column = set(), len(one), len(other)
    while row and column:
        if one[row - 1] == other[column - 1]:
            places.add(row - 1)
            row, column = row - 1, column - 1
        elif table[row][column - 1] > table[row - 1][column]:
            column -= 1
        else:
            row -= 1
    return places


def _f1(hits, one, other):
    return 2 * hits / (one + other) if hits else 0.0
