"""Every table carries its panel, so that no query can be without a scope."""

from django.apps import apps

WITHOUT = {
    "team.Panel",  # the panel itself
    "team.Staff",  # a person may serve several panels
    "team.PasswordLink",  # belongs to the person
    "team.AttemptCount",  # counts what networks and addresses try, under keyed hashes
}


def test_every_table_of_ours_carries_its_panel():
    ours = [model for model in apps.get_models() if model.__module__.startswith("canvass.")]

    without = {
        model._meta.label
        for model in ours
        if not {"panel", "panel_id"} & {field.name for field in model._meta.get_fields()}
    }

    assert without == WITHOUT
