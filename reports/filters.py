import django_filters
from django.forms import SearchInput

from cells.models import Organisation
from khoi_party.common.forms import LongSelect
from reports.enums import PaperKind
from reports.models import Paper

STATES = [("issued", "Đã ban hành"), ("draft", "Đã lập, chưa ban hành"), ("active", "Đang chờ, đang lập"), ("failed", "Không lập được, đã hủy")]


def issuers_of(request):
    """The organisations that have papers which one may read."""
    return Organisation.objects.visible_to(request.user).filter(papers__isnull=False).distinct().order_by("path")


class PaperFilter(django_filters.FilterSet):
    """Papers by what they are, whose and when."""

    q = django_filters.CharFilter(label="Tìm văn bản", method="search", widget=SearchInput)
    kind = django_filters.ChoiceFilter(label="Loại văn bản", choices=PaperKind.choices, empty_label="Mọi loại")
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=STATES, empty_label="Tất cả", method="by_state")
    year = django_filters.NumberFilter(label="Năm lập", field_name="requested_at__year", min_value=2000, max_value=2100)
    organisation = django_filters.ModelChoiceFilter(label="Cơ quan ban hành", queryset=issuers_of, empty_label="Tất cả", widget=LongSelect)

    class Meta:
        model = Paper
        fields = ()

    def search(self, rows, name, value):
        return rows.matching(value)

    def by_state(self, rows, name, value):
        return rows.standing(value)
