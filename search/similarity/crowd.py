"""How much a likeness says, by how many other names are as much alike.

Mandarin has some 400 syllables, so hundreds of Han names sound nearly the same, and say little each; a name
that is alone in its script with its likeness is worth the same whatever the script.
"""

import numpy as np

from search.similarity.names import Points
from search.similarity.score import Scores

# How much is taken from a name for each doubling of the names of its script that are as much alike, within
# `_TIED`: less in the script of the name asked for, where likeness is seen and not only heard.
_TAKEN, _TAKEN_IN_OWN_SCRIPT, _TIED, _LEAST_LEFT = 0.15, 0.06, 0.02, 0.2


def thinned(scores: Scores) -> Points:
    """The totals, each taken back the more, the more other names of its script are as much alike.

    Identical names count as one.
    """
    totals = scores.totals.copy()
    columns, own = scores.columns, scores.one.form.script
    by_script: dict[str, list[int]] = {}
    for place, name in enumerate(scores.names.tolist()):
        by_script.setdefault(columns.scripts[name], []).append(place)
    for script, places in by_script.items():
        of_script = totals[places]
        best: dict[str, float] = {}
        for place, total in zip(places, of_script.tolist(), strict=True):
            words = columns.words[scores.names[place]]
            if total > best.get(words, 0.0):
                best[words] = total
        ordered = np.sort(np.fromiter(best.values(), np.float32, len(best)))
        as_much_alike = len(ordered) - np.searchsorted(ordered, of_script - _TIED, side="left")
        taken = _TAKEN_IN_OWN_SCRIPT if script == own else _TAKEN
        left = 1.0 - taken * np.log2(np.maximum(as_much_alike, 1))
        totals[places] = of_script * np.maximum(left, _LEAST_LEFT)
    return totals
