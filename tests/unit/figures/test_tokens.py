"""The tokens can be read, and told apart, by everybody."""

import itertools

import pytest

from canvass.figures import tokens

# Machado, Oliveira & Fernandes (2009), severity 1.0, on linear RGB.
DEFICIENCIES = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
THEMES = ("light", "dark")


def linear(colour: str) -> list[float]:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def seen(colour: str, deficiency: str) -> list[float]:
    rgb = linear(colour)
    return [
        min(1.0, max(0.0, sum(k * c for k, c in zip(row, rgb, strict=True))))
        for row in DEFICIENCIES[deficiency]
    ]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    """CIE L*a*b*, D65, of linear sRGB."""
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    xyz = [
        sum(k * c for k, c in zip(row, rgb, strict=True)) / w for row, w in zip(to_xyz, white, strict=True)
    ]
    f = [t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def distance(one: str, other: str, deficiency: str) -> float:
    """CIE76 colour difference as seen with the deficiency; about 2.3 is just noticeable."""
    a, b = lab(seen(one, deficiency)), lab(seen(other, deficiency))
    return sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_teal_and_rust_are_told_apart_in_each_colour_vision_deficiency(theme, deficiency):
    teal, rust = tokens.paint("primary", theme), tokens.paint("accent", theme)

    assert distance(teal, rust, deficiency) > 20


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
