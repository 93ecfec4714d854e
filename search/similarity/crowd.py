"""How much a likeness says, by how many other names are as much alike.

Mandarin has some 400 syllables, so hundreds of Han names sound nearly the same, and say little each; a name
that is alone in its script with its likeness is worth the same whatever the script.
"""

from collections import defaultdict

import numpy as np

from search.similarity.names import Points
from search.similarity.score import Scores

# How much is taken from a name for each doubling of the names that are as much alike, within `_TIED`: in the
# script of the name asked for, where likeness is seen and not only heard; in another; of names alike by
# meaning.
_TAKEN_IN_OWN_SCRIPT, _TAKEN_IN_ANOTHER, _TAKEN_OF_MEANING = 0.05, 0.12, 0.1
_TIED, _LEAST_LEFT = 0.02, 0.2
_OF_MEANING = "meaning"


def thinned(scores: Scores) -> Points:
    """The totals, each taken back the more, the more other names are as much alike.

    Counted are names of the same script; those alike by meaning apart, whatever their script. Identical names
    count as one.
    """
    totals = scores.totals.copy()
    scripts, words, own = scores.columns.scripts, scores.columns.words, scores.one.form.script
    crowds: defaultdict[str, list[int]] = defaultdict(list)
    best: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for place, (name, by_meaning, total) in enumerate(
        zip(scores.names.tolist(), scores.by_meaning().tolist(), totals.tolist(), strict=True)
    ):
        crowd = _OF_MEANING if by_meaning else scripts[name]
        crowds[crowd].append(place)
        of_words = best[crowd]
        if total > of_words.get(words[name], 0.0):
            of_words[words[name]] = total
    for crowd, places in crowds.items():
        of_crowd = totals[places]
        ordered = np.sort(np.fromiter(best[crowd].values(), np.float32, len(best[crowd])))
        as_much_alike = len(ordered) - np.searchsorted(ordered, of_crowd - _TIED, side="left")
        left = 1.0 - _taken(crowd, own) * np.log2(np.maximum(as_much_alike, 1))
        totals[places] = of_crowd * np.maximum(left, _LEAST_LEFT)
    return totals


def _taken(crowd: str, own: str) -> float:
    if crowd == _OF_MEANING:
        return _TAKEN_OF_MEANING
    return _TAKEN_IN_OWN_SCRIPT if crowd == own else _TAKEN_IN_ANOTHER
