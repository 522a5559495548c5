"""Which answers the demo's coders read, and with what they code them: pure, from what was handed in.

What each text is coded with stands beside it in `content/words`, the codebooks in `content/studies`.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from canvass.cli.demo.content import NO_ANSWER, NO_CODE, STUDIES, remarks, study, template
from canvass.cli.demo.plan import DemoCoded, DemoPoll, DemoStudy


def studies(polls: Sequence[DemoPoll]) -> tuple[DemoStudy, ...]:
    """The demo's studies over these polls, the one that began first at the front."""
    by_name = {poll.slug.rsplit("-", 2)[0]: poll for poll in polls}
    found = [_study(study(name), by_name) for name in STUDIES]
    return tuple(sorted(found, key=lambda one: one.begins))


def _study(content: Mapping[str, Any], by_name: Mapping[str, DemoPoll]) -> DemoStudy:
    asked = sorted(content["questions"].items(), key=lambda one: by_name[one[0]].opens)
    newest = by_name[asked[-1][0]].closes
    begins = datetime.combine(newest + timedelta(days=content["waits"]), time(10), newest.tzinfo)
    answers = [one for name, item in asked for one in _coded(name, item, by_name[name])]
    read = math.ceil(content.get("read", 1) * len(answers))
    questions = tuple((by_name[name].slug, item) for name, item in asked)
    return DemoStudy(content, questions, begins, tuple(answers[:read]))


def _coded(name: str, item: str, poll: DemoPoll) -> list[DemoCoded]:
    """The answers that were given, in the order of the content."""
    given = {one.answers[item] for one in poll.answered if item in one.answers}
    written = remarks(template(name).habits[item]["words"])
    return [
        DemoCoded(
            (poll.slug, item),
            one.text,
            tuple(code for code in one.coded if code not in (NO_ANSWER, NO_CODE)),
            is_answer=one.coded != (NO_ANSWER,),
        )
        for one in written
        if one.text in given
    ]
