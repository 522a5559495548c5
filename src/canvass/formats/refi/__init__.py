"""REFI-QDA: the exchange of projects (.qdpx) and codebooks (.qdc) between programs for qualitative analysis.

Reading is lenient: what another program wrote is taken as far as it goes, and what is left behind is listed
as losses. Writing is strict: what is written is read back and compared before anybody gets it.
Source: REFI-QDA standard 1.5, schemas urn:QDA-XML:project:1.0 and urn:QDA-XML:codebook:1.0.
"""

from canvass.formats.refi.codebook import read_codebook, write_codebook
from canvass.formats.refi.guids import guid
from canvass.formats.refi.reading import Reading, read_project
from canvass.formats.refi.values import (
    Applied,
    Case,
    Code,
    CodeSet,
    Loss,
    Note,
    Project,
    RefiError,
    Selection,
    Source,
    User,
    Variable,
)
from canvass.formats.refi.writing import write_project

__all__ = [
    "Applied",
    "Case",
    "Code",
    "CodeSet",
    "Loss",
    "Note",
    "Project",
    "Reading",
    "RefiError",
    "Selection",
    "Source",
    "User",
    "Variable",
    "guid",
    "read_codebook",
    "read_project",
    "write_codebook",
    "write_project",
]
