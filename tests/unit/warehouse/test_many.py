"""Many polls: the same cubes from every executor in the same order, and from SQL over the same files."""

import json

import duckdb
import numpy as np
import pytest

from canvass import instrument, warehouse
from canvass.warehouse import Ballot, StoredPoll, WarehouseDamaged, count_polls, processes

FIELDS = ("role", "region")


def poll_of(number: int) -> instrument.Instrument:
    return instrument.load(f"""
poll: poll-{number}
title: Poll {number}
category: practice
items:
  - {{id: hours, kind: single, text: Hours, options: [many, few, none]}}
  - {{id: happy, kind: rating, text: Happy, not_applicable: Not for me}}
  - {{id: ways, kind: multiple, text: Ways, options: [x, y, z]}}
  - {{id: lines, kind: grid_single, text: Lines, rows: [a, b], options: [up, down]}}
""")


def ballots(number: int) -> list[Ballot]:
    rng = np.random.default_rng(number)

    def one() -> Ballot:
        answers = {
            "hours": str(rng.choice(["many", "few", "none"])),
            "happy": int(rng.integers(0, 11)) if rng.random() < 0.8 else {"missing": "not_applicable"},
            "ways": [str(way) for way in rng.permutation(["x", "y", "z"])[: rng.integers(0, 4)]],
            "lines": {"a": str(rng.choice(["up", "down"])), "b": str(rng.choice(["up", "down"]))},
        }
        kept = {name: answer for name, answer in answers.items() if rng.random() < 0.9}
        profile = {"role": str(rng.choice(["Worker", "Manager"])), "region": str(rng.choice(["N", "S", ""]))}
        return Ballot(kept, tuple(answers), 1, {name: value for name, value in profile.items() if value})

    return [one() for _ in range(40 + number)]


@pytest.fixture(scope="module")
def stored(tmp_path_factory) -> list[StoredPoll]:
    """Five polls, every second one weighted."""
    folder = tmp_path_factory.mktemp("polls")
    found = []
    for number in range(5):
        here = folder / f"poll-{number}"
        manifest = warehouse.write(here, poll_of(number), ballots(number))
        if number % 2:
            weight = np.random.default_rng(number).uniform(0.3, 3, manifest.ballots)
            manifest = warehouse.with_weights(here, manifest, weight)
        found.append(StoredPoll(here, manifest))
    return found


def flat(counted) -> dict[tuple, np.ndarray]:
    """Every array of every cube by poll, division, item, row and name."""
    return {
        (poll.poll, division, one.item.id, one.row.id if one.row else "", name): getattr(one.cube, name)
        for poll in counted
        for division, cubes in poll.cubes.items()
        for one in cubes
        for name in ("n", "w", "w2")
    }


def same(found, expected) -> None:
    assert list(found) == list(expected)
    for key, array in expected.items():
        np.testing.assert_allclose(found[key], array, rtol=1e-12, err_msg=str(key))


def test_processes_give_what_one_process_gives(stored):
    expected = flat(count_polls(stored, by=FIELDS))

    assert len(expected) == 5 * 3 * 5 * 3  # polls, divisions, items and rows, arrays
    same(flat(count_polls(stored, by=FIELDS, executor=processes(2))), expected)


def test_a_weighted_poll_is_counted_with_its_weights(stored):
    plain, weighted = list(count_polls(stored[:2]))

    def one(poll):
        return poll.cubes[""][0].cube

    assert one(plain).w.tolist() == one(plain).n.tolist()
    assert one(weighted).w.tolist() != one(weighted).n.tolist()


def test_a_field_that_a_poll_lacks_is_left_out_of_its_cubes(stored):
    (found,) = count_polls(stored[:1], by=["role", "years"])

    assert list(found.cubes) == ["", "role"]


@pytest.mark.parametrize("executor", [warehouse.inline, processes(1)])
def test_a_damaged_poll_is_told_in_one_sentence_after_those_before_it(stored, tmp_path, executor):
    damaged = StoredPoll(tmp_path, stored[1].manifest)

    counting = count_polls([stored[0], damaged, stored[2]], executor=executor)

    assert next(counting).poll == "poll-0"
    with pytest.raises(WarehouseDamaged, match="bring it back from a backup"):
        next(counting)


def test_plain_sql_over_the_same_files_counts_the_same(stored):
    cubes = flat(count_polls(stored, by=FIELDS))
    for poll in stored:
        files = {one.kind: f"read_parquet('{poll.folder / one.name}')" for one in poll.manifest.files}
        weighted = f"POSITIONAL JOIN {files['weights']}" if "weights" in files else ""
        weight = '"#weight"' if weighted else "1::double"
        for column, item, row in (("hours", "hours", ""), ("lines/b", "lines", "b")):
            for field in FIELDS:
                found = duckdb.sql(f"""
                    SELECT {field}, "{column}", count(*), sum({weight}), sum({weight} * {weight})
                    FROM {files["answers"]} POSITIONAL JOIN {files["profiles"]} {weighted}
                    WHERE "{column}" >= 0 GROUP BY ALL""").fetchall()
                labels = sorted({group for group, *_ in found if group})
                for group, code, n, w, w2 in found:
                    place = labels.index(group) if group else -1
                    for name, value in (("n", n), ("w", w), ("w2", w2)):
                        kept = cubes[poll.manifest.poll, field, item, row, name][0, place, code]
                        np.testing.assert_allclose(kept, value, rtol=1e-12)


def test_weights_must_fit_the_ballots_and_come_off_again(stored):
    poll = stored[0]

    with pytest.raises(ValueError, match="3 weights for 40 ballots"):
        warehouse.with_weights(poll.folder, poll.manifest, np.ones(3))
    assert warehouse.with_weights(poll.folder, stored[1].manifest, None).holds("weights") is False


def test_an_answers_file_is_enough_to_know_what_was_asked(stored):
    manifest = warehouse.Manifest.restore(json.loads(json.dumps(stored[0].manifest.dump())))

    (found,) = count_polls([StoredPoll(stored[0].folder, manifest)])

    assert [one.item.text for one in found.cubes[""]] == ["Hours", "Happy", "Ways", "Lines", "Lines"]
