"""In every picture, colours that meet can be told apart by everybody, and on paper without colour."""

import itertools

import gallery
import pytest
import specimens
from vision import DEFICIENCIES, distance, lightness

from canvass.figures.draw import scene
from canvass.figures.scene import Box, Scene
from canvass.figures.svg import ON_PAPER
from canvass.figures.tokens import paint

MEET = 4  # px between two marks that count as neighbours
APART = 10  # CIE76; four times what is just noticeable
GREYS_APART = 8  # CIE L*

EACH = pytest.mark.parametrize("name", gallery.SPECIMENS)


def neighbours(picture: Scene) -> set[tuple[str, str]]:
    """Pairs of different fills of marks that carry numbers and touch each other."""
    data = [mark for mark in picture.marks if isinstance(mark, Box) and mark.tip and mark.width > 0]
    pairs = itertools.combinations(data, 2)
    return {tuple(sorted((a.fill, b.fill))) for a, b in pairs if a.fill != b.fill and touch(a, b)}


def touch(a: Box, b: Box) -> bool:
    across = max(a.x, b.x) - min(a.x + a.width, b.x + b.width)
    down = max(a.y, b.y) - min(a.y + a.height, b.y + b.height)
    return across < MEET and down < MEET


@EACH
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_neighbours_differ_in_each_colour_vision_deficiency(name, theme):
    for one, other in neighbours(scene(gallery.SPECIMENS[name]())):
        if "hatch" not in (one, other):
            paints = paint(one, theme), paint(other, theme)
            assert min(distance(*paints, deficiency) for deficiency in DEFICIENCIES) >= APART, (one, other)


@EACH
def test_neighbours_differ_on_paper_without_colour(name):
    for one, other in neighbours(scene(gallery.SPECIMENS[name]())):
        patterned = {"hatch", *ON_PAPER} & {one, other}
        greys = [lightness(paint(fill, "print")) for fill in (one, other) if fill != "hatch"]
        assert patterned or abs(greys[0] - greys[-1]) >= GREYS_APART, (one, other)


def test_the_stack_of_five_answers_has_neighbours_to_look_at():
    assert len(neighbours(scene(specimens.likert_grid()))) >= 3
