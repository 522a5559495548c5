"""The rows behind a counted poll, for tables that its kept cubes do not hold: groups, weights, persons.

Files are immutable and named by their content, so what was read once stays true and is kept for a while.
"""

from functools import lru_cache

from canvass import warehouse
from canvass.analysis.files import folder_of
from canvass.analysis.results import Result, Results
from canvass.warehouse import PollRows

KEPT = 16  # polls whose rows stay in memory

_read = lru_cache(maxsize=KEPT)(warehouse.read_rows)
forget = _read.cache_clear


def rows_of(results: Results, result: Result) -> PollRows:
    """The ballots that one figure was counted over. Raises WarehouseDamaged."""
    versions = tuple(result.wording.versions)
    return _read(folder_of(results.poll), results.manifest, results.instrument, versions=versions)
