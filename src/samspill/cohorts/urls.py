from django.urls import path

from samspill.cohorts.views import overview, people, tailoring

app_name = "cohorts"
urlpatterns = [
    path("", overview.cohort_list, name="list"),
    path("invite/", overview.invite, name="invite"),
    path("proposals/", tailoring.proposal_list, name="proposals"),
    path("proposals/<int:reason>/", tailoring.handle_proposal, name="proposal"),
    path("<int:pk>/", overview.detail, name="detail"),
    path("<int:pk>/state/", overview.state, name="state"),
    path("<int:pk>/people/", people.people, name="people"),
    path("<int:pk>/people/new/", people.enrol, name="enrol"),
    path("<int:pk>/people/<int:membership>/", people.place, name="place"),
    path("<int:pk>/people/<int:membership>/remove/", people.withdraw, name="withdraw"),
    path("<int:pk>/people/import/", people.import_file, name="import"),
    path("<int:pk>/people/import/<str:key>/", people.import_preview, name="import_preview"),
    path("<int:pk>/people/import/<str:key>/refused/", people.import_refused, name="import_refused"),
    path("<int:pk>/tailoring/", tailoring.compare, name="compare"),
    path("<int:pk>/tailoring/begin/", tailoring.begin, name="begin"),
    path("<int:pk>/tailoring/accept/", tailoring.accept, name="accept"),
    path("<int:pk>/tailoring/<slug:gathering>/", tailoring.tailor, name="tailor"),
    path("<int:pk>/tailoring/<slug:gathering>/change/", tailoring.change_question, name="change_question"),
    path("<int:pk>/tailoring/<slug:gathering>/<slug:question>/", tailoring.reword, name="reword"),
]
