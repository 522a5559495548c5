"""A closed poll's files: immutable, deterministic, silent on who and when, and never half written."""

import json
import os

import numpy as np
import pyarrow.parquet as parquet
import pytest

from canvass import instrument, warehouse
from canvass.warehouse import Ballot, Manifest, WarehouseDamaged, files

POLL = instrument.load("""
poll: small
title: Small
category: practice
items:
  - {id: one, kind: single, text: One, options: [a, b, {label: more, other: true}]}
  - {id: why, kind: text, text: Why, quote_consent: true, ask_if: one == "a"}
""")
BALLOTS = [
    Ballot({"one": "a", "why": "Too long", "why/quote_consent": True}, ("one", "why"), 1, {"role": "worker"}),
    Ballot({"one": "b", "why": "left behind"}, ("one", "why"), 1, {"role": "manager"}),
    Ballot({"one": {"other": "both"}}, ("one",), 2, {"role": "worker"}),
    Ballot({}, ("one",), 2, None),
]


def names(folder):
    return sorted(path.name for path in folder.glob("*"))


def test_what_was_written_is_counted(tmp_path):
    manifest = warehouse.write(tmp_path, POLL, BALLOTS)

    cubes = warehouse.count(tmp_path, manifest, POLL)

    (one,), (why,) = cubes["one"], cubes["why"]
    assert one.cube.n[0, -1].tolist() == [1, 1, 1]
    assert (one.asked, one.cube.people(one.cube.everyone)) == (4, 3)
    assert (why.asked, why.cube.people(why.cube.everyone)) == (1, 1)


def test_the_same_ballots_in_any_order_give_the_same_bytes(tmp_path):
    first = warehouse.write(tmp_path / "first", POLL, BALLOTS)
    second = warehouse.write(tmp_path / "second", POLL, reversed(BALLOTS))

    assert first == second
    assert names(tmp_path / "first") == names(tmp_path / "second")


def test_a_changed_answer_gives_other_files_beside_the_old_ones(tmp_path):
    first = warehouse.write(tmp_path, POLL, BALLOTS)

    second = warehouse.write(tmp_path, POLL, BALLOTS[:-1])

    assert first.file("answers").name != second.file("answers").name
    assert warehouse.count(tmp_path, first, POLL)["one"][0].asked == 4
    assert warehouse.count(tmp_path, second, POLL)["one"][0].asked == 3


def test_only_live_texts_are_kept_with_their_consent(tmp_path):
    manifest = warehouse.write(tmp_path, POLL, BALLOTS)

    texts = warehouse.texts(tmp_path, manifest)

    found = {(text["item"], text["text"], bool(text["quote_consent"])) for text in texts}
    assert found == {("why", "Too long", True), ("one", "both", False)}


def test_the_answers_file_explains_itself(tmp_path):
    manifest = warehouse.write(tmp_path, POLL, BALLOTS)

    schema = parquet.read_schema(tmp_path / manifest.file("answers").name)

    asked = json.loads(schema.metadata[b"canvass"])["instrument"]
    assert instrument.restore(asked) == POLL


def test_ballots_of_one_version_can_be_counted_alone(tmp_path):
    manifest = warehouse.write(tmp_path, POLL, BALLOTS)

    cubes = warehouse.count(tmp_path, manifest, POLL, versions={2})

    assert manifest.versions == (1, 2)
    assert cubes["one"][0].asked == 2


def test_profiles_divide_people_into_groups(tmp_path):
    manifest = warehouse.write(tmp_path, POLL, BALLOTS)

    (one,) = warehouse.count(tmp_path, manifest, POLL, by="role")["one"]

    by_group = one.cube.n[0].sum(axis=1)
    assert by_group.tolist() == [1, 2, 0]  # manager, worker, no role (who did not answer)


def test_a_poll_without_ballots_is_written_and_counted(tmp_path):
    manifest = warehouse.write(tmp_path, POLL, [])

    cubes = warehouse.count(tmp_path, manifest, POLL)

    assert (manifest.ballots, cubes["one"][0].asked) == (0, 0)


