from django.db import migrations, models

from khoi_party.common.names import search_text


def fill(apps, schema_editor):
    names = list(apps.get_model("cells", "OrganisationName").objects.all())
    for name in names:
        name.search_text = search_text(f"{name.name} {name.short_name}")[:400]
    apps.get_model("cells", "OrganisationName").objects.bulk_update(names, ["search_text"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("cells", "0005_calendar_days")]

    operations = [
        migrations.AddField("organisationname", "search_text", models.CharField(default="", editable=False, max_length=400)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
