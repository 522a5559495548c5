"""A project as .qdpx: checked, written, read back and compared before anybody gets it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from canvass.formats.refi import markup
from canvass.formats.refi.markup import PROJECT, Element, add
from canvass.formats.refi.package import packed
from canvass.formats.refi.reading import read_project
from canvass.formats.refi.values import Applied, Case, Code, CodeSet, Project, RefiError, Source

_FOLDER = "sources/"
_KINDS = ("Text", "Boolean", "Integer", "Float", "Date", "DateTime")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_COLOUR = re.compile(r"#[0-9a-f]{6}")


def write_project(project: Project, *, origin: str) -> bytes:
    """The package. origin: the program's name and version.

    Raises RefiError where an id is doubled or names nothing, a selection lies outside its text, a name or
    memo has characters that XML cannot hold, or what was written does not read back the same.
    """
    _check(project)
    texts = [(one.id, one.text) for one in project.sources] + [(one.id, one.text) for one in project.notes]
    files = {f"{_FOLDER}{owner}.txt": text.encode() for owner, text in texts}
    data = packed({"project.qde": markup.written(_project(project, origin)), **files, **project.side})
    read = read_project(data)
    if read.losses or read.project != project:
        raise RefiError("The project does not read back as it was written, so it is not offered.")
    return data


def codes(parent: Element, given: Sequence[Code]) -> None:
    """Write codes below an element, with theirs below them."""
    for code in given:
        made = add(
            parent,
            "Code",
            guid=code.id,
            name=code.name,
            isCodable=str(code.codable).lower(),
            color=code.colour,
        )
        if code.description:
            add(made, "Description", code.description)
        _refs(made, "NoteRef", code.notes)
        codes(made, code.children)


def sets(parent: Element, given: Sequence[CodeSet]) -> None:
    for held, one in _group(parent, "Sets", given):
        made = add(held, "Set", guid=one.id, name=one.name)
        if one.description:
            add(made, "Description", one.description)
        _refs(made, "MemberCode", one.codes)


def _project(project: Project, origin: str) -> Element:
    root = markup.root(PROJECT, "Project", name=project.name, origin=origin, creationDateTime=project.at)
    for held, user in _group(root, "Users", project.users):
        add(held, "User", guid=user.id, name=user.name)
    if project.codes:
        codes(add(add(root, "CodeBook"), "Codes"), project.codes)
    for held, variable in _group(root, "Variables", project.variables):
        add(held, "Variable", guid=variable.id, name=variable.name, typeOfVariable=variable.kind)
    kinds = {variable.id: variable.kind for variable in project.variables}
    for held, case in _group(root, "Cases", project.cases):
        _case(held, case, kinds)
    for held, source in _group(root, "Sources", project.sources):
        _source(held, source)
    for held, note in _group(root, "Notes", project.notes):
        add(held, "Note", guid=note.id, name=note.name, plainTextPath=_path(note.id),
            creatingUser=note.by, creationDateTime=note.at)  # fmt: skip
    sets(root, project.sets)
    _refs(root, "NoteRef", project.project_notes)
    return root


def _group[T](root: Element, name: str, given: Sequence[T]) -> Iterator[tuple[Element, T]]:
    """Each thing with the element that holds its kind; no element where there is none of it."""
    held = add(root, name) if given else None
    for one in given:
        yield held, one


def _case(held: Element, case: Case, kinds: dict[str, str]) -> None:
    made = add(held, "Case", guid=case.id, name=case.name)
    for variable, value in case.values:
        said = add(made, "VariableValue")
        add(said, "VariableRef", targetGUID=variable)
        add(said, f"{kinds[variable]}Value", value)
    _refs(made, "SourceRef", case.sources)
    _refs(made, "SelectionRef", case.selections)


def _source(held: Element, source: Source) -> None:
    made = add(held, "TextSource", guid=source.id, name=source.name, plainTextPath=_path(source.id))
    for one in source.selections:
        selection = add(
            made,
            "PlainTextSelection",
            guid=one.id,
            name=one.name,
            startPosition=str(one.start),
            endPosition=str(one.end),
            creatingUser=one.by,
            creationDateTime=one.at,
        )
        _codings(selection, one.codings)
        _refs(selection, "NoteRef", one.notes)
    _codings(made, source.codings)
    _refs(made, "NoteRef", source.notes)


def _codings(parent: Element, given: Iterable[Applied]) -> None:
    for one in given:
        made = add(parent, "Coding", guid=one.id, creatingUser=one.by, creationDateTime=one.at)
        add(made, "CodeRef", targetGUID=one.code)


def _refs(parent: Element, name: str, targets: Iterable[str]) -> None:
    for target in targets:
        add(parent, name, targetGUID=target)


def _path(source: str) -> str:
    return f"internal://{source}.txt"


def _check(project: Project) -> None:
    """What reading back would not find: an id that two things have, or that names nothing."""
    things = list(_things(project))
    ids = [thing.id for thing in things if hasattr(thing, "id")]
    if len(set(ids)) != len(ids):
        raise RefiError(f"Two things of the project have the id {_doubled(ids)}.")
    named = {target for thing in things for target in _named(thing)} | set(project.project_notes)
    if not named <= set(ids):
        raise RefiError(f"The project names {min(named - set(ids))}, which is not in it.")
    for source in project.sources:
        for one in source.selections:
            if not 0 <= one.start < one.end <= len(source.text):
                raise RefiError(f"A selection lies outside the text {source.name!r}.")
    for thing in (project, *things):
        _check_words(thing)
    for text in _texts(project):
        if markup.has_forbidden(text):
            raise RefiError(f"XML cannot hold {_shown(text)}. Take the unprintable characters out of it.")


def _check_words(thing: Any) -> None:
    """What the schema allows for instants, colours and kinds of variables."""
    at, colour, kind = (getattr(thing, name, "") for name in ("at", "colour", "kind"))
    if at and not _INSTANT.fullmatch(at):
        raise RefiError(f"{at!r} is no instant such as 2026-11-25T09:00:00Z.")
    if colour and not _COLOUR.fullmatch(colour):
        raise RefiError(f"{colour!r} is no colour such as #aa3300.")
    if kind and kind not in _KINDS:
        raise RefiError(f"{kind!r} is no kind of variable; choose one of: {', '.join(_KINDS)}.")


def _things(value: Any) -> Iterator[Any]:
    """Every frozen value of the project, with those inside it."""
    for each in fields(value):
        held = getattr(value, each.name)
        for one in held if isinstance(held, tuple) else ():
            if is_dataclass(one):
                yield one
                yield from _things(one)


def _named(thing: Any) -> Iterator[str]:
    """The ids that a thing points to."""
    for name in ("code", "by"):
        yield from filter(None, [getattr(thing, name, "")])
    for name in ("notes", "selections", "sources", "codes"):
        yield from (one for one in getattr(thing, name, ()) if isinstance(one, str))
    yield from (pair[0] for pair in getattr(thing, "values", ()))


def _texts(project: Project) -> Iterator[str]:
    """What is written into XML; sources and memos lie in files of their own."""
    yield project.name
    for thing in _things(project):
        yield from (getattr(thing, name, "") for name in ("name", "description", "colour", "at"))
        yield from (pair[1] for pair in getattr(thing, "values", ()))


def _doubled(ids: list[str]) -> str:
    return next(one for one in ids if ids.count(one) > 1)


def _shown(text: str) -> str:
    return repr(text[:40])
