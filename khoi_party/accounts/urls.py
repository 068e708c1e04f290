from django.contrib.auth.views import LoginView
from django.urls import path

from . import views
from .forms import SignInForm

app_name = "accounts"
SIGN_IN = {"template_name": "accounts/login.html", "authentication_form": SignInForm, "redirect_authenticated_user": True}
urlpatterns = [
    path("login/", LoginView.as_view(**SIGN_IN), name="login"),
    path("logout/", views.sign_out, name="logout"),
    path("", views.password_change, name="password_change"),
    path("text-size/", views.text_size, name="text_size"),
]
