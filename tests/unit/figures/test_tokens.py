"""The tokens can be read, and told apart, by everybody."""

import itertools

import pytest
from vision import DEFICIENCIES, distance

from canvass.figures import tokens

THEMES = ("light", "dark")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_teal_and_rust_are_told_apart_in_each_colour_vision_deficiency(theme, deficiency):
    teal, rust = tokens.paint("primary", theme), tokens.paint("accent", theme)

    assert distance(teal, rust, deficiency) > 20


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("tone", ["soft", "tint"])
def test_shades_above_and_below_are_told_apart_in_each_colour_vision_deficiency(theme, deficiency, tone):
    above, below = (tokens.paint(f"{pole}-{tone}", theme) for pole in ("primary", "accent"))

    assert distance(above, below, deficiency) > 10


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_the_five_tones_of_a_likert_bar_differ_from_their_neighbours(theme, deficiency):
    tones = [tokens.paint(n, theme) for n in ("accent", "accent-soft", "neutral", "primary-soft", "primary")]

    assert all(distance(a, b, deficiency) > 9 for a, b in itertools.pairwise(tones))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["ink", "muted", "primary", "accent"])
def test_text_has_at_least_four_and_a_half_to_one_on_paper_and_tint(theme, name):
    text = tokens.paint(name, theme)

    assert tokens.contrast(text, tokens.paint("paper", theme)) >= 4.5
    assert tokens.contrast(text, tokens.paint("tint", theme)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", [n for n in tokens.COLOURS if n.startswith("on-") and n != "on-soft"])
def test_text_on_a_fill_can_be_read(theme, name):
    fill = tokens.paint(name.removeprefix("on-"), theme)

    assert tokens.contrast(tokens.paint(name, theme), fill) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_an_interval_line_on_a_soft_bar_can_be_seen(theme):
    assert tokens.contrast(tokens.paint("on-soft", theme), tokens.paint("soft", theme)) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["line", "primary", "soft", "accent", "mark"])
def test_marks_have_three_to_one_on_paper(theme, name):
    assert tokens.contrast(tokens.paint(name, theme), tokens.paint("paper", theme)) >= 3


def test_black_on_white_is_the_strongest_contrast():
    assert round(tokens.contrast("#000000", "#ffffff"), 6) == 21


def test_the_page_chooses_the_colour_where_the_theme_is_css():
    assert tokens.paint("ink", "css") == "var(--ink)"
    with pytest.raises(KeyError):
        tokens.paint("mauve", "css")


def test_the_stylesheet_declares_every_colour_for_light_and_dark():
    sheet = tokens.stylesheet()

    assert "--ink: light-dark(#16202b, #e9eef2);" in sheet
    assert all(f"--{name}: light-dark({c.light}, {c.dark});" in sheet for name, c in tokens.COLOURS.items())


def test_the_stylesheet_declares_each_name_once():
    names = [
        line.split(":")[0].strip() for line in tokens.stylesheet().splitlines() if line.startswith("  --")
    ]

    assert len(names) == len(set(names)) > 40
