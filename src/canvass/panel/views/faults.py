"""A service's refusal, said at the field it is about."""

from django.forms import BaseForm

from canvass.panel.forms import PROFILE
from canvass.panel.refusals import PanelRefusal


def say(form: BaseForm, refusal: PanelRefusal) -> int:
    """Put the sentence at its field, or above the form. Returns the status of the page."""
    names = (refusal.field, PROFILE + refusal.field)
    form.add_error(next((name for name in names if name in form.fields), None), str(refusal))
    return 422
