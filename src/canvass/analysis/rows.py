"""The rows behind a counted poll, for what its kept cubes do not hold: groups, weights, persons.

Files are immutable and named by their content, so what was read once stays true and is kept for a while.
"""

from functools import lru_cache

from canvass import warehouse
from canvass.analysis.files import folder_of
from canvass.analysis.models import Counted
from canvass.instrument import Instrument
from canvass.warehouse import Manifest, PollRows

KEPT = 16  # polls whose rows stay in memory

_read = lru_cache(maxsize=KEPT)(warehouse.read_rows)
forget = _read.cache_clear


def rows_of(counted: Counted, instrument: Instrument, versions: tuple[int, ...] | None = None) -> PollRows:
    """A poll's ballots, or those of some versions of its instrument. Raises WarehouseDamaged."""
    manifest = Manifest.restore(counted.manifest)
    return _read(folder_of(counted.poll), manifest, instrument, versions=versions)
