"""Pages of one's account, below `account/` in each language."""

from allauth.account import urls as account
from allauth.mfa import urls as mfa
from allauth.socialaccount import urls as socialaccount
from allauth.usersessions import urls as usersessions
from django.urls import include, path

urlpatterns = [
    path("", include(account)),
    path("2fa/", include(mfa)),
    path("providers/", include(socialaccount)),
    path("sessions/", include(usersessions)),
]
