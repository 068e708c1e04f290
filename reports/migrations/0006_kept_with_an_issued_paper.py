import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0005_marks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="paper",
            name="asked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="người yêu cầu lập lại",
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="figures_read_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="số liệu đọc lúc"),
        ),
        migrations.AddField(
            model_name="paper",
            name="parts_done",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="paper",
            name="parts_of",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="paper",
            name="sent_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="paper",
            name="started_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="paperwords",
            name="around",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.CreateModel(
            name="PaperList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=300)),
                ("count", models.PositiveIntegerField()),
                ("packed", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("read_at", models.DateTimeField()),
                ("paper", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="lists", to="reports.paper")),
            ],
            options={
                "verbose_name": "danh sách kèm số liệu",
                "verbose_name_plural": "danh sách kèm số liệu",
                "constraints": [models.UniqueConstraint(fields=("paper", "key"), name="paper_list_once")],
            },
        ),
    ]
