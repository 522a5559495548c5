"""Members in from a file: whole or not at all, each fault with its row and column, nobody twice."""

import codecs
import io

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canvass import formats
from canvass.panel import exports, imports, queries
from canvass.panel.imports import Plan
from canvass.panel.models import Address, ConsentRecord, Member, Standing, StandingEvent, Suppression
from canvass.panel.refusals import PanelRefusal
from canvass.panel.services import importing, membership
from canvass.team.audit import HOST
from canvass.team.models import AuditEntry

from .conftest import NOON

STORES = ["default", "identity", "ballots"]
pytestmark = pytest.mark.django_db(databases=STORES)
COUNTED = (Member, Address, Standing, StandingEvent, ConsentRecord)


@pytest.fixture
def planned(panel, tmp_path):
    """What a file of this content would do: planned("address\\nann@example.org\\n")."""

    def make(content: str | bytes, basis: str = "paper form", name: str = "members.csv") -> Plan:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return imports.plan(panel, formats.read(file), today=NOON.date(), basis=basis)

    return make


def carry_out(panel, plan: Plan) -> int:
    return importing.import_members(panel, plan, by=HOST, now=NOON)


def test_a_row_becomes_a_member_with_profile_consent_and_history(panel, planned):
    carry_out(panel, planned("E-mail,Role,joined,source\nAnn@Example.org, manager ,2026-01-31,spring\n"))

    ann = Member.objects.get()
    assert (ann.state, ann.profile, ann.source) == ("active", {"role": "Manager"}, "spring")
    assert ann.joined_at.date().isoformat() == "2026-01-31"
    assert (ann.consents.get().channel, ann.consents.get().basis) == ("import", "paper form")
    assert queries.address_of(panel, ann.key) == "ann@example.org"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("role\nManager\n", "Column address: There is no such column."),
        ("address\nann\n", "Row 2, column address: 'ann' is not an e-mail address."),
        ("address,role\n,Manager\n", "Row 2, column address: There is no address."),
        ("address,role\na@example.org,Queen\n", "Row 2, column role: 'Queen' is not an option."),
        ("address,joined\na@example.org,31/1/26\n", "Row 2, column joined: '31/1/26' is not a day."),
        ("address,joined\na@example.org,0026-01-31\n", "Row 2, column joined: '0026-01-31' is too long ago."),
        (
            "address,joined\na@example.org,2026-12-01\n",
            "Row 2, column joined: '2026-12-01' is still to come.",
        ),
        ("address,source\na@example.org,émile\n", "Row 2, column source: 'émile' is not a code."),
        (f"address,consent\na@example.org,{'x' * 201}\n", "Row 2, column consent: It is longer than 200"),
        ("address,shoe\na@example.org,44\n", "Column shoe: This panel does not know it."),
        ("address,email\na@example.org,\n", "Column email: There are two of it."),
        ("address\n<script>alert(1)</script>\n", "Row 2, column address: '<script>alert(1)</script>'"),
    ],
)
def test_each_fault_says_where_and_what(content, fault, planned):
    plan = planned(content)

    assert str(plan.faults[0]).startswith(fault)
    assert str(plan.faults[0]).endswith(".")


def test_a_file_with_one_fault_imports_nobody(panel, planned):
    plan = planned("address\nann@example.org\nbob\n")

    with pytest.raises(PanelRefusal, match="nothing was imported"):
        carry_out(panel, plan)

    assert [model.objects.count() for model in COUNTED] == [0] * len(COUNTED)


def test_without_a_word_on_how_they_agreed_nobody_is_imported(planned):
    plan = planned("address,consent\nann@example.org,signed\nbob@example.org,\n", basis="")

    assert [str(fault).split(":")[0] for fault in plan.faults] == ["Row 3, column consent"]


def test_who_is_there_twice_is_in_or_was_erased_is_passed_over(panel, planned, member):
    member("alice")
    gone = member("gone")
    membership.erase(gone, by=HOST, now=NOON)

    plan = planned("address\nbob@example.org\nBOB@example.org\nalice@example.org\ngone@example.org\n")

    assert [row.address for row in plan.new] == ["bob@example.org"]
    assert [one.split(":")[0] for one in plan.skipped] == ["Row 3", "Row 4", "Row 5"]


def test_an_import_that_is_sent_twice_doubles_nobody(panel, planned):
    plan = planned("address\nann@example.org\nbob@example.org\n")

    counts = [carry_out(panel, plan), carry_out(panel, plan)]

    assert counts == [2, 0]
    assert [model.objects.count() for model in COUNTED] == [2] * len(COUNTED)


