"""The address map. It also hands lower rooms what they need from above."""

import importlib

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from samspill.public import views as public

PREFIXES = {
    "people": "people/",
    "sectors": "register/",
    "programmes": "programmes/",
    "cohorts": "cohorts/",
    "planning": "planning/",
    "followup": "follow-up/",
    "evaluation": "measurement/",
    "reports": "reports/",
    "home": "start/",
    "mail": "mail/",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.entrance, name="entrance"),
    path("inbox/", public.inbox, name="inbox"),
    path("account/", include("samspill.people.account_urls")),
    *i18n_patterns(path("", include("samspill.public.urls")), prefix_default_language=True),
]
for app, prefix in PREFIXES.items():
    try:
        importlib.import_module(f"samspill.{app}.urls")
    except ImportError as error:
        if "samspill" not in str(error):
            raise
        continue
    urlpatterns.append(path(prefix, include(f"samspill.{app}.urls")))
try:
    followup = importlib.import_module("samspill.followup.actions")
    room = importlib.import_module("samspill.room.urls")
    urlpatterns.append(path("room/", include((room.routes(adopt=followup.adopt), "room"))))
except (ImportError, AttributeError):
    pass
