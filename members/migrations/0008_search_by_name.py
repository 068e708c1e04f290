from django.db import migrations

from khoi_party.common.names import search_text


def fill(apps, schema_editor):
    members = list(apps.get_model("members", "Member").objects.only("pk", "full_name"))
    for member in members:
        member.search_text = search_text(member.full_name)[:200]
    apps.get_model("members", "Member").objects.bulk_update(members, ["search_text"], batch_size=500)


class Migration(migrations.Migration):
    """A card number can no longer be found by a part of it."""

    dependencies = [("members", "0007_admissions")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
