from django.urls import URLPattern, path

from samspill.room import views
from samspill.room.adopting import Adopt

app_name = "room"


def routes(adopt: Adopt) -> list[URLPattern]:
    """The room's addresses. `adopt` is follow-up's: it makes commitments of what was promised here."""
    from_above = {"adopt": adopt}
    return [
        path("", views.join, name="join"),
        path("<int:pk>/", views.phone, name="phone"),
        path("<int:pk>/here/", views.arrive, name="arrive"),
        path("<int:pk>/console/", views.console, name="console"),
        path("<int:pk>/screen/", views.screen, name="screen"),
        path("<int:pk>/open/", views.open_room, name="open"),
        path("<int:pk>/do/<slug:do>/", views.control, from_above, name="control"),
        path("<int:pk>/listen/<slug:face>/", views.renew, name="renew"),
        path("<int:pk>/review/", views.review, name="review"),
        path("<int:pk>/results/<str:kind>/", views.results, name="results"),
        path("activity/<int:pk>/answer/", views.answer, from_above, name="answer"),
    ]
