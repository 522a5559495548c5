"""Pages of the team: log-in, people and roles, audit, settings."""

from django.conf import settings
from django.contrib import auth, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from canvass.team import kept_form, queries, services
from canvass.team.audit import VISITOR, Actor
from canvass.team.forms import InviteForm, LogInForm, PasswordForm, RolesForm, SettingsForm
from canvass.team.models import Panel, Staff
from canvass.team.queries import Person
from canvass.team.request import DeskRequest, actor, network, now


def panel_home(panel: Panel) -> str:
    """The address of a panel's first page."""
    try:
        return reverse("polls:home", args=[panel.slug])
    except NoReverseMatch:
        return reverse("team:people", args=[panel.slug])


@require_safe
def desk(request: DeskRequest) -> HttpResponse:
    """The way in: straight to the only panel, or a choice of several."""
    panels = list(queries.panels_of(request.user))
    if len(panels) == 1:
        return redirect(panel_home(panels[0]))
    places = [(panel, panel_home(panel)) for panel in panels]
    return render(request, "team/choose_panel.html", {"places": places})


@never_cache
@sensitive_post_parameters("password")
def log_in(request: HttpRequest) -> HttpResponse:
    form = LogInForm(request.POST or None)
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            staff = services.log_in(**form.cleaned_data, network=network(request), by=VISITOR, now=now())
        except services.TeamRefusal as refusal:
            form.add_error(None, str(refusal))
            status = 429 if isinstance(refusal, services.TooManyTries) else 422
        else:
            auth.login(request, staff)
            return _go_on(request)
    target = request.POST.get("next", request.GET.get("next", ""))
    kept = request.POST.get("kept", "")
    response = log_in_page(request, form, target=target, kept=kept, status=status)
    if status == 429:
        response["Retry-After"] = "900"
    return response


def log_in_page(
    request: HttpRequest, form: LogInForm | None = None, *, target: str, kept: str = "", status: int = 200
) -> HttpResponse:
    """The way in. `target`: where it leads; `kept`: a form that was sent when the log-in had ended."""
    context = {"form": form or LogInForm(), "next": target, "kept": kept}
    return render(request, "team/log_in.html", context, status=status)


def _go_on(request: HttpRequest) -> HttpResponse:
    """To the page that was asked for; where a form waits, first to the question whether to send it."""
    target = _own_path(request.POST.get("next", ""))
    kept = kept_form.kept(request.POST.get("kept", ""))
    if kept is None:
        return HttpResponseRedirect(target)
    return render(request, "team/send_again.html", {"kept": kept, "next": target})


def _own_path(target: str) -> str:
    """Where to go after log-in: only a path of this site, else the desk."""
    own = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if own else reverse("team:desk")


@require_POST
def log_out(request: DeskRequest) -> HttpResponse:
    services.log_out(request.user, by=actor(request), now=now())
    auth.logout(request)
    response = redirect("team:log_in")
    response["Clear-Site-Data"] = '"cache"'
    return response


@never_cache
@sensitive_post_parameters("password")
def set_password(request: HttpRequest, token: str) -> HttpResponse:
    link = services.find_link(token, now=now())
    if link is None:
        return render(request, "team/link_spent.html", status=404)
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        try:
            services.set_password(token, form.cleaned_data["password"], by=Actor.of(link.staff), now=now())
        except services.TeamRefusal as refusal:
            form.add_error("password", str(refusal))
        else:
            messages.success(request, "Your password is set. Log in with it.")
            return redirect("team:log_in")
    context = {"form": form, "staff": link.staff}
    return render(request, "team/set_password.html", context, status=422 if form.errors else 200)


@require_safe
def people(request: DeskRequest, panel: str) -> HttpResponse:
    context = {"people": queries.people(request.panel), "role_texts": queries.ROLE_TEXTS.values()}
    return render(request, "team/people.html", context)


