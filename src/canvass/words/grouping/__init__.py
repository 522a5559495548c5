"""Similar answers: in what order to read them, and which belong together perhaps."""

from canvass.words.grouping.groups import Group, Grouping, at_first, grouping
from canvass.words.grouping.words_of import terms

__all__ = ["Group", "Grouping", "at_first", "grouping", "terms"]
