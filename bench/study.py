"""A study of 5,000 answers and 20,000 acts: from its log to its state, and one more act.

    python bench/study.py

Prints processor seconds and milliseconds; the aims are 1.5 s from nothing and 2 ms for an act. There is no
peer to measure beside it: those that keep every act do not make the state from them.
"""

import random
import time

from canvass.words import study
from canvass.words.study import Level, acts

ANSWERS, ACTS, CODES, THEMES = 5_000, 20_000, 40, 8
AT = "2026-11-23T12:00:00+00:00"


def corpus() -> study.Corpus:
    words = "too many cases and too little time, week after week"
    return study.Corpus(study.Answer(f"a{n}", f"poll/q{n % 3}", f"{words} ({n})") for n in range(ANSWERS))


def log() -> list[tuple[str, dict]]:
    """(kind, what it says), as the database holds them."""
    chance = random.Random(1)
    made = [acts.MakeNode(f"c{n}", Level.CODE, f"code {n}") for n in range(CODES)]
    made += [acts.MakeNode(f"t{n}", Level.THEME, f"theme {n}") for n in range(THEMES)]
    made += [acts.PutNode(f"c{n}", f"t{n % THEMES}") for n in range(CODES)]
    pairs = [(f"a{a}", f"c{c}") for a in range(ANSWERS) for c in chance.sample(range(CODES), 3)]
    chance.shuffle(pairs)
    made += [acts.CodeSegment(answer, code) for answer, code in pairs[: ACTS - ANSWERS - 200]]
    made += [acts.MarkRead(f"a{n}") for n in range(ANSWERS)]
    made += [acts.Undo(seq) for seq in chance.sample(range(CODES * 2 + THEMES, 10_000), ACTS - len(made))]
    return [(study.codec.kind_of(act), study.codec.dump(act)) for act in made]


def main() -> None:
    stored, answers = log(), corpus()
    begun = time.process_time()
    entries = [
        study.Entry(seq, "ann", AT, study.codec.restore(*one)) for seq, one in enumerate(stored, start=1)
    ]
    ledger = study.Ledger(answers, entries)
    tally = study.Tally(ledger.state)
    print(f"{len(entries):,} acts over {len(answers):,} answers: {time.process_time() - begun:.2f} s")
    newest = max(entry.seq for entry in study.in_force(ledger))
    for back in (0, 1_000):
        took = one_more(ledger, tally, acts.Undo(newest - back))
        print(f"an act undone, {back:,} before the newest: {took:.3f} ms")
    times = [
        one_more(ledger, tally, acts.CodeSegment(f"a{n}", f"c{n % CODES}", 0, 8, SEAL)) for n in range(200)
    ]
    print(f"one more coding: {sorted(times)[100]:.3f} ms (median), {max(times):.3f} ms (slowest of 200)")


SEAL = study.seal("too many")


def one_more(ledger: study.Ledger, tally: study.Tally, act: study.Act) -> float:
    """Milliseconds to ask, add and count."""
    begun = time.perf_counter()
    ledger.refuse(act, "ben")
    entry = study.Entry(ledger.last + 1, "ben", AT, act)
    stirred = ledger.add(entry)
    undone = ledger.entry(act.of).act if isinstance(act, acts.Undo) else None
    tally.follow(entry, undone, bool(stirred))
    return (time.perf_counter() - begun) * 1_000


if __name__ == "__main__":
    main()
