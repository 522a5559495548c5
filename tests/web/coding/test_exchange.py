"""A study leaves as files of other programs and takes in a codebook of theirs."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.unit.coding.conftest import NOON, answers_of, id_of

from canvass.coding import ledgers
from canvass.coding.exchange.project import COLOURS, colour_named
from canvass.coding.services import do
from canvass.formats import refi
from canvass.team.access import Role
from canvass.team.audit import HOST
from canvass.team.models import AuditEntry
from canvass.words.study import COLOURS as study_colours
from canvass.words.study import Level, acts, seal

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
TEXTS = ("Ask Priya: too many cases", "No comment", "=1+1 forms in the evenings", "A child said so")


@pytest.fixture
def coder(as_role):
    return as_role(Role.CODER)


@pytest.fixture
def study(studied):
    """Two codes under a theme; one answer masked and coded in part, one set aside, one flagged."""
    study = studied(TEXTS)
    priya, comment, forms, child = (id_of(study, text) for text in TEXTS)
    for act in (
        acts.MakeNode("load", Level.CODE, "Workload", "Too much to do", colour="teal"),
        acts.MakeNode("forms", Level.CODE, "Paperwork"),
        acts.MakeNode("strain", Level.THEME, "Strain"),
        acts.PutNode("load", "strain"),
        acts.CodeSegment(priya, "load", 11, 25, seal("too many cases")),
        acts.CodeSegment(forms, "forms"),
        acts.CodeSegment(child, "load"),
        acts.MaskSpan(priya, 4, 9, seal("Priya"), "person", "manager"),
        acts.SetAside(comment),
        acts.FlagConcern(child, note="to the contact"),
        acts.WriteMemo("m1", "node:load", "analytic", "The heart of it"),
        acts.WriteMemo("m2", "study", "anonymisation", "Priya is the manager"),
    ):
        do(study, act, by=HOST, now=NOON)
    return study


def export(client, study, kind: str) -> bytes:
    response = client.post(f"{study.get_absolute_url()}/exchange/{kind}")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith('attachment; filename="why-people-work-late.')
    return response.content


def test_the_page_says_what_leaves_and_what_stays(coder, study):
    page = coder.get(f"{study.get_absolute_url()}/exchange").content.decode()
    assert "3 answers of closed polls leave" in page
    assert "1 answer that was flagged as a concern stays here" in page


def test_a_project_holds_masked_words_and_the_codings_that_count(coder, study):
    data = export(coder, study, "project")
    reading = refi.read_project(data)
    (source,) = reading.project.sources
    coded = {
        source.text[selection.start : selection.end]: len(selection.codings)
        for selection in source.selections
        if selection.codings
    }
    assert coded == {"too many cases": 1, "=1+1 forms in the evenings": 1}
    assert "Ask [manager]: too many cases" in source.text
    assert "A child said so" not in source.text
    assert b"Priya" not in data
    assert [note.text for note in reading.project.notes] == ["The heart of it"]
    assert [(code.name, code.codable) for code in reading.project.codes] == [
        ("Strain", False),
        ("Paperwork", True),
    ]
    assert reading.project.codes[0].children[0].description == "Too much to do"
    assert sorted(case.name for case in reading.project.cases) == ["P0001", "P0002", "P0003"]
    assert reading.losses == ()


def test_every_colour_of_a_code_is_one_that_comes_back():
    assert tuple(COLOURS) == study_colours
    assert [colour_named(one) for one in COLOURS.values()] == list(COLOURS)
    assert colour_named("#123456") == ""


def test_nobody_who_is_named_in_the_log_but_by_name_leaves(coder, study):
    users = refi.read_project(export(coder, study, "project")).project.users
    assert [user.name for user in users] == ["the command line"]


def test_the_table_is_read_by_tabulate_as_one_question(coder, study, tmp_path):
    from canvass.formats import tabular

    path = tmp_path / "codes.csv"
    path.write_bytes(export(coder, study, "csv"))
    table = tabular.read(path)
    rows = {row[3]: row for row in table.rows}
    places = [table.headings.index(f"code/{name}") for name in ("Paperwork", "Workload")]
    assert [rows["Ask [manager]: too many cases"][place] for place in places] == ["0", "1"]
    assert [rows["'=1+1 forms in the evenings"][place] for place in places] == ["1", "0"]
    assert [rows["No comment"][place] for place in places] == ["", ""]
    assert table.column("theme/Strain").count("1") == 1


def test_the_sheet_holds_text_that_looks_like_a_formula_as_text(coder, study):
    sheet = openpyxl.load_workbook(io.BytesIO(export(coder, study, "xlsx"))).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert [(cell.value, cell.data_type) for cell in cells] == [("=1+1 forms in the evenings", "s")]


def test_each_export_is_in_the_audit_log(coder, study):
    export(coder, study, "codebook")
    entry = AuditEntry.objects.get(verb="study.exported")
    assert entry.facts["kind"] == "codebook"


def test_words_of_an_open_poll_and_codings_of_open_passes_stay(coder, studied):
    study = studied(["Too many cases"] * 12, state="open")
    assert (
        "0 answers of closed polls leave"
        in coder.get(f"{study.get_absolute_url()}/exchange").content.decode()
    )
    assert refi.read_project(export(coder, study, "project")).project.sources == ()


def upload(client, study, data: bytes, name: str = "codes.qdc"):
    return client.post(
        f"{study.get_absolute_url()}/exchange", {"file": SimpleUploadedFile(name, data)}, follow=True
    )


def test_a_codebook_comes_in_as_themes_and_codes_once(coder, study):
    pay = refi.Code(refi.guid("pay"), "Pay", description="Money")
    theme = refi.Code(
        refi.guid("t"), "Conditions", codable=False, children=(pay, refi.Code(refi.guid("w"), "workload"))
    )
    top = refi.Code(refi.guid("o"), "Leaving", codable=False, children=(theme,))
    data = refi.write_codebook((top,), origin="Other")

    page = upload(coder, study, data).content.decode()

    assert "3 codes and themes are taken in; 1 were here already." in page
    with ledgers.opened(study) as room:
        names = {node.name: node for node in room.state.nodes.values()}
        assert {name: names[name].level.value for name in ("Leaving", "Conditions", "Pay")} == {
            "Leaving": "organising", "Conditions": "theme", "Pay": "code",
        }  # fmt: skip
        assert names["Pay"].definition == "Money"
        assert room.state.children[names["Conditions"].id] == (names["Pay"].id, "load")
    assert (
        "0 codes and themes are taken in; 4 were here already." in upload(coder, study, data).content.decode()
    )


def test_what_a_codebook_loses_on_the_way_in_is_said(coder, study):
    deep = refi.Code(refi.guid("a"), "A", children=(refi.Code(refi.guid("b"), "B", children=(
        refi.Code(refi.guid("c"), "C", children=(refi.Code(refi.guid("d"), "D"),)),)),))  # fmt: skip
    long = refi.Code(refi.guid("l"), "Long " * 40)
    page = upload(coder, study, refi.write_codebook((deep, long), origin="Other")).content.decode()
    assert "Left behind:" in page
    assert "the levels under “B”, which lie too deep" in page
    assert "the whole name of" in page


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"nonsense", "codes.qdc", "not readable as XML"),
        (b"PK nonsense", "study.qdpx", "not readable as .qdpx"),
    ],
)
def test_a_file_that_is_no_codebook_is_refused_and_nothing_is_done(coder, study, data, name, said):
    before = answers_of(study), study.acts.count()
    response = upload(coder, study, data, name)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert (answers_of(study), study.acts.count()) == before


def test_several_acts_are_stored_together_or_not_at_all(study):
    from canvass.coding.services import do_all
    from canvass.words.study import StudyRefused

    good, bad = acts.MakeNode("x", Level.CODE, "X"), acts.MakeNode("y", Level.CODE, "Workload")
    before = study.acts.count()
    with ledgers.opened(study) as room:
        with pytest.raises(StudyRefused, match="already"):
            do_all(study, [good, bad], as_="codebook_taken_in", by=HOST, now=NOON)
        assert "x" not in room.state.nodes  # whoever holds the room sees what is stored
    assert study.acts.count() == before
    with ledgers.opened(study) as room:
        assert "x" not in room.state.nodes
    assert do_all(study, [good], as_="codebook_taken_in", by=HOST, now=NOON) == 1
