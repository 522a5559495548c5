"""Free text: what answers have in common, which codes fit them, and studies of them.

>>> from canvass import words
>>> space = words.space(texts)                        # where the answers lie
>>> words.grouping(texts, space).groups(6)            # candidates, with terms and central answers
>>> words.fits(space, {0: ["pay"], 3: ["hours"]}, answers=[1, 2])
>>> words.non_answers(texts)                          # what looks like no answer
"""

from canvass.words.arrays import Embedder
from canvass.words.codebook_checks import Warned, check_codebook
from canvass.words.column import ColumnThemes, ThemesRefused, themes_of
from canvass.words.embedding import TABLE, ModelMissing, TableDamaged, transformer
from canvass.words.fitting import Fit, Fits, Near, Record, fits
from canvass.words.grouping import Group, Grouping, at_first, grouping
from canvass.words.nearness import least_like, most_like
from canvass.words.non_answers import NonAnswer, non_answers
from canvass.words.space import Space, space
from canvass.words.verbatims import Said, Verbatim, Verbatims, verbatims

__all__ = [
    "TABLE",
    "ColumnThemes",
    "Embedder",
    "Fit",
    "Fits",
    "Group",
    "Grouping",
    "ModelMissing",
    "Near",
    "NonAnswer",
    "Record",
    "Said",
    "Space",
    "TableDamaged",
    "ThemesRefused",
    "Verbatim",
    "Verbatims",
    "Warned",
    "at_first",
    "check_codebook",
    "fits",
    "grouping",
    "least_like",
    "most_like",
    "non_answers",
    "space",
    "themes_of",
    "transformer",
    "verbatims",
]
