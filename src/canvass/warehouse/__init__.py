"""The warehouse: a closed poll as immutable columns, and the kernel that counts them.

>>> from canvass import warehouse
>>> manifest = warehouse.write(folder, poll, ballots)     # Parquet files, named by their content
>>> cubes = warehouse.count(folder, manifest, poll)       # item id -> its cubes
"""

from canvass.warehouse.cells import Cells, CodedItem, coded_items
from canvass.warehouse.coding import Ballot, code
from canvass.warehouse.files import WarehouseDamaged, sweep
from canvass.warehouse.kernel import Groups, ItemCube, count_items
from canvass.warehouse.manifest import Manifest, StoredFile
from canvass.warehouse.many import Executor, PollCubes, StoredPoll, count_poll, count_polls, inline, processes
from canvass.warehouse.poll_files import count, texts, texts_in, with_weights, write
from canvass.warehouse.rows import PollRows, read_rows

__all__ = [
    "Ballot",
    "Cells",
    "CodedItem",
    "Executor",
    "Groups",
    "ItemCube",
    "Manifest",
    "PollCubes",
    "PollRows",
    "StoredFile",
    "StoredPoll",
    "WarehouseDamaged",
    "code",
    "coded_items",
    "count",
    "count_items",
    "count_poll",
    "count_polls",
    "inline",
    "processes",
    "read_rows",
    "sweep",
    "texts",
    "texts_in",
    "with_weights",
    "write",
]
