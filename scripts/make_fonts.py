"""Make the fonts of the product from Public Sans 2.001 (SIL Open Font License 1.1, no reserved font name).

Source: the package `fontpkg-public-sans` 2.1 on PyPI, which carries the variable font of
github.com/uswds/public-sans.

    pip download --no-deps -d SOMEWHERE fontpkg-public-sans==2.1
    python scripts/make_fonts.py SOMEWHERE/fontpkg_public_sans-2.1-py3-none-any.whl

Writes static TTF instances for measuring and for pictures, one variable WOFF2 for web pages, and "Public Sans
Tabular", whose digits are all of one width, for columns of numbers in PNG; each with the licence text beside
it. The same wheel gives the same bytes.
"""

import hashlib
import io
import sys
import zipfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

WHEEL_SHA256 = "83c1b831b6a8a4fe864607cb5fec314e6757ea2a5ac7441ad40782b4e3175119"
FONT = "fontpkg_public_sans/files/PublicSans[wght].ttf"
LICENCE = "fontpkg_public_sans/LICENSE"

SOURCES = Path(__file__).resolve().parent.parent / "src" / "canvass"
FIGURES = SOURCES / "figures" / "fonts"
WEB = SOURCES / "web" / "static" / "canvass" / "fonts"

STATIC_WEIGHTS = {"Regular": 400, "SemiBold": 600, "Bold": 700}
# Latin-1, the Welsh letters and neighbours' capitals, typographic punctuation, arrows and signs in figures.
CHARACTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *(0x131, 0x152, 0x153, 0x160, 0x161, 0x174, 0x175, 0x176, 0x177, 0x178, 0x17D, 0x17E),
    *(*range(0x2010, 0x2016), *range(0x2018, 0x201F), 0x2020, 0x2022, 0x2026, 0x2030, 0x2032, 0x2033),
    *(0x2039, 0x203A, 0x20AC, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2260, 0x2264, 0x2265),
)
TABULAR = "Public Sans Tabular"
NUMERALS = tuple(map(ord, "0123456789.,%+\u2212\u2013 "))
FEATURES = ["kern", "tnum", "ccmp", "locl", "mark", "mkmk"]


def wheel_bytes(path: Path) -> dict[str, bytes]:
    """The font and its licence from the wheel. Raises SystemExit where the wheel is another one."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != WHEEL_SHA256:
        raise SystemExit(f"{path}: not the wheel that the fonts were made from. Fetch version 2.1.")
    with zipfile.ZipFile(io.BytesIO(content)) as wheel:
        return {name: wheel.read(name) for name in (FONT, LICENCE)}


def subsetted(font: TTFont, flavor: str | None, characters: tuple[int, ...] = CHARACTERS) -> bytes:
    """The font with these characters and our features only, as bytes."""
    options = subset.Options(layout_features=FEATURES, hinting=False, flavor=flavor, recalc_timestamp=False)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    worker = subset.Subsetter(options)
    worker.populate(unicodes=characters)
    worker.subset(font)
    font.flavor = flavor
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def variable_font(data: bytes, weights: tuple[int, int]) -> TTFont:
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    return instancer.instantiateVariableFont(font, {"wght": weights})


def static_font(data: bytes, weight: int) -> TTFont:
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    return instancer.instantiateVariableFont(font, {"wght": weight}, updateFontNames=True)


def tabular_font(font: TTFont) -> TTFont:
    """The font under another name, with the digits of its "tnum" feature in place of its own."""
    gsub = font["GSUB"].table
    lookups = {
        i for r in gsub.FeatureList.FeatureRecord if r.FeatureTag == "tnum" for i in r.Feature.LookupListIndex
    }
    parts = [part for i in lookups for part in gsub.LookupList.Lookup[i].SubTable]
    forms = {name: form for part in parts for name, form in part.mapping.items()}
    for table in font["cmap"].tables:
        table.cmap = {point: forms.get(name, name) for point, name in table.cmap.items()}
    for name in font["name"].names:
        name.string = (
            str(name).replace("Public Sans", TABULAR).replace("PublicSans", TABULAR.replace(" ", ""))
        )
    del font["GSUB"]
    return font


def main(arguments: list[str]) -> None:
    if len(arguments) != 1:
        raise SystemExit("Give the path of the wheel: python scripts/make_fonts.py WHEEL")
    files = wheel_bytes(Path(arguments[0]))
    for folder in (FIGURES, WEB):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "OFL.txt").write_bytes(files[LICENCE])
    for name, weight in STATIC_WEIGHTS.items():
        (FIGURES / f"PublicSans-{name}.ttf").write_bytes(subsetted(static_font(files[FONT], weight), None))
        numerals = subsetted(tabular_font(static_font(files[FONT], weight)), None, NUMERALS)
        (FIGURES / f"PublicSansTabular-{name}.ttf").write_bytes(numerals)
    web = subsetted(variable_font(files[FONT], (400, 700)), "woff2")
    (WEB / "PublicSans-Variable.woff2").write_bytes(web)


if __name__ == "__main__":
    main(sys.argv[1:])
