from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from .forms import OwnPasswordForm
from .models import User
from .services import change_own_password, set_text_size


def password_change(request):
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        change_own_password(request.user, form.cleaned_data["new_password1"])
        update_session_auth_hash(request, request.user)  # ends the other sessions, keeps this one
        messages.success(request, "Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc.")
        return redirect("desk:home")
    return render(request, "accounts/password_change.html", {"form": form, "text_sizes": User.TextSize.choices})


@require_POST
def sign_out(request):
    logout(request)
    messages.success(request, "Đồng chí đã đăng xuất.")
    response = redirect("accounts:login")
    response["Clear-Site-Data"] = '"cache", "storage"'  # an office machine is often shared
    return response


@require_POST
def text_size(request):
    if request.POST.get("size") not in map(str, User.TextSize.values):
        return HttpResponseBadRequest("Cỡ chữ không có.")
    set_text_size(request.user, int(request.POST["size"]))
    back = request.POST.get("next", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "accounts:password_change")
