"""Signing in and the own password, in our form pattern."""

from django.contrib.auth import forms

from khoi_party.common.forms import FormPattern


class SignInForm(FormPattern, forms.AuthenticationForm):
    """User name and password; one and the same refusal for both, so that nobody learns which names exist."""

    error_title = "Chưa đăng nhập được"
    error_messages = forms.AuthenticationForm.error_messages | {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ tiếng Việt, rồi nhập lại.",
    }


class OwnPasswordForm(FormPattern, forms.PasswordChangeForm):
    """The old password once, the new one twice."""

    error_title = "Chưa đổi được mật khẩu"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = "Ít nhất 10 ký tự; không dùng tên của mình hay mật khẩu dễ đoán."
        self.fields["new_password2"].label = "Nhập lại mật khẩu mới"
        self.fields["new_password2"].help_text = ""
