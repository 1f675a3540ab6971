from django.urls import path, register_converter
from django.urls.converters import StringConverter

from samspill.evaluation.choices import WaveKind
from samspill.evaluation.views import answering, results, steering


class KindConverter(StringConverter):
    regex = "|".join(WaveKind.values)


register_converter(KindConverter, "wave_kind")

app_name = "evaluation"
urlpatterns = [
    path("cohort/<int:pk>/", steering.waves, name="waves"),
    path("cohort/<int:pk>/<wave_kind:kind>/open/", steering.open_wave, name="open"),
    path("cohort/<int:pk>/<wave_kind:kind>/plan/", steering.plan, name="plan"),
    path("cohort/<int:pk>/effect/", results.effect, name="effect"),
    path("cohort/<int:pk>/effect.csv", results.export, {"kind": "csv"}, name="csv"),
    path("cohort/<int:pk>/effect.xlsx", results.export, {"kind": "xlsx"}, name="xlsx"),
    path("wave/<int:pk>/", steering.wave, name="wave"),
    path("wave/<int:pk>/mails/", steering.prepare, name="prepare"),
    path("wave/<int:pk>/mails/<int:batch>/", steering.mails, name="mails"),
    path("wave/<int:pk>/mails/<int:batch>/again/", steering.again, name="again"),
    path("wave/<int:pk>/remind/", steering.remind, name="remind"),
    path("wave/<int:pk>/close/", steering.close, name="close"),
    path("wave/<int:pk>/show/", steering.show_alone, name="show_alone"),
    path("<int:pk>/", answering.answer, name="answer"),
    path("<int:pk>/save/", answering.save, name="save"),
    path("<int:pk>/done/", answering.done, name="done"),
]
