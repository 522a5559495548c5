"""REFI-QDA projects: what is written reads back, what others write is read as far as it goes."""

import unicodedata
import uuid
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyrefiqda import RefiProject

from canvass.formats import refi
from canvass.formats.refi import (
    Applied,
    Case,
    Code,
    CodeSet,
    Note,
    Project,
    Selection,
    Source,
    User,
    Variable,
)

ANN, BEN = User(refi.guid("ann"), "Ann"), User(refi.guid("ben"), "Ben")
PAY, LOAD = (
    Code(refi.guid("pay"), "Pay", colour="#aa3300"),
    Code(refi.guid("load"), "Workload", description="Too much"),
)
THEME = Code(refi.guid("theme"), "Conditions", codable=False, children=(PAY, LOAD))
AT = "2026-11-25T09:00:00Z"
MEMO = Note(refi.guid("memo"), "On pay", "Pay is rarely alone.\nÉlan – ok", ANN.id, AT)
ROLE = Variable(refi.guid("role"), "role")
TEXT = "[P0001]\nToo many cases 🙂 and pay\n[P0002]\nPay"
SELECTION = Selection(
    refi.guid("s1"), 8, 33, "Too many cases", ANN.id, AT,
    (Applied(refi.guid("c1"), LOAD.id, ANN.id, AT), Applied(refi.guid("c2"), PAY.id, BEN.id)),
    (MEMO.id,),
)  # fmt: skip
PROJECT = Project(
    "Why leave?",
    (ANN, BEN),
    (THEME, Code(refi.guid("other"), "Other")),
    (Source(refi.guid("q1"), "Why?", TEXT, (SELECTION,), notes=(MEMO.id,)),),
    (Case(refi.guid("p1"), "P0001", ((ROLE.id, "Social worker"),), (SELECTION.id,), (refi.guid("q1"),)),),
    (ROLE,),
    (MEMO,),
    (CodeSet(refi.guid("set"), "Headline", "For the report", (PAY.id,)),),
    (MEMO.id,),
    AT,
    {"canvass.json": b"{}"},
)


def package(qde: str, sources: dict[str, bytes] | None = None, *, name: str = "project.qde") -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, qde)
        for path, data in (sources or {}).items():
            archive.writestr(path, data)
    return made.getvalue()


def qde(sources: str = "", codes: str = "", extra: str = "") -> str:
    return (
        f'<Project xmlns="urn:QDA-XML:project:1.0" name="Theirs">'
        f"<CodeBook><Codes>{codes}</Codes></CodeBook><Sources>{sources}</Sources>{extra}</Project>"
    )


def source(start: int, end: int, *, called: str = "", path: str = "internal://t.txt") -> str:
    return (
        f'<TextSource guid="{refi.guid("t")}" name="T" plainTextPath="{path}"><PlainTextSelection '
        f'guid="{refi.guid("s")}" name="{called}" startPosition="{start}" endPosition="{end}">'
        f'<Coding guid="{refi.guid("c")}"><CodeRef targetGUID="{PAY.id}"/></Coding>'
        "</PlainTextSelection></TextSource>"
    )


CODES = f'<Code guid="{PAY.id}" name="Pay" isCodable="true"/>'


def selected(reading: refi.Reading) -> str:
    (one,) = reading.project.sources
    (selection,) = one.selections
    return one.text[selection.start : selection.end]


def test_a_project_reads_back_as_it_was_written():
    reading = refi.read_project(refi.write_project(PROJECT, origin="Canvass"))
    assert reading.project == PROJECT
    assert reading.losses == ()


def test_the_same_project_has_the_same_bytes():
    assert refi.write_project(PROJECT, origin="Canvass") == refi.write_project(PROJECT, origin="Canvass")


