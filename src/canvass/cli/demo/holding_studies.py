"""The demo's studies, each held as coders would have held it, sitting by sitting: a codebook, codings, two
coders' blind passes and what they settle, masks, memos and themes."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from hashlib import blake2b

from canvass.cli.demo.plan import DemoCoded, DemoStudy
from canvass.coding import comparing, ledgers, services
from canvass.coding.models import Study
from canvass.polls.models import Poll
from canvass.team.audit import Actor
from canvass.team.models import Panel
from canvass.words.study import MAIN, WHOLE, Act, Answer, Level, acts, seal

FRIDAY = 4
SEED = 1  # of the sample that two coders read


def hold_study(panel: Panel, made: DemoStudy, coders: Sequence[Actor]) -> Study:
    """The study as it stands at the end; with two coders compared, with one simply coded."""
    return _Held(panel, made, coders).hold()


class _Held:
    """One study while it is held."""

    def __init__(self, panel: Panel, made: DemoStudy, coders: Sequence[Actor]) -> None:
        self.made, self.content, self.coders = made, made.content, coders
        self.at = made.begins
        self.given = {code for one in made.answers for code in (*one.codes, *self._second(one))}
        polls = {poll.slug: poll for poll in Poll.objects.filter(panel=panel)}
        asked = [(polls[slug], item) for slug, item in made.questions]
        self.study = services.start(panel, made.title, asked, by=coders[0], now=self.at)
        with ledgers.opened(self.study) as room:
            self.answers = {(one.question, one.text): one for one in room.reading.corpus}

    def hold(self) -> Study:
        if self.content["contact"]:
            named = {"title": self.made.title, "contact": self.content["contact"]}
            services.describe(self.study, **named, by=self.coders[0], now=self.at)
        self._sit("codebook_written", self._codes())
        self._sit("answers_set_aside", self._asides())
        if len(self.coders) == 1:
            self._sit("coded", self._codings(self.made.answers))
        else:
            self._compare()
        self._sit("themes_made", self._themes())
        self._sit("names_masked", self._masks())
        self._sit("memos_written", self._memos())
        return self.study

    def _sit(self, as_: str, several: Iterable[Act], by: int = 0) -> None:
        """What one coder does in one sitting; the next is on the next working day."""
        done = list(several)
        if done:
            services.do_all(self.study, done, as_=as_, by=self.coders[by], now=self.at)
            self.at += timedelta(days=3 if self.at.weekday() == FRIDAY else 1)

    def _codes(self) -> Iterator[Act]:
        for key, (name, definition, *not_this) in self.content["codes"].items():
            if key in self.given:
                node = self._id("code", key)
                yield acts.MakeNode(node, Level.CODE, name, definition, exclude=" ".join(not_this))

    def _asides(self) -> Iterator[Act]:
        for one in self.made.answers:
            if not one.is_answer:
                yield acts.SetAside(self._answer(one).id, True, "no answer")

    def _codings(
        self, answers: Iterable[DemoCoded], in_pass: str = MAIN, *, second: bool = False
    ) -> Iterator[Act]:
        for one in answers:
            if not one.is_answer:
                continue
            answer = self._answer(one)
            for code in self._second(one) if second else one.codes:
                start, end, sealed = self._part(answer, code)
                yield acts.CodeSegment(answer.id, self._id("code", code), start, end, sealed, in_pass)
            yield acts.MarkRead(answer.id, True, in_pass)

    def _part(self, answer: Answer, code: str) -> tuple[int, int, str]:
        """The words that a code holds for; the whole answer where the content names none."""
        for words, for_code in self.content.get("parts", ()):
            start = answer.text.find(words)
            if for_code == code and start >= 0:
                return start, start + len(words), seal(words)
        return WHOLE, WHOLE, ""

    def _compare(self) -> None:
        """Two blind passes over one sample, then what differs is settled and a definition sharpened."""
        passes = (self._id("pass", "first"), self._id("pass", "second"))
        people = (ledgers.person(self.coders[0]), ledgers.person(self.coders[1]))
        with ledgers.opened(self.study) as room:
            opening = comparing.opening(room, people, None, SEED, passes)
        self._sit("comparison_opened", opening)
        for number, one in enumerate(passes):
            coded = self._codings(self._sampled(one), one, second=bool(number))
            self._sit("coded", [*coded, acts.ClosePass(one)], by=number)
        self._sit("settled", [*self._settled(passes), *self._sharpened()])

    def _sampled(self, in_pass: str) -> list[DemoCoded]:
        with ledgers.opened(self.study) as room:
            sample = set(room.state.passes[in_pass].answers)
        return [one for one in self.made.answers if self._answer(one).id in sample]

    def _second(self, one: DemoCoded) -> Sequence[str]:
        """What the second coder gives."""
        for words, given, _settled, _why in self.content.get("differences", ()):
            if words in one.text:
                return tuple(given)
        return one.codes

    def _settled(self, passes: tuple[str, str]) -> Iterator[Act]:
        with ledgers.opened(self.study) as room:
            [comparison] = comparing.comparisons(room.state)
            apart = [one.answer for one in comparing.apart(room.state, comparison)]
        for answer in apart:
            [(final, why)] = [
                (final, why)
                for words, _given, final, why in self.content["differences"]
                if words in answer.text
            ]
            nodes = tuple(sorted(self._id("code", code) for code in final))
            yield acts.Adjudicate(answer.id, passes, nodes, why)

    def _sharpened(self) -> Iterator[Act]:
        for code, definition in self.content["sharper"].items():
            if code in self.given:
                yield acts.RewordNode(self._id("code", code), definition=definition)

    def _themes(self) -> Iterator[Act]:
        for key, (name, definition, *codes) in self.content["themes"].items():
            theme = self._id("theme", key)
            yield acts.MakeNode(theme, Level.THEME, name, definition)
            for code in (code for code in codes if code in self.given):
                yield acts.PutNode(self._id("code", code), theme)
        for key, (name, *themes) in self.content.get("organising", {}).items():
            parent = self._id("organising", key)
            yield acts.MakeNode(parent, Level.ORGANISING, name)
            for theme in themes:
                yield acts.PutNode(self._id("theme", theme), parent)
        for name, definition, reasons in self.content.get("overarching", ()):
            parent = self._id("overarching", name)
            yield acts.MakeNode(parent, Level.OVERARCHING, name, definition)
            for theme, reason in reasons.items():
                yield acts.PutNode(self._id("theme", theme), parent, reason=reason)

    def _masks(self) -> Iterator[Act]:
        for words, kind, replacement in self.content.get("masks", ()):
            for one in self.made.answers:
                start = one.text.find(words)
                if start >= 0:
                    answer = self._answer(one).id
                    yield acts.MaskSpan(answer, start, start + len(words), seal(words), kind, replacement)

    def _memos(self) -> Iterator[Act]:
        for on, kind, text in self.content["memos"]:
            for place in self._places(on):
                yield acts.WriteMemo(self._id("memo", on), place, kind, text)

    def _places(self, on: str) -> Iterator[str]:
        """Where a memo lies; nowhere where nobody gave the answer or the code that it is about."""
        what, _, rest = on.partition(":")
        if what == "study":
            yield on
        elif what == "answer":
            yield from (f"answer:{self._answer(one).id}" for one in self.made.answers if rest in one.text)
        elif what != "code" or rest in self.given:
            yield f"node:{self._id(what, rest)}"

    def _answer(self, one: DemoCoded) -> Answer:
        return self.answers["/".join(one.question), one.text]

    def _id(self, what: str, key: str) -> str:
        """The same in every demo."""
        return blake2b(f"{self.made.title}/{what}/{key}".encode(), digest_size=6).hexdigest()
