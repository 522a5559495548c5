"""A codebook by itself, as .qdc: codes in their tree and sets, without texts."""

from canvass.formats.refi import markup
from canvass.formats.refi.markup import CODEBOOK, add, child
from canvass.formats.refi.reading import Losses, codes_of, sets_of
from canvass.formats.refi.values import Code, CodeSet, Loss, RefiError
from canvass.formats.refi.writing import codes, sets

type Codebook = tuple[tuple[Code, ...], tuple[CodeSet, ...]]


def read_codebook(data: bytes, *, name: str = "The file") -> tuple[Codebook, tuple[Loss, ...]]:
    """The codes and sets, and what was left behind. Raises RefiError where it is no codebook."""
    root = markup.parse(data, "CodeBook", name=name)
    lose = Losses()
    found = codes_of(child(root, "Codes"), lose), sets_of(child(root, "Sets"))
    return found, lose.found()


def write_codebook(given: tuple[Code, ...], grouped: tuple[CodeSet, ...] = (), *, origin: str) -> bytes:
    """Raises RefiError where it does not read back the same."""
    root = markup.root(CODEBOOK, "CodeBook", origin=origin)
    codes(add(root, "Codes"), given)
    sets(root, grouped)
    data = markup.written(root)
    if read_codebook(data) != ((given, grouped), ()):
        raise RefiError("The codebook does not read back as it was written, so it is not offered.")
    return data
