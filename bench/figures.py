"""100 figures of every kind as SVG, and one of each as PNG.

    python bench/figures.py [FIGURES]

The figures are the specimens of the tests, in turn, wide and for a phone; each is laid out, described and
written anew. Prints processor seconds, which other work on the machine does not stretch: of the first round,
which reads the fonts, and of the best of three further rounds.
"""

import itertools
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "unit" / "figures"))

import gallery

from canvass.figures import AnyExhibit, draw, png


def main(count: int = 100) -> None:
    made = [make() for make in gallery.SPECIMENS.values()]
    wanted = list(itertools.islice(itertools.cycle(itertools.product(made, ("wide", "phone"))), count))
    first, size = _timed(lambda: _draw_all(wanted))
    best = min(_timed(lambda: _draw_all(wanted))[0] for _ in range(3))
    kinds = len(gallery.SPECIMENS)
    print(f"{count} figures as SVG ({kinds} kinds and cases, wide and for a phone; {size / 1e6:.1f} MB)")
    print(f"first round   {first:6.2f} s CPU")
    print(f"best of three {best:6.2f} s CPU   {best / count * 1000:.1f} ms a figure")
    pictures, drawn = _timed(lambda: sum(len(png(draw(exhibit))) for exhibit in made))
    print(f"{kinds} as PNG, two pixels to one: {pictures:.2f} s CPU, {drawn / 1e6:.1f} MB")


def _draw_all(wanted: list[tuple[AnyExhibit, str]]) -> int:
    return sum(len(draw(exhibit, width)) for exhibit, width in wanted)


def _timed[T](work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