def test_the_package_is_laid_out_as_the_standard_says():
    with zipfile.ZipFile(BytesIO(refi.write_project(PROJECT, origin="Canvass 1"))) as archive:
        names = archive.namelist()
        root = archive.read("project.qde").decode()
        text = archive.read(f"sources/{refi.guid('q1')}.txt")
    assert names == sorted(
        ["canvass.json", "project.qde", f"sources/{refi.guid('q1')}.txt", f"sources/{MEMO.id}.txt"]
    )
    assert text == TEXT.encode()
    assert '<Project xmlns="urn:QDA-XML:project:1.0" name="Why leave?" origin="Canvass 1"' in root
    order = [
        "<Users",
        "<CodeBook",
        "<Variables",
        "<Cases",
        "<Sources",
        "<Notes",
        "<Sets",
        "<NoteRef targetGUID",
    ]
    places = [root.index(one) for one in order[:-1]] + [root.rindex(order[-1])]
    assert places == sorted(places)
    assert 'startPosition="8" endPosition="33"' in root


def test_a_reader_made_from_the_schema_reads_the_same(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # it unpacks into the folder it is run in
    path = tmp_path / "study.qdpx"
    path.write_bytes(refi.write_project(PROJECT, origin="Canvass"))
    theirs = RefiProject.load(path)
    (text,) = theirs.sources.text_source
    (selection,) = text.plain_text_selection
    assert (selection.start_position, selection.end_position) == (8, 33)
    assert [one.code_ref.target_guid for one in selection.coding] == [LOAD.id, PAY.id]
    assert [code.name for code in theirs.code_book.codes.code] == ["Conditions", "Other"]
    assert [code.is_codable for code in theirs.code_book.codes.code] == [False, True]
    assert theirs.cases.case[0].variable_value[0].text_value == "Social worker"
    assert [one.target_guid for one in theirs.sets.set[0].member_code] == [PAY.id]


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1, max_size=60)


@given(texts, st.data())
@settings(max_examples=60)
def test_any_text_and_any_selection_comes_back(text, data):
    text = "why: " + unicodedata.normalize("NFC", text)
    start = data.draw(st.integers(0, len(text) - 1))
    selection = Selection(refi.guid("b"), start, data.draw(st.integers(start + 1, len(text))))
    project = Project("P", sources=(Source(refi.guid("a"), "A", text, (selection,)),))
    assert refi.read_project(refi.write_project(project, origin="C")).project == project


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (replace(PROJECT, users=(ANN, ANN)), "Two things of the project have the id"),
        (replace(PROJECT, users=(ANN,)), "which is not in it"),
        (replace(PROJECT, sources=(replace(PROJECT.sources[0], text="short"),)), "outside the text"),
        (replace(PROJECT, name="a\x07b"), "XML cannot hold 'a\\x07b'"),
        (replace(PROJECT, at="today"), "'today' is no instant"),
        (replace(PROJECT, codes=(replace(PROJECT.codes[1], colour="red"), THEME)), "'red' is no colour"),
        (replace(PROJECT, variables=(replace(ROLE, kind="Words"),)), "'Words' is no kind of variable"),
    ],
)  # fmt: skip
def test_what_would_not_read_back_is_not_written(broken, said):
    with pytest.raises(refi.RefiError) as refused:
        refi.write_project(broken, origin="Canvass")
    assert said in str(refused.value)


def test_a_project_file_may_have_any_name_and_its_folder_any_case():
    data = package(qde(source(0, 3), CODES), {"Sources/t.txt": b"Pay is low"}, name="My study.qde")
    assert selected(refi.read_project(data)) == "Pay"


def test_a_byte_order_mark_counts_for_nothing():
    data = package(qde(source(0, 3), CODES), {"sources/t.txt": "\ufeffPay is low".encode()})
    assert selected(refi.read_project(data)) == "Pay"


@pytest.mark.parametrize(("start", "end"), [(8, 11), (6, 9)])
def test_places_after_line_endings_are_found_by_what_selections_are_called(start, end):
    # "a\r\nb\r\nx Pay": with CR LF as two the words begin at 8, as one at 6.
    data = package(qde(source(start, end, called="Pay"), CODES), {"sources/t.txt": b"a\r\nb\r\nx Pay is low"})
    reading = refi.read_project(data)
    assert (selected(reading), reading.project.sources[0].text) == ("Pay", "a\nb\nx Pay is low")


def test_places_count_letters_as_they_lie_in_the_file():
    data = package(qde(source(6, 9), CODES), {"sources/t.txt": "Cafe\u0301 Pay".encode()})
    reading = refi.read_project(data)
    assert (selected(reading), reading.project.sources[0].text) == ("Pay", "Café Pay")


