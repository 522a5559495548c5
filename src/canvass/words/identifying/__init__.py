"""What in an answer could name somebody: rules, lists, and the panel's own names.

It proposes; a person decides on each (`study.acts.MaskSpan`). It finds most of what names people, never all.
Lists: places from GeoNames (CC BY 4.0), first names from Faker (MIT), ordinary words from SCOWL, as
`scripts/make_name_lists.py` makes them; organisations and what may stand are our own.
"""

from canvass.words.identifying.finding import find
from canvass.words.identifying.hits import REPLACEMENTS, Hit
from canvass.words.identifying.own_names import own_names
from canvass.words.identifying.undecided import undecided

__all__ = ["REPLACEMENTS", "Hit", "find", "own_names", "undecided"]
