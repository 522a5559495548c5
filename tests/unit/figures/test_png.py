"""PNG: the same picture, with all of its text, from the shipped fonts alone."""

import io

import numpy as np
import pytest
import specimens
from PIL import Image

from canvass.figures import draw, png
from canvass.figures.draw import scene
from canvass.figures.svg import right_to_left
from canvass.instrument.model import Item, Kind, Option


def pixels(content: bytes) -> np.ndarray:
    """(height, width) of grey, 0 to 255."""
    return np.asarray(Image.open(io.BytesIO(content)).convert("L"), dtype=int)


def faintest(exhibit, theme="light") -> int:
    """The least contrast, in steps of grey, inside the box of any line of text."""
    picture = pixels(png(draw(exhibit, theme=theme)))
    spans = []
    for text in scene(exhibit).texts():
        left, top, right, bottom = (max(0, round(2 * edge)) for edge in text.box())
        part = picture[top:bottom, left:right]
        spans.append(int(part.max() - part.min()))
    return min(spans)


def labelled(*labels: str):
    item = Item("q", Kind.SINGLE, "Which?", options=tuple(Option(label, label) for label in labels))
    return specimens.exhibit(specimens.topline(item, dict.fromkeys(labels, 20), 20 * len(labels), None))


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
@pytest.mark.parametrize("name", ["choose-all", "likert-grid", "grid-rating", "text"])
def test_every_line_of_text_is_there(name, theme):
    assert faintest(specimens.SPECIMENS[name](), theme) > 80


@pytest.mark.parametrize(
    "label",
    ["Cynghorwyr ŵyn a thŷ", "Ελληνικά", "русский", "עברית", "عربي", "≤ 3 − 1 ± 2", "a 🩺 nurse", "日本語"],
)
def test_no_label_vanishes_because_a_font_lacks_its_letters(label):
    assert faintest(labelled(label, "other")) > 80


def test_a_label_from_right_to_left_stays_inside_its_column():
    exhibit = labelled("עברית ועוד טקסט", "other", "a third answer")
    (text,) = (text for text in scene(exhibit).texts() if right_to_left(text.words))

    margin = pixels(png(draw(exhibit), 1))[round(text.y) - 12 : round(text.y) + 4, : round(text.x) - 2]

    assert margin.min() == 255


def test_the_same_picture_gives_the_same_bytes():
    svg = draw(specimens.likert_grid(), "phone", "print")

    assert png(svg) == png(svg)


@pytest.mark.parametrize(
    ("width", "scale", "pixels_wide"), [("wide", 2, 1520), ("phone", 3, 1080), ("wide", 1, 760)]
)
def test_a_picture_has_its_size_in_pixels(width, scale, pixels_wide):
    picture = pixels(png(draw(specimens.single(), width), scale))

    assert picture.shape == (round(scene(specimens.single(), width).height * scale), pixels_wide)


def test_digits_in_a_column_stand_under_each_other():
    picture = draw(specimens.single())

    assert ' font-variant="tabular-nums"' in picture
    assert png(picture) != png(picture.replace(' font-variant="tabular-nums"', ""))


def test_a_picture_without_colours_or_of_no_size_is_refused():
    with pytest.raises(ValueError, match="draw it in"):
        png(draw(specimens.single(), theme="css"))
    with pytest.raises(ValueError, match=r"from 0\.5 to 8"):
        png(draw(specimens.single()), 0)
