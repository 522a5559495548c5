"""Write the golden pictures anew, after looking at what changed: python tests/unit/figures/make_golden.py"""

from pathlib import Path

import gallery
import specimens

from canvass.figures import draw

PHONES = ("single", "likert-grid", "trend-well-being")
FOLDER = Path(__file__).parent / "golden"


def pictures() -> dict[str, str]:
    """The golden pictures by file name: each specimen wide and light, and some in the other ways."""
    found = {f"{name}.svg": draw(make()) for name, make in gallery.SPECIMENS.items()}
    found |= {f"{name}-phone.svg": draw(gallery.SPECIMENS[name](), "phone") for name in PHONES}
    found |= {f"single-{theme}.svg": draw(specimens.single(), theme=theme) for theme in ("dark", "css")}
    found |= {"likert-grid-print.svg": draw(specimens.likert_grid(), theme="print")}
    return found


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, picture in pictures().items():
        (FOLDER / name).write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
