"""A day's work of two coders in fifty acts: every kind of act that is not undoing."""

from collections.abc import Iterator

from canvass.words import study
from canvass.words.study import Act, Level, acts

A1 = "Too many cases, and Priya Shah at Northam Council says so"


def fifty() -> Iterator[tuple[str, Act]]:
    """(who, act), each possible after those before it."""
    yield "ann", acts.ChooseApproach("codebook")
    for answer in ("a1", "a2", "a3", "a4", "b1"):
        yield "ann", acts.MarkRead(answer)
    for name in ("caseload", "paper", "court", "meetings", "time"):
        yield "ann", acts.MakeNode(name, Level.CODE, name)
    for answer, node in (
        ("a1", "caseload"),
        ("a3", "paper"),
        ("a3", "time"),
        ("a4", "court"),
        ("b1", "meetings"),
    ):
        yield "ann", acts.CodeSegment(answer, node)
    yield "ann", acts.CodeSegment("a1", "time", 0, 14, study.seal(A1[0:14]))
    yield "ann", acts.UncodeSegment("a3", "time")
    yield "ann", acts.RewordNode("paper", name="paperwork", definition="Writing for others", colour="rust")
    yield "ann", acts.MakeNode("load", Level.THEME, "Workload")
    yield "ann", acts.MakeNode("home", Level.THEME, "Home")
    yield "ann", acts.MakeNode("work", Level.ORGANISING, "Workforce")
    yield "ann", acts.MakeNode("half-year", Level.OVERARCHING, "Strain")
    yield "ann", acts.PutNode("caseload", "load")
    yield "ann", acts.PutNode("paper", "load", before="caseload")
    yield "ann", acts.PutNode("time", "home")
    yield "ann", acts.PutNode("time", "load", leaving="home")
    yield "ann", acts.PutNode("load", "work")
    yield "ann", acts.PutNode("load", "half-year", reason="In both polls")
    yield "ann", acts.PutNode("home", "work")
    yield "ann", acts.TakeOutNode("home", "work")
    yield "ben", acts.MergeNodes(("court",), "paper")
    yield "ben", acts.SplitCode("paper", "reports", "reports", ("a4",))
    yield "ben", acts.RetireNode("meetings")
    yield "ben", acts.BringBackNode("meetings")
    yield "ben", acts.SetAside("a2", why="no comment")
    yield "ben", acts.MoveToOption("b1", "flexi")
    yield "ben", acts.FlagConcern("a1", note="Please ring")
    yield "ben", acts.MaskSpan("a1", 20, 30, study.seal(A1[20:30]), "person", "colleague")
    yield "ben", acts.MaskSpan("a1", 34, 49, study.seal(A1[34:49]), "organisation", "council", "rule")
    yield "ben", acts.WriteMemo("m1", "study", "reflexive", "I worked in such a team")
    yield "ben", acts.WriteMemo("m2", "node:load", "analytic", "Is it pay as well?")
    yield "ben", acts.FreezeCodebook(1, "before comparing")
    yield "ann", acts.OpenPass("p1", "ann", ("a3", "a4"), 1, seed=7)
    yield "ann", acts.OpenPass("p2", "ben", ("a3", "a4"), 1, seed=7)
    yield "ann", acts.CodeSegment("a3", "paper", in_pass="p1")
    yield "ben", acts.CodeSegment("a3", "time", in_pass="p2")
    yield "ben", acts.MarkRead("a4", in_pass="p2")
    yield "ann", acts.ClosePass("p1")
    yield "ann", acts.Adjudicate("a3", ("p1", "p2"), ("paper", "time"), "both are there")
    offer = study.Offer("s1", "caseload", "", 0.75, 1, "ridge", "table", "ab12", "l2=1", "41", 1)
    yield "ann", acts.ShowOffers("a4", (offer,))
    yield "ann", acts.DecideOffer("s1", "rejected", 2.5)
