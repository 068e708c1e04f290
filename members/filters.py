import django_filters
from django.forms import SearchInput

from cells.enums import CELL_KINDS
from cells.models import Organisation
from khoi_party.common.forms import LongSelect
from khoi_party.common.names import search_text
from members.enums import Gender, MemberState, Stage
from members.models import Admission, Member


def cells_of(request):
    return Organisation.objects.visible_to(request.user).filter(kind__in=CELL_KINDS).order_by("path")


class MemberFilter(django_filters.FilterSet):
    private = ("q",)  # a person's name

    q = django_filters.CharFilter(label="Tìm theo họ tên", method="search", widget=SearchInput)
    cell = django_filters.ModelChoiceFilter(label="Chi bộ", queryset=cells_of, empty_label="Tất cả chi bộ", widget=LongSelect)
    state = django_filters.ChoiceFilter(label="Tình trạng", choices=MemberState.choices, empty_label="Đang sinh hoạt", method="by_state")
    gender = django_filters.ChoiceFilter(label="Giới tính", choices=Gender.choices, empty_label="Nam và nữ")
    is_exempt = django_filters.ChoiceFilter(label="Miễn sinh hoạt", choices=[("1", "Được miễn")], empty_label="Tất cả")

    class Meta:
        model = Member
        fields = ()

    @property
    def qs(self):
        rows = super().qs
        return rows if self.data.get("state") else rows.active()

    def search(self, rows, name, value):
        return rows.matching(value)

    def by_state(self, rows, name, value):
        return rows.filter(state=value)


def places_of(request):
    return Organisation.objects.visible_to(request.user).filter(dissolved_on__isnull=True).order_by("path")


class AdmissionFilter(django_filters.FilterSet):
    private = ("q",)  # a person's name

    q = django_filters.CharFilter(label="Tìm theo họ tên", method="search", widget=SearchInput)
    unit = django_filters.ModelChoiceFilter(
        label="Tổ chức đảng", queryset=places_of, empty_label="Tất cả tổ chức đảng", widget=LongSelect, method="by_unit"
    )
    stage = django_filters.ChoiceFilter(label="Giai đoạn", choices=Stage.choices, empty_label="Đang làm", field_name="state")

    class Meta:
        model = Admission
        fields = ()

    @property
    def qs(self):
        rows = super().qs
        return rows if self.data.get("stage") else rows.open()

    def search(self, rows, name, value):
        wanted = search_text(value)
        return rows.filter(search_text__contains=wanted) if wanted else rows

    def by_unit(self, rows, name, value):
        return rows.in_subtree(value)
