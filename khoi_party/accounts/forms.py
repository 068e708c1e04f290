"""Signing in and the own password, in our form pattern."""

from django.contrib.auth import forms

from khoi_party.common.forms import FormPattern


class SignInForm(FormPattern, forms.AuthenticationForm):
    """User name and password; one and the same refusal for both, so that nobody learns which names exist."""

    error_title = "Chưa đăng nhập được"


class OwnPasswordForm(FormPattern, forms.PasswordChangeForm):
    """The old password once, the new one twice."""

    error_title = "Chưa đổi được mật khẩu"
