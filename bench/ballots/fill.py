"""Fill a contestant's store: `python -m bench.ballots.fill plain|canvass MEMBERS`."""

import json
import sys
import time
from pathlib import Path

from bench.ballots.questions import COUNT, LABELS, SINGLES, TEXT, poll_file

LAYOUTS = ("one_page", "one_thing")


def fill_canvass(members: int) -> None:
    import django

    django.setup()
    from django.conf import settings

    from canvass import instrument
    from canvass.config.startup import prepare_stores
    from canvass.fieldwork.links import LinkKeys, make_link
    from canvass.panel.models import Standing
    from canvass.polls.models import FrozenVersion, PollWindow

    prepare_stores()
    keys = [f"{number:032x}" for number in range(members)]
    Standing.objects.bulk_create(Standing(member=key, panel_id=1, state="active") for key in keys)
    now = int(time.time())
    for poll, layout in enumerate(LAYOUTS, 1):
        questions = instrument.load(poll_file(layout))
        names = {
            "panel_id": 1,
            "panel": "bench",
            "panel_name": "Bench",
            "slug": questions.slug,
            "state": "open",
        }
        times = {"opens": now - 60, "closes": now + 86_400, "version": 1}
        PollWindow.objects.create(poll_id=poll, confidentiality="confidential", **names, **times)
        FrozenVersion.objects.create(
            panel_id=1, poll_id=poll, version=1, instrument=instrument.dump(questions)
        )
        links = LinkKeys(settings.KEYS)
        _write_links(settings.DATA.path, layout, [f"/b/{make_link(links, poll, key)}" for key in keys])


def fill_plain(members: int) -> None:
    from django.conf import settings
    from django.core.management import call_command

    from bench.ballots.plain import site  # noqa: F401  sets Django up
    from bench.ballots.plain.models import Member, Option, Poll, Question

    call_command("migrate", verbosity=0, run_syncdb=True)
    tokens = [f"{number:048x}" for number in range(members // 10)]
    Member.objects.bulk_create(Member(token=token) for token in tokens)
    for layout in LAYOUTS:
        slug = layout.replace("_", "-")
        poll = Poll.objects.create(slug=slug, title="Working hours", intro="x", one_page=layout == "one_page")
        for number in range(1, COUNT + 1):
            _add_question(poll, number, Question, Option)
        folder = Path(settings.DATABASES["default"]["NAME"]).parent
        _write_links(folder, layout, [f"/{slug}/{token}" for token in tokens])


def _add_question(poll, number, question_model, option_model) -> None:  # type: ignore[no-untyped-def]
    kind = "text" if number == COUNT else "choice"
    text = SINGLES[number - 1] if number <= len(SINGLES) else TEXT
    question = question_model.objects.create(poll=poll, number=number, kind=kind, text=text)
    labels = [] if kind == "text" else LABELS if number <= len(SINGLES) else [str(at) for at in range(11)]
    option_model.objects.bulk_create(
        option_model(question=question, position=at, label=label) for at, label in enumerate(labels)
    )


def _write_links(folder: Path, layout: str, paths: list[str]) -> None:
    (folder / f"links-{layout}.json").write_text(json.dumps(paths))


if __name__ == "__main__":
    {"plain": fill_plain, "canvass": fill_canvass}[sys.argv[1]](int(sys.argv[2]))
