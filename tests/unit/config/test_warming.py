"""The first figure after a start finds everything loaded."""

from tests.waiting import PATIENCE

from canvass.config import warming
from canvass.figures import measure


def test_warming_loads_the_widths_of_every_weight():
    measure._advances.cache_clear()
    measure._ems.cache_clear()

    warming.begin().join(timeout=PATIENCE)

    assert measure._advances.cache_info().currsize == len(warming.WEIGHTS)
