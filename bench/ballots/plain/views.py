"""One view and one form: cover, pages, thanks."""

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from bench.ballots.plain.models import Answer, Ballot, Member, Poll, Question


def _field(question: Question) -> forms.Field:
    if question.kind == "text":
        return forms.CharField(label=question.text, required=False, max_length=2000, widget=forms.Textarea)
    choices = [(str(option.position), option.label) for option in question.options.all()]
    return forms.ChoiceField(label=question.text, required=False, choices=choices, widget=forms.RadioSelect)


class PageForm(forms.Form):
    def __init__(self, questions: list[Question], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[f"q{question.number}"] = _field(question)


def ballot(request: HttpRequest, poll: str, token: str) -> HttpResponse:
    found = get_object_or_404(Poll.objects.prefetch_related("questions__options"), slug=poll)
    member = get_object_or_404(Member, token=token, active=True)
    if request.method == "GET":
        return render(request, "cover.html", {"poll": found})
    pages = _pages(found)
    if "page" not in request.POST:
        return _show(request, found, pages, 0)
    return _take(request, found, member, pages)


def _pages(poll: Poll) -> list[list[Question]]:
    questions = list(poll.questions.all())
    return [questions] if poll.one_page else [[question] for question in questions]


def _show(request: HttpRequest, poll: Poll, pages: list[list[Question]], page: int) -> HttpResponse:
    context = {
        "poll": poll,
        "form": PageForm(pages[page]),
        "page": page,
        "number": page + 1,
        "of": len(pages),
    }
    return render(request, "page.html", context)


@transaction.atomic
def _take(request: HttpRequest, poll: Poll, member: Member, pages: list[list[Question]]) -> HttpResponse:
    page = int(request.POST["page"])
    form = PageForm(pages[page], request.POST)
    if not form.is_valid():
        return render(request, "page.html", {"poll": poll, "form": form, "page": page}, status=422)
    ballot, _ = Ballot.objects.get_or_create(poll=poll, member=member)
    answers = [
        Answer(ballot=ballot, question=question, value=form.cleaned_data[f"q{question.number}"])
        for question in pages[page]
    ]
    Answer.objects.bulk_create(
        answers, update_conflicts=True, unique_fields=["ballot", "question"], update_fields=["value"]
    )
    if page + 1 < len(pages):
        return _show(request, poll, pages, page + 1)
    ballot.finished = True
    ballot.save(update_fields=["finished"])
    return render(request, "thanks.html", {"poll": poll})
