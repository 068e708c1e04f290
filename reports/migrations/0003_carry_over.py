import hashlib

from django.db import migrations


def carry_over(apps, schema_editor):
    """The papers that were made before: each a term report with one PDF; their frozen text now says its kind."""
    paper, paper_file = apps.get_model("reports", "Paper"), apps.get_model("reports", "PaperFile")
    for row in paper.objects.all():
        row.about_key = f"term:{row.term_id}"
        if row.figures:
            row.figures = '{"kind":"term_report",' + row.figures[1:]
            row.figures_sha256 = hashlib.sha256(row.figures.encode()).hexdigest()
            row.keeps_figures = True
        row.save()
        if row.file:
            paper_file.objects.create(paper=row, format="pdf", file=row.file.name, sha256=row.file_sha256)


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_papers")]
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
