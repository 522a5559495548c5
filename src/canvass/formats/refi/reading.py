"""A project of another program, as far as it goes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from canvass.formats.refi import markup
from canvass.formats.refi.guids import plain
from canvass.formats.refi.markup import Element, child, children, words
from canvass.formats.refi.package import Package
from canvass.formats.refi.places import Text
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

_OTHER_SOURCES = {
    "PictureSource": "a picture",
    "PDFSource": "a PDF",
    "AudioSource": "a sound recording",
    "VideoSource": "a film",
}
_VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")


@dataclass(frozen=True, slots=True)
class Reading:
    project: Project
    losses: tuple[Loss, ...]  # the commonest first


def read_project(data: bytes, *, name: str = "The file") -> Reading:
    """Read a .qdpx. name: what the sentences call it. Raises RefiError where it is no such project at all."""
    package = Package(data, name=name)
    files = package.projects()
    if not files:
        raise RefiError(f"{name}: it holds no project (.qde). Export it as a REFI-QDA project.")
    root = markup.parse(package.read(files[0]) or b"", "Project", name=name)
    return _Reader(package, root).read()


def codes_of(element: Element | None, lose: "Losses", depth: int = 0) -> tuple[Code, ...]:
    """The codes below an element, with theirs below them."""
    if depth > markup.MAX_DEPTH:
        raise RefiError(f"The codes lie more than {markup.MAX_DEPTH} deep. Export a flatter codebook.")
    found = []
    for one in children(element, "Code"):
        if plain(one.get("guid")):
            found.append(_code(one, codes_of(one, lose, depth + 1)))
        else:
            lose("a code without an id")
    return tuple(found)


def sets_of(element: Element | None) -> tuple[CodeSet, ...]:
    return tuple(
        CodeSet(
            plain(one.get("guid")),
            one.get("name", ""),
            words(one, "Description"),
            _targets(one, "MemberCode"),
        )
        for one in children(element, "Set")
        if plain(one.get("guid"))
    )


class Losses:
    """Counts what does not come along."""

    def __init__(self) -> None:
        self._times: Counter[str] = Counter()

    def __call__(self, what: str, times: int = 1) -> None:
        if times:
            self._times[what] += times

    def found(self) -> tuple[Loss, ...]:
        return tuple(Loss(what, times) for what, times in self._times.most_common())


class _Reader:
    def __init__(self, package: Package, root: Element) -> None:
        self.package, self.root, self.lose = package, root, Losses()

    def read(self) -> Reading:
        codebook = child(self.root, "CodeBook")
        codes = codes_of(child(codebook, "Codes"), self.lose)
        self.known = set(_ids(codes))
        sources = tuple(self._sources())
        sets = sets_of(child(self.root, "Sets")) or sets_of(child(codebook, "Sets"))
        self.lose("a link between two things", len(children(child(self.root, "Links"), "Link")))
        self.lose("a drawing of the network", len(children(child(self.root, "Graphs"), "Graph")))
        project = Project(
            self.root.get("name", ""),
            tuple(
                User(plain(one.get("guid")), one.get("name", ""))
                for one in children(child(self.root, "Users"), "User")
                if plain(one.get("guid"))
            ),
            codes,
            sources,
            tuple(self._cases()),
            tuple(
                Variable(plain(one.get("guid")), one.get("name", ""), one.get("typeOfVariable", "Text"))
                for one in children(child(self.root, "Variables"), "Variable")
                if plain(one.get("guid"))
            ),
            tuple(self._notes()),
            sets,
            _targets(self.root, "NoteRef"),
            self.root.get("creationDateTime", ""),
            {name: self.package.read(name) or b"" for name in self.package.top_level()},
        )
        return Reading(project, self.lose.found())

    def _sources(self) -> Iterator[Source]:
        held = child(self.root, "Sources")
        for name, what in _OTHER_SOURCES.items():
            self.lose(f"{what} and what is coded in it", len(children(held, name)))
        for one in children(held, "TextSource"):
            raw = self._words_of(one)
            if raw is None or not plain(one.get("guid")):
                self.lose("a text whose words are not in the file, and what is coded in it")
                continue
            selections = children(one, "PlainTextSelection")
            text = Text(raw, [(_number(s, "startPosition"), _number(s, "endPosition"), s.get("name", ""))
                              for s in selections])  # fmt: skip
            yield Source(
                plain(one.get("guid")),
                one.get("name", ""),
                text.text,
                tuple(self._selections(selections, text)),
                tuple(self._codings(one)),
                _targets(one, "NoteRef"),
            )

    def _words_of(self, source: Element) -> str | None:
        """The plain text: inside the project, in its file, or None where there is none."""
        inside = child(source, "PlainTextContent")
        if inside is not None:
            return "".join(inside.itertext())
        path = source.get("plainTextPath", "")
        if not path:
            return None
        data = self.package.source(path)
        if data is None or not data.strip(b"\x00\xef\xbb\xbf \r\n"):
            return None
        return _decoded(data)

    def _selections(self, selections: list[Element], text: Text) -> Iterator[Selection]:
        for one in selections:
            span = text.span(_number(one, "startPosition"), _number(one, "endPosition"))
            if span is None or not plain(one.get("guid")):
                self.lose("a selection that lies outside its text")
                continue
            yield Selection(
                plain(one.get("guid")),
                *span,
                one.get("name", ""),
                plain(one.get("creatingUser")),
                one.get("creationDateTime", ""),
                tuple(self._codings(one)),
                _targets(one, "NoteRef"),
            )

    def _codings(self, element: Element) -> Iterator[Applied]:
        for one in children(element, "Coding"):
            for code in _targets(one, "CodeRef"):
                if code in self.known:
                    yield Applied(
                        plain(one.get("guid")),
                        code,
                        plain(one.get("creatingUser")),
                        one.get("creationDateTime", ""),
                    )
                else:
                    self.lose("a coding with a code that is not in the codebook")
            self.lose("a memo on a single coding", len(_targets(one, "NoteRef")))

    def _cases(self) -> Iterator[Case]:
        for one in children(child(self.root, "Cases"), "Case"):
            if plain(one.get("guid")):
                yield Case(
                    plain(one.get("guid")),
                    one.get("name", ""),
                    tuple(_values(one)),
                    _targets(one, "SelectionRef"),
                    _targets(one, "SourceRef"),
                )

    def _notes(self) -> Iterator[Note]:
        for one in children(child(self.root, "Notes"), "Note"):
            raw = self._words_of(one)
            if raw is None or not plain(one.get("guid")):
                self.lose("a memo whose words are not in the file")
                continue
            yield Note(
                plain(one.get("guid")),
                one.get("name", ""),
                Text(raw).text,
                plain(one.get("creatingUser")),
                one.get("creationDateTime", ""),
            )


def _code(element: Element, below: tuple[Code, ...]) -> Code:
    return Code(
        plain(element.get("guid")),
        element.get("name", ""),
        element.get("isCodable", "true").strip() in ("true", "1"),
        element.get("color", "").lower(),
        words(element, "Description"),
        _targets(element, "NoteRef"),
        below,
    )


def _ids(codes: tuple[Code, ...]) -> Iterator[str]:
    for code in codes:
        yield code.id
        yield from _ids(code.children)


def _targets(element: Element, name: str) -> tuple[str, ...]:
    found = (plain(one.get("targetGUID")) for one in children(element, name))
    return tuple(target for target in found if target)


def _values(case: Element) -> Iterator[tuple[str, str]]:
    for one in children(case, "VariableValue"):
        variable = _targets(one, "VariableRef")
        said = next((words(one, kind) for kind in _VALUES if child(one, kind) is not None), "")
        if variable and said:
            yield variable[0], said


def _number(element: Element, name: str) -> int:
    """-1 where it is no whole number."""
    said = element.get(name, "").strip()
    return int(said) if said.isascii() and said.isdigit() else -1


def _decoded(data: bytes) -> str:
    """UTF-8 as the standard says, or what its byte order mark says; else one byte a letter."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
