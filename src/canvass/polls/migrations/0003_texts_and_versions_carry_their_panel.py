import django.db.models.deletion
from django.db import migrations, models


def versions(apps, schema_editor):
    """Each version's panel is that of its poll's window, which lies in the same store."""
    using = schema_editor.connection.alias
    window, version = (apps.get_model("polls", name) for name in ("PollWindow", "FrozenVersion"))
    for poll, panel in window.objects.using(using).values_list("poll_id", "panel_id"):
        version.objects.using(using).filter(poll_id=poll).update(panel_id=panel)


def texts(apps, schema_editor):
    using = schema_editor.connection.alias
    for poll, panel in apps.get_model("polls", "Poll").objects.using(using).values_list("pk", "panel_id"):
        for name in ("SavedText", "WorkingText"):
            apps.get_model("polls", name).objects.using(using).filter(poll_id=poll).update(panel_id=panel)


class Migration(migrations.Migration):
    dependencies = [
        ("polls", "0002_polls_and_texts"),
        ("team", "0002_log_in"),
    ]

    operations = [
        migrations.AddField("frozenversion", "panel_id", models.BigIntegerField(null=True)),
        *(
            migrations.AddField(
                name,
                "panel",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="team.panel",
                ),
            )
            for name in ("savedtext", "workingtext")
        ),
        migrations.RunPython(versions, migrations.RunPython.noop, hints={"store": "ballots"}),
        migrations.RunPython(texts, migrations.RunPython.noop, hints={"store": "default"}),
    ]