def test_what_does_not_come_along_is_listed():
    others = f'<PDFSource guid="{refi.guid("pdf")}"/><PDFSource guid="{refi.guid("pdf2")}"/>'
    links = f'<Links><Link guid="{refi.guid("l")}"/></Links><Graphs><Graph guid="{refi.guid("g")}"/></Graphs>'
    data = package(
        qde(source(0, 99) + source(0, 3, path="internal://gone.txt") + others, "", links),
        {"sources/t.txt": b"Pay"},
    )
    losses = [str(loss) for loss in refi.read_project(data).losses]
    assert losses == [
        "a PDF and what is coded in it (2 times)",
        "a selection that lies outside its text",
        "a text whose words are not in the file, and what is coded in it",
        "a link between two things",
        "a drawing of the network",
    ]


def test_a_coding_with_an_unknown_code_is_a_loss_and_its_selection_stays():
    reading = refi.read_project(package(qde(source(0, 3)), {"sources/t.txt": b"Pay"}))
    assert [str(loss) for loss in reading.losses] == ["a coding with a code that is not in the codebook"]
    assert selected(reading) == "Pay"


def test_a_source_of_one_byte_is_a_text_without_words():
    reading = refi.read_project(package(qde(source(0, 1), CODES), {"sources/t.txt": b"\n"}))
    assert reading.project.sources == ()
    assert "not in the file" in str(reading.losses[0])


BOMB = b'<!DOCTYPE z [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Project>&b;</Project>'
OUTSIDE = b'<!DOCTYPE z [<!ENTITY x SYSTEM "file:///etc/hostname">]><Project>&x;</Project>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not readable as .qdpx"),
        (b"PK\x03\x04 nothing", "not readable as .qdpx"),
        (package("<Project/>", name="readme.txt"), "holds no project"),
        (package("<Project"), "not readable as XML"),
        (package("<html/>"), "a Project was expected, but this is a html"),
        (package(BOMB.decode()), "declares a document type"),
        (package(OUTSIDE.decode()), "declares a document type"),
        (package("<Project>" + "<a>" * 300 + "</a>" * 300 + "</Project>"), "not readable as XML"),
    ],
    ids=["empty", "cut", "no project", "cut xml", "other xml", "expansion", "outside", "deep"],
)
def test_what_is_no_project_is_refused_in_one_sentence(data, said):
    with pytest.raises(refi.RefiError, match=said) as refused:
        refi.read_project(data, name="study.qdpx")
    assert str(refused.value).startswith("study.qdpx: ")
    assert "\n" not in str(refused.value)


def test_a_package_that_swells_is_refused_unread():
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", "<Project/>")
        with archive.open("sources/big.txt", "w", force_zip64=True) as big:
            for _ in range(210):
                big.write(bytes(1_000_000))
    assert len(made.getvalue()) < 1_000_000
    with pytest.raises(refi.RefiError, match="larger than 200 MB unpacked"):
        refi.read_project(made.getvalue())


def test_a_codebook_reads_back_and_another_programs_is_read():
    data = refi.write_codebook(PROJECT.codes, PROJECT.sets, origin="Canvass")
    assert refi.read_codebook(data) == ((PROJECT.codes, PROJECT.sets), ())
    theirs = f'<CodeBook xmlns="urn:QDA:codebook:0:4"><Codes>{CODES}<Code name="no id"/></Codes></CodeBook>'
    (codes, sets), losses = refi.read_codebook(theirs.encode())
    assert (codes, sets) == ((Code(PAY.id, "Pay"),), ())
    assert [str(loss) for loss in losses] == ["a code without an id"]


def test_a_codebook_cannot_hold_memos():
    with pytest.raises(refi.RefiError, match="does not read back"):
        refi.write_codebook((Code("{x}", "Pay"),), origin="Canvass")


def test_an_id_is_the_same_for_the_same_thing_and_a_guid():
    assert refi.guid("code", 1) == refi.guid("code", 1) != refi.guid("code", 2)
    assert uuid.UUID(refi.guid("code", 1)).variant == uuid.RFC_4122