def test_somebody_who_joins_between_preview_and_import_keeps_their_place(panel, planned, member):
    plan = planned("address\nalice@example.org\nbob@example.org\n")
    alice = member("alice")

    assert carry_out(panel, plan) == 1

    assert queries.address_of(panel, alice.key) == "alice@example.org"


def test_who_leaves_between_preview_and_import_is_not_mailed_again(panel, planned, member):
    plan = planned("address\nalice@example.org\n")
    membership.erase(member("alice"), by=HOST, now=NOON)

    assert carry_out(panel, plan) == 0
    assert not Standing.objects.filter(mailable=True).exists()


@pytest.mark.parametrize(
    "content",
    [
        codecs.BOM_UTF8 + "address,consent\r\nann@example.org,à Paris\r\n".encode(),
        "address,consent\nann@example.org,à Paris\n".encode("cp1252"),
        b"address,source\rann@example.org,x\r",
    ],
    ids=["BOM", "latin-1", "old Mac"],
)
def test_files_of_every_spelling_are_read(content, planned):
    plan = planned(content)

    assert not plan.faults
    assert plan.new[0].basis in ("à Paris", "paper form")
    assert plan.new[0].address == "ann@example.org"


def test_a_workbook_is_read_like_a_csv_file(planned):
    book, kept = openpyxl.Workbook(), io.BytesIO()
    for row in (["address", "role"], ["ann@example.org", "Manager"]):
        book.active.append(row)
    book.save(kept)

    plan = planned(kept.getvalue(), name="members.xlsx")

    assert (plan.new[0].address, plan.new[0].profile) == ("ann@example.org", {"role": "Manager"})


def test_what_was_exported_can_be_imported_and_is_the_same(panel, planned, tmp_path):
    carry_out(panel, planned("address,role,source\n+ann@example.org,Manager,fair\nbob@example.org,,\n"))
    before = [(row.profile, row.source, row.joined_at.date()) for row in Member.objects.order_by("pk")]
    content = importing.export_members(panel, by=HOST, now=NOON)
    for model in (*reversed(COUNTED), Suppression):
        model.objects.all().delete()

    carry_out(panel, planned(content))

    assert [
        (row.profile, row.source, row.joined_at.date()) for row in Member.objects.order_by("pk")
    ] == before
    assert {held.address for held in Address.objects.all()} == {"+ann@example.org", "bob@example.org"}


@given(st.text(max_size=12))
def test_no_cell_runs_in_a_spreadsheet_and_each_comes_back(cell):
    hidden = exports.safe(cell)

    assert not hidden.startswith(exports.FORMULA_BEGINS)
    assert exports.plain(hidden) == cell or cell.startswith("'")


cells = st.sampled_from(
    ["", "ann@example.org", "bob@example.org", "ANN@example.org", "Manager", "=1+1", "\x00"]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    headings=st.permutations(["address", "role", "joined", "source", "consent"]).map(lambda all_: all_[:4]),
    rows=st.lists(st.lists(cells, max_size=4), max_size=5),
    basis=st.sampled_from(["", "paper"]),
)
def test_no_table_is_ever_half_imported(panel, headings, rows, basis):
    for model in reversed(COUNTED):
        model.objects.all().delete()
    columns = tuple(tuple((row + [""] * 5)[place] for row in rows) for place in range(len(headings)))
    table = formats.Columns(tuple(headings), columns, tuple(range(2, len(rows) + 2)))
    plan = imports.plan(panel, table, today=NOON.date(), basis=basis)

    count = 0 if plan.faults else carry_out(panel, plan)

    assert [model.objects.count() for model in COUNTED] == [count] * len(COUNTED)
    assert count == (0 if plan.faults else len(plan.new))


def test_import_and_export_are_on_record_by_number_alone(panel, planned):
    carry_out(panel, planned("address\nann@example.org\n"))
    importing.export_members(panel, by=HOST, now=NOON)

    facts = AuditEntry.objects.filter(verb__in=["panel.imported", "panel.exported"]).values_list("facts")
    assert [one for (one,) in facts.order_by("pk")] == [{"members": 1, "skipped": 0}, {"members": 1}]


def test_a_file_that_is_too_long_is_told_where_to_split_it(planned):
    plan = planned("address\n" + "".join(f"a{n}@example.org\n" for n in range(10_001)))

    assert [str(fault) for fault in plan.faults] == [
        "Row 10001, column address: The file goes on after this row. "
        "Split it into files of at most 10,000 rows."
    ]
