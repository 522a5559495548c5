"""Ballots, participation, withdrawals. Written by hand: SQLite's tables are WITHOUT ROWID, so that no running
number tells in which order people voted."""

from django.db import migrations, models

TABLES = {
    "sqlite": [
        "CREATE TABLE ballot (panel integer NOT NULL, poll integer NOT NULL, key text NOT NULL,"
        " version integer NOT NULL, answers text NOT NULL, shown text NOT NULL, snapshot text NOT NULL,"
        " PRIMARY KEY (poll, key)) WITHOUT ROWID",
        "CREATE TABLE participation (panel integer NOT NULL, poll integer NOT NULL, member text NOT NULL,"
        " opened date, answered date, finished date, PRIMARY KEY (poll, member)) WITHOUT ROWID",
        "CREATE TABLE withdrawal (poll integer PRIMARY KEY, panel integer NOT NULL, count integer NOT NULL)",
    ],
    "postgresql": [
        "CREATE TABLE ballot (panel bigint NOT NULL, poll bigint NOT NULL, key varchar(32) NOT NULL,"
        " version integer NOT NULL, answers jsonb NOT NULL, shown jsonb NOT NULL, snapshot jsonb NOT NULL,"
        " PRIMARY KEY (poll, key))",
        "CREATE TABLE participation (panel bigint NOT NULL, poll bigint NOT NULL, member varchar(32) NOT NULL,"
        " opened date, answered date, finished date, PRIMARY KEY (poll, member))",
        "CREATE TABLE withdrawal (poll bigint PRIMARY KEY, panel bigint NOT NULL, count integer NOT NULL)",
    ],
}
NAMES = ("ballot", "participation", "withdrawal")


def make(apps, editor):
    for statement in TABLES[editor.connection.vendor]:
        editor.execute(statement)


def drop(apps, editor):
    for name in NAMES:
        editor.execute(f"DROP TABLE {name}")


class Migration(migrations.Migration):
    initial = True
    dependencies = [("panel", "0001_initial"), ("polls", "0001_initial")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(make, drop, hints={"store": "ballots"})],
            state_operations=[
                migrations.CreateModel(
                    name="Ballot",
                    fields=[
                        ("pk", models.CompositePrimaryKey("poll", "key", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("panel", models.BigIntegerField()),
                        ("poll", models.BigIntegerField()),
                        ("key", models.CharField(max_length=32)),
                        ("version", models.IntegerField()),
                        ("answers", models.JSONField()),
                        ("shown", models.JSONField()),
                        ("snapshot", models.JSONField()),
                    ],
                    options={"db_table": "ballot"},
                ),
                migrations.CreateModel(
                    name="Participation",
                    fields=[
                        ("pk", models.CompositePrimaryKey("poll", "member", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("panel", models.BigIntegerField()),
                        ("poll", models.BigIntegerField()),
                        ("member", models.CharField(max_length=32)),
                        ("opened", models.DateField(null=True)),
                        ("answered", models.DateField(null=True)),
                        ("finished", models.DateField(null=True)),
                    ],
                    options={"db_table": "participation"},
                ),
                migrations.CreateModel(
                    name="Withdrawal",
                    fields=[
                        ("poll", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("panel", models.BigIntegerField()),
                        ("count", models.IntegerField(default=0)),
                    ],
                    options={"db_table": "withdrawal"},
                ),
            ],
        ),
    ]
