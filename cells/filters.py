import django_filters
from django.forms import SearchInput

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
