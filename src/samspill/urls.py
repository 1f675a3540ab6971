"""The address map. It also hands lower rooms what they need from above."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from samspill.followup.actions import adopt
from samspill.public import views as public
from samspill.room import urls as room

handler404 = "samspill.public.views.not_found"

urlpatterns = [
    path("", public.entrance, name="entrance"),
    path("account/", include("samspill.people.account_urls")),
    path("start/", include("samspill.home.urls")),
    path("people/", include("samspill.people.urls")),
    path("register/", include("samspill.sectors.urls")),
    path("programmes/", include("samspill.programmes.urls")),
    path("cohorts/", include("samspill.cohorts.urls")),
    path("planning/", include("samspill.planning.urls")),
    path("room/", include((room.routes(adopt=adopt), room.app_name))),
    path("follow-up/", include("samspill.followup.urls")),
    path("measurement/", include("samspill.evaluation.urls")),
    path("reports/", include("samspill.reports.urls")),
    path("mail/", include("samspill.mail.urls")),
    path("inbox/", public.inbox, name="inbox"),
    *i18n_patterns(path("", include("samspill.public.urls")), prefix_default_language=True),
]
