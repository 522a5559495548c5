"""Hard labels in every place of every figure: no text is clipped, lies over another, or is cut by a mark."""

from dataclasses import fields, is_dataclass, replace

import gallery
import pytest
import specimens
from boxes import crossing, outside, overlapping, said, squeezed

from canvass.figures import Exhibit, data_table, draw, plate, png
from canvass.figures.draw import scene
from canvass.instrument.model import Item, Kind, Option
from canvass.tables.values import Figure, Topline

WORDS = {
    "long": "a label that goes on and on, with many quite ordinary words in it, and then a few more",
    "welsh": "Cyngor Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch, ŵyn a thŷ:",
    "no-spaces": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2,
    "right-to-left": "תיעוד מקרים ופגישות עם שירותים אחרים בכל שבוע",
    "short": "i",
}
TEXTS = frozenset(
    ["label", "text", "title", "source", "brand", "banner", "by", "unit", "low", "high", "offer"]
)
BOTH = pytest.mark.parametrize("width", ["wide", "phone"])


def hardened(value, words: str):
    """The same exhibit with these words before each text that people wrote."""
    if type(value) is tuple:
        return tuple(hardened(one, words) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes = {}
    for field in fields(value):
        held = getattr(value, field.name)
        written = isinstance(held, str) and held and not held.isdecimal() and field.name in TEXTS
        changes[field.name] = f"{words} {held}" if written else hardened(held, words)
    return replace(value, **changes)


@BOTH
@pytest.mark.parametrize("name", gallery.SPECIMENS)
@pytest.mark.parametrize("words", WORDS)
def test_every_text_has_its_room(name, words, width):
    picture = scene(hardened(gallery.SPECIMENS[name](), WORDS[words]), width)

    assert outside(picture) == []
    assert overlapping(picture) == []
    assert crossing(picture) == []


@BOTH
def test_sixty_answers_have_their_room(width):
    options = tuple(Option(f"o{i}", f"{WORDS['no-spaces']} {i}") for i in range(60))
    item = Item("q", Kind.MULTIPLE, WORDS["welsh"], options=options)
    exhibit = specimens.exhibit(specimens.topline(item, {o.id: 7 for o in options}, 1237, None))

    picture = scene(exhibit, width)

    assert outside(picture) == overlapping(picture) == crossing(picture) == []
    assert all(squeezed(option.label) in said(picture) for option in options)


def of_shares(*shares: float) -> Exhibit:
    """A base of 1,237 with these shares, at odds with its counts as after weighting."""
    options = tuple(Option(f"o{i}", f"answer {i}") for i in range(len(shares)))
    item = Item("q", Kind.SINGLE, "Which?", options=options)
    rows = tuple(
        Figure("share", one.id, one.label, round(1237 * share), share)
        for one, share in zip(options, shares, strict=True)
    )
    line = Topline(item, None, 1300, 1237, None, 1237.0, 1237.0, 1.0, None, rows)
    return specimens.exhibit(line, weighted=True)


@BOTH
def test_a_few_among_many_are_fewer_than_one_per_cent_and_nobody_is_none(width):
    exhibit = of_shares(0.996, 0.004, 0.0)
    texts = [text.words for text in scene(exhibit, width).texts()]

    assert "<1%" in texts
    assert "0%" in texts
    assert [row[2] for row in data_table(exhibit).rows] == ["100%", "<1%", "0%"]


@BOTH
def test_thousands_stand_apart_and_a_minus_is_a_minus(width):
    thousands = "".join(text.words for text in scene(of_shares(1.0, 0.0), width).texts())
    minus = "".join(text.words for text in scene(specimens.promoters(), width).texts())

    assert "1,237" in thousands
    assert "−12.5" in minus
    assert "-1" not in minus


def test_a_column_of_a_few_says_fewer_than_one():
    rating = specimens.rating()
    (line,) = rating.toplines
    few = tuple(f._replace(estimate=0.003) if f.option == "0" else f for f in line.figures)

    texts = [text.words for text in scene(replace(rating, toplines=(replace(line, figures=few),))).texts()]

    assert "<1" in texts


@pytest.mark.parametrize("words", WORDS)
def test_hard_words_are_in_picture_words_and_png(words):
    exhibit = hardened(specimens.single(), WORDS[words])

    assert squeezed(WORDS[words]) in said(scene(exhibit))
    assert WORDS[words] in plate(exhibit).description
    assert png(draw(exhibit), 1).startswith(b"\x89PNG")
