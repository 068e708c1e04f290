import django_filters
from django.forms import SearchInput

from cells.models import Organisation
from evaluations.enums import OutsideKind
from evaluations.models import OutsideRating
from khoi_party.common.forms import LongSelect

WHOLE_YEAR = "year"


def organisations_of(request):
    return Organisation.objects.visible_to(request.user).order_by("path")


class OutsideFilter(django_filters.FilterSet):
    private = ("q",)  # a person's name

    q = django_filters.CharFilter(label="Tìm theo tên", method="search", widget=SearchInput)
    kind = django_filters.ChoiceFilter(label="Đối tượng", choices=OutsideKind.choices, empty_label="Mọi đối tượng")
    organisation = django_filters.ModelChoiceFilter(
        label="Tổ chức đảng", queryset=organisations_of, empty_label="Tất cả", widget=LongSelect, method="by_place"
    )
    period = django_filters.ChoiceFilter(
        label="Kỳ", choices=[(WHOLE_YEAR, "Cả năm"), *((str(n), f"Quý {n}") for n in (1, 2, 3, 4))], empty_label="Mọi kỳ", method="by_period"
    )
    differs = django_filters.ChoiceFilter(label="So với bảng xếp loại", choices=[("1", "Khác mức đã ghi")], empty_label="Tất cả")

    class Meta:
        model = OutsideRating
        fields = ()

    def search(self, rows, name, value):
        return rows.matching(value)

    def by_place(self, rows, name, value):
        return rows.under(value)

    def by_period(self, rows, name, value):
        return rows.filter(quarter__isnull=True) if value == WHOLE_YEAR else rows.filter(quarter=int(value))
