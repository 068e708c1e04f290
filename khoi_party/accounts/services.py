"""What a person changes on the own account."""

from khoi_party.audit.services import change, record


def change_own_password(user, password):
    """Set a new password, already validated, and note that it was changed (never what it is)."""
    with change(by=user):
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        record("account.password_changed", user, summary="Đổi mật khẩu.")


def set_text_size(user, size):
    """Keep the chosen text size (16, 18 or 20 px); a matter of comfort, so no entry in the trail."""
    user.text_size = size
    user.save(update_fields=["text_size"])
