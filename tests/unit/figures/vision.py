"""How colours look to people with a colour vision deficiency, and on paper without colour.

The three matrices are those of Machado, Oliveira and Fernandes (2009), "A physiologically-based model for
simulation of color vision deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6), at
severity 1.0, applied to linear sRGB. Distances are CIE76 in CIE L*a*b* under D65; about 2.3 is just
noticeable.
"""

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
    """How far apart two colours are as seen with the deficiency."""
    a, b = lab(seen(one, deficiency)), lab(seen(other, deficiency))
    return sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5


def lightness(colour: str) -> float:
    """CIE L*, 0 to 100: what a printer without colour keeps of it."""
    return lab(linear(colour))[0]
