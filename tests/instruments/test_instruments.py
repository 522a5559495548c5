"""Each poll file beside this test shows one behaviour; the text of the same name says what is expected.

refused/: the faults, one a line. taken/: lines of

    pages: a | b c                       the items on each page
    asked {"a": "yes"} -> a b            the items asked, given answers in stored form
    live {"a": "no", "b": 1} -> {…}      the answers that count
    check a "7" -> 7                     what is stored for a raw answer
    refuse a "11" -> sentence            what the person is told instead
"""

import json
from pathlib import Path

import pytest

from canvass import instrument

HERE = Path(__file__).parent
REFUSED = sorted((HERE / "refused").glob("*.yaml"))
TAKEN = sorted((HERE / "taken").glob("*.yaml"))


@pytest.mark.parametrize("file", REFUSED, ids=lambda file: file.stem)
def test_a_faulty_poll_file_names_every_fault(file):
    expected = file.with_suffix(".txt").read_text(encoding="utf-8").splitlines()

    with pytest.raises(instrument.PollFileError) as refusal:
        instrument.load(file.read_bytes(), name=file.name)

    assert [str(fault) for fault in refusal.value.faults] == expected


@pytest.mark.parametrize("file", TAKEN, ids=lambda file: file.stem)
def test_a_poll_file_behaves_as_written_beside_it(file):
    poll = instrument.load(file.read_bytes(), name=file.name)
    lines = file.with_suffix(".txt").read_text(encoding="utf-8").splitlines()

    told = [said(poll, line) for line in lines]

    assert told == lines


@pytest.mark.parametrize("file", TAKEN, ids=lambda file: file.stem)
def test_a_poll_survives_being_frozen(file):
    poll = instrument.load(file.read_bytes(), name=file.name)

    frozen = json.loads(json.dumps(instrument.dump(poll)))

    assert instrument.restore(frozen) == poll


def test_every_poll_file_has_its_expectation():
    files = {path.with_suffix("") for path in (HERE / "refused").iterdir()}
    files |= {path.with_suffix("") for path in (HERE / "taken").iterdir()}

    assert files == {path.with_suffix("") for path in [*REFUSED, *TAKEN]}


def said(poll, line):
    """The line as the poll would have it."""
    if line.startswith("pages:"):
        return "pages: " + " | ".join(" ".join(page) for page in instrument.pages(poll))
    question = line.partition(" -> ")[0]
    verb, rest = question.split(" ", 1)
    if verb == "asked":
        return f"{question} -> {' '.join(instrument.asked(poll, json.loads(rest)))}"
    if verb == "live":
        return f"{question} -> {json.dumps(instrument.live(poll, json.loads(rest)), ensure_ascii=False)}"
    return f"{question} -> {checked(poll, verb, *rest.split(' ', 1))}"


def checked(poll, verb, item_id, raw):
    table = instrument.CheckingTable(poll)
    if verb == "check":
        return written(table.check(item_id, json.loads(raw)), raw)
    with pytest.raises(instrument.AnswerFault) as fault:
        table.check(item_id, json.loads(raw))
    assert fault.value.item == item_id
    return fault.value.sentence


def written(stored, raw):
    """JSON as the expectation writes it: with escapes where the raw answer has them."""
    return json.dumps(stored, ensure_ascii="\\u" in raw)
