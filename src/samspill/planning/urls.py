from django.urls import path

from samspill.planning.views import agenda, gatherings, items, outbox, papers

app_name = "planning"
urlpatterns = [
    path("cohort/<int:cohort>/", gatherings.gatherings, name="gatherings"),
    path("cohort/<int:cohort>/create/", gatherings.create, name="create"),
    path("cohort/<int:cohort>/outbox/", outbox.outbox, name="outbox"),
    path("cohort/<int:cohort>/outbox/prepare/", outbox.prepare, name="prepare"),
    path("cohort/<int:cohort>/outbox/<int:pk>/", outbox.batch, name="batch"),
    path("cohort/<int:cohort>/outbox/<int:pk>/confirm/", outbox.confirm, name="confirm"),
    path("cohort/<int:cohort>/outbox/<int:pk>/discard/", outbox.discard, name="discard"),
    path("cohort/<int:cohort>/outbox/<int:pk>/prepare-again/", outbox.prepare_again, name="prepare_again"),
    path("cohort/<int:cohort>/outbox/<int:pk>/retry/", outbox.retry, name="retry"),
    path("<int:pk>/", gatherings.gathering, name="gathering"),
    path("<int:pk>/answer/", gatherings.answer, name="answer"),
    path("<int:pk>/calendar.ics", gatherings.calendar_file, name="calendar"),
    path("<int:pk>/schedule/", gatherings.schedule, name="schedule"),
    path("<int:pk>/cancel/", gatherings.cancel, name="cancel"),
    path("<int:pk>/answers/", outbox.answers, name="answers"),
    path("<int:pk>/remind/", outbox.remind, name="remind"),
    path("<int:pk>/agenda/", agenda.agenda, name="agenda"),
    path("<int:pk>/agenda/undo/", agenda.undo, name="undo"),
    path("<int:pk>/agenda/restore/", agenda.restore, name="restore"),
    path("<int:pk>/agenda/add/", items.add, name="add_item"),
    path("<int:pk>/agenda/item/<slug:key>/", items.edit, name="item"),
    path("<int:pk>/release/", agenda.release, name="release"),
    path("<int:pk>/run-sheet/", papers.run_sheet, name="run_sheet"),
    path("<int:pk>/programme/", papers.programme, name="programme"),
]
