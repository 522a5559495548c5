"""Where marks and text lie in a picture, measured with the widths of the shipped fonts."""

import itertools
import re

from canvass.figures.scene import Box, Dot, Path, Rule, Scene, Text

_GROUNDS = ("paper", "tint")


def overlapping(picture: Scene) -> list[tuple[str, str]]:
    """Pairs of lines of text whose boxes lie over each other by more than a hair."""
    boxes = [(text.words, text.box()) for text in picture.texts()]
    return [
        (a, b)
        for (a, one), (b, other) in itertools.combinations(boxes, 2)
        if min(one[2], other[2]) - max(one[0], other[0]) > 0.5
        and min(one[3], other[3]) - max(one[1], other[1]) > 2
    ]


def outside(picture: Scene) -> list:
    """Marks that reach beyond the picture."""
    return [
        mark for mark in picture.marks if not _inside(box_of(mark), (0, 0, picture.width, picture.height))
    ]


def crossing(picture: Scene) -> list[tuple[str, object]]:
    """Lines of text that a mark cuts: one that is neither a quiet ground nor holds all of the letters."""
    marks = [m for m in picture.marks if not isinstance(m, Text) and getattr(m, "fill", "") not in _GROUNDS]
    return [
        (text.words, mark)
        for text in picture.texts()
        for mark in marks
        if _cuts(mark, letters(text)) and not _holds(mark, text) and not _covered(picture, mark, text)
    ]


def letters(text: Text) -> tuple[float, float, float, float]:
    """The box of the letters themselves: from the height of a capital to under a comma."""
    left, _, right, _ = text.box()
    return left, text.y - 0.72 * text.size, right, text.y + 0.2 * text.size


def box_of(mark) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of any mark."""
    match mark:
        case Box():
            return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
        case Rule():
            xs, ys = sorted((mark.x1, mark.x2)), sorted((mark.y1, mark.y2))
            return xs[0], ys[0], xs[1], ys[1]
        case Dot():
            r = mark.radius
            return mark.x - r, mark.y - r, mark.x + r, mark.y + r
        case Path():
            xs, ys = sorted(x for x, _ in mark.points), sorted(y for _, y in mark.points)
            return xs[0], ys[0], xs[-1], ys[-1]
        case _:
            return mark.box()


def _inside(box, other, slack: float = 0.01) -> bool:
    low = all(box[i] >= other[i] - slack for i in (0, 1))
    return low and all(box[i] <= other[i] + slack for i in (2, 3))


def _cuts(mark, box) -> bool:
    """Whether a mark reaches into a box; of a path, one of its lines, or the inside of its shape."""
    if not isinstance(mark, Path):
        return _meet(box, box_of(mark))
    corners = [(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])]
    points = (*mark.points, mark.points[0]) if mark.fill else mark.points
    if any(_clipped(a, b, box) for a, b in itertools.pairwise(points)):
        return True
    return bool(mark.fill) and any(_within(corner, mark.points) for corner in corners)


def _clipped(a, b, box) -> bool:
    """Whether a straight line passes through a box. Source: Liang and Barsky (1984)."""
    low, high = 0.0, 1.0
    for i in (0, 1):
        step = b[i] - a[i]
        near, far = box[i] - a[i], box[i + 2] - a[i]
        if step == 0:
            if near > 0 or far < 0:
                return False
            continue
        ends = sorted((near / step, far / step))
        low, high = max(low, ends[0]), min(high, ends[1])
    return high - low > 1e-6


def _within(point, shape) -> bool:
    """Whether a point lies inside a shape: by the lines that a ray from it crosses."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in itertools.pairwise((*shape, shape[0])):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


def _meet(one, other) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    return across > 0.5 and min(one[3], other[3]) - max(one[1], other[1]) > 0.5


def _holds(mark, text: Text) -> bool:
    """Whether all letters lie on the mark: in a box, or as a number in its disc."""
    if isinstance(mark, Dot):
        return mark.radius >= 10 and _inside(letters(text), box_of(mark), 1)
    return isinstance(mark, Box) and _inside(letters(text), box_of(mark), 1)


def _covered(picture: Scene, mark, text: Text) -> bool:
    """Whether a plate of a quiet ground, painted after the mark, lies under the text."""
    later = picture.marks[picture.marks.index(mark) + 1 : picture.marks.index(text)]
    return any(isinstance(m, Box) and m.fill in _GROUNDS and _holds(m, text) for m in later)


def said(picture: Scene) -> str:
    """All text of a picture without spaces, so that a label broken into lines is found again."""
    return squeezed("".join(text.words for text in picture.texts()))


def squeezed(label: str) -> str:
    return re.sub(r"\s", "", label)
