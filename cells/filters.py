import django_filters
from django.forms import SearchInput

from cells.enums import NumberState, PaperCode
from cells.models import NumberSeries, RegisteredNumber
from khoi_party.accounts.models import User
from khoi_party.common.names import search_text


class AccountFilter(django_filters.FilterSet):
    private = ("q",)  # a person's name

    q = django_filters.CharFilter(label="Tìm theo họ tên, tên đăng nhập", method="search", widget=SearchInput)
    state = django_filters.ChoiceFilter(
        label="Tình trạng", choices=[("active", "Đang dùng"), ("locked", "Đã khóa")], empty_label="Tất cả", method="by_state"
    )

    class Meta:
        model = User
        fields = ()

    def search(self, rows, name, value):
        wanted = search_text(value)
        names = rows.order_by().values_list("pk", "full_name", "username")
        return rows.filter(pk__in=[pk for pk, full_name, username in names if wanted in search_text(f"{full_name} {username}")])

    def by_state(self, rows, name, value):
        return rows.filter(is_active=value == "active")


def series_shown(request):
    return NumberSeries.objects.visible_to(request.user).select_related("term").order_by("-term__congress_on", "pk")


class NumberFilter(django_filters.FilterSet):
    private = ("q",)  # a title may name a person

    q = django_filters.CharFilter(label="Tìm trong trích yếu", method="search", widget=SearchInput)
    series = django_filters.ModelChoiceFilter(label="Nhiệm kỳ", queryset=series_shown, empty_label="Mọi nhiệm kỳ")
    code = django_filters.ChoiceFilter(label="Loại văn bản", choices=PaperCode.choices, empty_label="Mọi loại")
    state = django_filters.ChoiceFilter(label="Tình trạng", choices=NumberState.choices, empty_label="Tất cả")

    class Meta:
        model = RegisteredNumber
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["series"].queryset = series_shown(self.request).filter(pk__in=self.queryset.order_by().values("series"))

    def search(self, rows, name, value):
        return rows.matching(value)
