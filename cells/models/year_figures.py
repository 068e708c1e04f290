from django.db import models
from django.db.models import Q

from cells.querysets import YearFigureQuerySet
from khoi_party.common.fields import LineField


class YearFigure(models.Model):
    """A yearly figure typed with its source, for what the product does not run itself (số liệu nhập theo năm).

    No row, or a row without a value, is "not known"; 0 is "none". Rows are never removed, so that `version` only grows.
    """

    class Key(models.TextChoices):
        AGENCY_TASK_DONE_WELL = "agency_task_done_well", "Cơ quan hoàn thành tốt nhiệm vụ chính trị (1 là có)"
        INSPECTED_ORGANISATIONS = "inspected_organisations", "Tổ chức đảng được kiểm tra"
        INSPECTED_MEMBERS = "inspected_members", "Đảng viên được kiểm tra"
        SUPERVISED_ORGANISATIONS = "supervised_organisations", "Tổ chức đảng được giám sát"
        SUPERVISED_MEMBERS = "supervised_members", "Đảng viên được giám sát"
        ORGANISATIONS_REPRIMANDED = "organisations_reprimanded", "Tổ chức đảng bị khiển trách"
        ORGANISATIONS_WARNED = "organisations_warned", "Tổ chức đảng bị cảnh cáo"
        ORGANISATIONS_DISSOLVED = "organisations_dissolved", "Tổ chức đảng bị giải tán"
        MEMBERS_REPRIMANDED = "members_reprimanded", "Đảng viên bị khiển trách"
        MEMBERS_WARNED = "members_warned", "Đảng viên bị cảnh cáo"
        MEMBERS_DISMISSED = "members_dismissed", "Đảng viên bị cách chức"
        MEMBERS_EXPELLED = "members_expelled", "Đảng viên bị khai trừ"
        MOBILISATION_MODELS = "mobilisation_models", "Mô hình “Dân vận khéo” được công nhận"
        DIALOGUES = "dialogues", "Cuộc tiếp xúc, đối thoại với đoàn viên, người lao động"

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="year_figures")
    year = models.PositiveSmallIntegerField("năm")
    key = models.CharField("số liệu", max_length=40, choices=Key)
    value = models.DecimalField("giá trị", max_digits=12, decimal_places=2, null=True)
    source = LineField("nguồn", max_length=200)
    version = models.PositiveIntegerField(default=1)

    objects = YearFigureQuerySet.as_manager()

    GROUPS = (
        ("Nhiệm vụ chính trị", (Key.AGENCY_TASK_DONE_WELL,)),
        ("Kiểm tra, giám sát", (Key.INSPECTED_ORGANISATIONS, Key.INSPECTED_MEMBERS, Key.SUPERVISED_ORGANISATIONS, Key.SUPERVISED_MEMBERS)),
        ("Kỷ luật tổ chức đảng", (Key.ORGANISATIONS_REPRIMANDED, Key.ORGANISATIONS_WARNED, Key.ORGANISATIONS_DISSOLVED)),
        ("Kỷ luật đảng viên", (Key.MEMBERS_REPRIMANDED, Key.MEMBERS_WARNED, Key.MEMBERS_DISMISSED, Key.MEMBERS_EXPELLED)),
        ("Dân vận", (Key.MOBILISATION_MODELS, Key.DIALOGUES)),
    )

    class Meta:
        verbose_name = "số liệu theo năm"
        verbose_name_plural = "số liệu theo năm"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "key"], name="year_figure_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0),
                name="year_figure_no_less_than_none",
                violation_error_message="Số liệu không được âm.",
            ),
        ]
