from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_carry_over")]
    operations = [migrations.RemoveField(model_name="paper", name=name) for name in ("file", "file_sha256")]