def test_a_manifest_survives_a_row_of_a_database(tmp_path):
    manifest = warehouse.write(tmp_path, POLL, BALLOTS)

    assert Manifest.restore(json.loads(json.dumps(manifest.dump()))) == manifest


def test_a_changed_file_is_refused(tmp_path):
    manifest = warehouse.write(tmp_path, POLL, BALLOTS)
    path = tmp_path / manifest.file("answers").name
    path.write_bytes(path.read_bytes()[:-1] + b"x")

    with pytest.raises(WarehouseDamaged, match="missing or has been changed"):
        warehouse.count(tmp_path, manifest, POLL)


def test_a_lost_file_is_refused_and_written_again(tmp_path):
    manifest = warehouse.write(tmp_path, POLL, BALLOTS)
    (tmp_path / manifest.file("text").name).unlink()

    with pytest.raises(WarehouseDamaged):
        warehouse.texts(tmp_path, manifest)
    assert warehouse.write(tmp_path, POLL, BALLOTS) == manifest
    assert warehouse.texts(tmp_path, manifest)


class PowerCut(BaseException):
    """The machine stops; nothing handles this."""


@pytest.mark.parametrize("step", range(14))
def test_stopped_at_any_step_the_old_poll_still_counts(tmp_path, monkeypatch, step):
    """Each file takes four steps (bytes, bytes to disk, rename, the folder's entry); all are interrupted."""
    before = warehouse.write(tmp_path, POLL, BALLOTS)
    stop_at(monkeypatch, step)

    try:
        after = warehouse.write(tmp_path, POLL, BALLOTS[:2])
    except PowerCut:
        after = None

    monkeypatch.undo()
    assert (after is None) == (step < 12)
    assert warehouse.count(tmp_path, before, POLL)["one"][0].asked == 4
    complete = [stored for stored in tmp_path.glob("*.parquet") if parquet.read_table(stored) is not None]
    assert len(complete) == len(names(tmp_path))
    if after is not None:
        assert warehouse.count(tmp_path, after, POLL)["one"][0].asked == 2


def stop_at(monkeypatch, step):
    """Let `step` calls that reach the disk pass, then cut the power; a write is cut in its middle."""
    passed = iter(range(step))

    def counting(call):
        def counted(*arguments, **named):
            if next(passed, None) is None:
                raise PowerCut
            return call(*arguments, **named)

        return counted

    def half_writing(path, *arguments, **named):
        file = path_open(path, *arguments, **named)
        return HalfWriting(file, passed) if "w" in "".join(arguments) else file

    path_open = files.Path.open
    monkeypatch.setattr(files.os, "fsync", counting(os.fsync))
    monkeypatch.setattr(files.Path, "replace", counting(files.Path.replace))
    monkeypatch.setattr(files.Path, "open", half_writing)


class HalfWriting:
    """A file whose write stops after half of the bytes when its turn has come."""

    def __init__(self, file, passed):
        self._file, self._passed = file, passed

    def write(self, content):
        if next(self._passed, None) is None:
            self._file.write(content[: len(content) // 2])
            raise PowerCut
        return self._file.write(content)

    def __getattr__(self, name):
        return getattr(self._file, name)

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        self._file.close()


def test_what_an_interruption_left_is_swept_and_the_poll_stays(tmp_path):
    manifest = warehouse.write(tmp_path, POLL, BALLOTS)
    (tmp_path / "answers-0123.part").write_bytes(b"half")
    replaced = warehouse.write(tmp_path, POLL, BALLOTS[:1])

    swept = warehouse.sweep(tmp_path, keep=manifest)

    assert "answers-0123.part" in swept
    assert replaced.file("answers").name in swept
    assert warehouse.count(tmp_path, manifest, POLL)["one"][0].asked == 4


def test_nothing_in_the_files_names_a_person_or_a_time(tmp_path):
    manifest = warehouse.write(tmp_path, POLL, BALLOTS)

    columns = {
        name for stored in manifest.files for name in parquet.read_schema(tmp_path / stored.name).names
    }

    assert columns == {"#version", "one", "why", "role", "row", "item", "text", "quote_consent"}
    assert np.all([stored.rows <= 4 for stored in manifest.files])
