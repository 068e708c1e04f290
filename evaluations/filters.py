import django_filters
from django.forms import SearchInput

from cells.models import Organisation
from evaluations.enums import Award, AwardBasis, CommendationState, OutsideKind
from evaluations.models import Commendation, CommendationRound, OutsideRating
from khoi_party.common.forms import LongSelect
from khoi_party.common.tree import subtree_q

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


class CandidateFilter(django_filters.FilterSet):
    """Members or organisations that a list of commendations may take; `run` says whom the page lists and is read by the page itself."""

    private = ("q",)  # a person's name

    q = django_filters.CharFilter(label="Tìm theo tên", method="search", widget=SearchInput)
    run = django_filters.ChoiceFilter(
        label="Ai",
        choices=[("five", "Đủ 5 năm liền"), ("near", "Thiếu một năm trong 5 năm"), ("all", "Tất cả (nhiệm kỳ, đột xuất, chuyên đề, năm trên giấy)")],
        empty_label="Đủ điều kiện trong năm",
        method="as_it_is",
    )
    place = django_filters.ModelChoiceFilter(label="Thuộc", queryset=organisations_of, empty_label="Tất cả", widget=LongSelect, method="by_place")

    def search(self, rows, name, value):
        return rows.matching(value)

    def as_it_is(self, rows, name, value):
        return rows

    def by_place(self, rows, name, value):
        return rows.in_subtree(value)


class RoundFilter(django_filters.FilterSet):
    year = django_filters.NumberFilter(label="Năm xét")
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=CommendationState.choices, empty_label="Tất cả")
    place = django_filters.ModelChoiceFilter(label="Thuộc", queryset=organisations_of, empty_label="Tất cả", widget=LongSelect, method="by_place")

    class Meta:
        model = CommendationRound
        fields = ()

    def by_place(self, rows, name, value):
        return rows.filter(subtree_q("body__path", value.path))


class AwardFilter(django_filters.FilterSet):
    private = ("q",)  # a person's name

    q = django_filters.CharFilter(label="Tìm theo tên", method="search", widget=SearchInput)
    year = django_filters.NumberFilter(label="Năm", field_name="last_year")
    award = django_filters.ChoiceFilter(
        label="Hình thức", choices=[one for one in Award.choices if one[0] != Award.BADGE], empty_label="Mọi hình thức"
    )
    basis = django_filters.ChoiceFilter(label="Căn cứ", choices=AwardBasis.choices, empty_label="Mọi căn cứ")
    place = django_filters.ModelChoiceFilter(label="Thuộc", queryset=organisations_of, empty_label="Tất cả", widget=LongSelect, method="by_place")

    class Meta:
        model = Commendation
        fields = ()

    def search(self, rows, name, value):
        return rows.matching(value)

    def by_place(self, rows, name, value):
        return rows.filter(subtree_q("place__path", value.path))
