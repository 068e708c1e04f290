from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person who signs in (tài khoản). What they may do is a role in an organisation, see `cells.RoleAssignment`."""

    first_name = None
    last_name = None

    class TextSize(models.IntegerChoices):
        NORMAL = 16, "Vừa"
        LARGE = 18, "Lớn"
        LARGER = 20, "Rất lớn"

    full_name = models.CharField("họ và tên", max_length=120)
    must_change_password = models.BooleanField("phải đổi mật khẩu khi đăng nhập", default=False)
    text_size = models.PositiveSmallIntegerField("cỡ chữ", choices=TextSize, default=TextSize.NORMAL)

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"

    def __str__(self):
        return self.full_name or self.username

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)
