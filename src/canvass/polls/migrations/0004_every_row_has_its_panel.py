import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("polls", "0003_texts_and_versions_carry_their_panel")]

    operations = [
        migrations.AlterField("frozenversion", "panel_id", models.BigIntegerField()),
        *(
            migrations.AlterField(
                name,
                "panel",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="team.panel"
                ),
            )
            for name in ("savedtext", "workingtext")
        ),
    ]