def invite(request: DeskRequest, panel: str) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if form.is_valid():
        try:
            invited = services.invite(
                request.panel,
                form.cleaned_data["email"],
                form.chosen(),
                name=form.cleaned_data["name"],
                by=actor(request),
                now=now(),
            )
        except services.TeamRefusal as refusal:
            form.add_error("email", str(refusal))
        else:
            return _invited(request, invited)
    return render(request, "team/invite.html", {"form": form}, status=422 if form.errors else 200)


def _invited(request: DeskRequest, invited: services.Invited) -> HttpResponse:
    if invited.token is None:
        messages.success(
            request, f"{invited.staff.name} is in the team now and logs in with the password they have."
        )
        return redirect("team:people", request.panel.slug)
    return _show_link(request, invited.staff, invited.token)


@never_cache
def _show_link(request: DeskRequest, staff: Staff, token: str) -> HttpResponse:
    """The only page that ever shows the link; only its hash is kept."""
    link = settings.BASE_URL + reverse("team:set_password", args=[token])
    return render(request, "team/link_made.html", {"staff": staff, "link": link})


def _person(request: DeskRequest, staff: int) -> Person:
    found = queries.person(request.panel, staff)
    if found is None:
        raise Http404
    return found


def person(request: DeskRequest, panel: str, staff: int) -> HttpResponse:
    """One colleague's roles."""
    who = _person(request, staff)
    form = RolesForm(request.POST or None, initial={"roles": [role.value for role in who.roles]})
    if form.is_valid():
        try:
            services.change_roles(request.panel, who.staff, form.chosen(), by=actor(request), now=now())
        except services.TeamRefusal as refusal:
            form.add_error("roles", str(refusal))
        else:
            messages.success(request, f"The roles of {who.staff.name} are changed.")
            return redirect("team:people", request.panel.slug)
    context = {"form": form, "person": who}
    return render(request, "team/person.html", context, status=422 if form.errors else 200)


def remove(request: DeskRequest, panel: str, staff: int) -> HttpResponse:
    """GET asks, naming what is lost; POST does it."""
    who = _person(request, staff)
    refused = ""
    if request.method == "POST":
        try:
            services.remove(request.panel, who.staff, by=actor(request), now=now())
        except services.TeamRefusal as refusal:
            refused = str(refusal)
        else:
            messages.success(request, f"{who.staff.name} is no longer in this team.")
            return redirect("team:people", request.panel.slug)
    context = {"person": who, "refused": refused}
    return render(request, "team/remove.html", context, status=422 if refused else 200)


@require_POST
def renew_link(request: DeskRequest, panel: str, staff: int) -> HttpResponse:
    who = _person(request, staff)
    try:
        token = services.renew_link(request.panel, who.staff, by=actor(request), now=now())
    except services.TeamRefusal as refusal:
        messages.error(request, str(refusal))
        return redirect("team:person", panel, staff)
    return _show_link(request, who.staff, token)


@require_safe
def audit(request: DeskRequest, panel: str) -> HttpResponse:
    verb, who = request.GET.get("verb", ""), request.GET.get("actor", "")
    page = queries.audit_page(request.panel, verb=verb, actor=who, page=request.GET.get("page", "1"))
    context = {
        "page": page,
        "lines": queries.audit_lines(list(page.object_list)),
        "verbs": queries.verbs(request.panel),
        "people": queries.people(request.panel),
        "verb": verb,
        "actor": who,
    }
    return render(request, "team/audit.html", context)


def panel_settings(request: DeskRequest, panel: str) -> HttpResponse:
    held = request.panel
    form = SettingsForm(
        request.POST or None,
        initial={
            "name": held.name,
            "people": held.people,
            "source": held.source,
            "time_zone": held.time_zone,
            "asks_yearly": held.asks_yearly,
        },
    )
    if form.is_valid():
        try:
            services.change_settings(held, **form.cleaned_data, by=actor(request), now=now())
        except services.TeamRefusal as refusal:
            form.add_error("time_zone", str(refusal))
        else:
            messages.success(request, "The settings are saved.")
            return redirect("team:settings", held.slug)
    return render(request, "team/settings.html", {"form": form}, status=422 if form.errors else 200)
