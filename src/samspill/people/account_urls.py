"""The few addresses of allauth that are open: a mail address, a code, sign-out. There are no passwords.

The names are allauth's own and carry no namespace, as allauth looks them up by these names.
"""

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("sign-in/", views.request_login_code, name="account_login"),
    path("sign-in/", views.request_login_code, name="account_request_login_code"),
    path("sign-in/code/", views.confirm_login_code, name="account_confirm_login_code"),
    path("sign-out/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
]
