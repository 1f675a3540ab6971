from django.urls import path

from samspill.programmes.views import drafting, importing, reading

app_name = "programmes"
urlpatterns = [
    path("", reading.programme_list, name="list"),
    path("schema/blueprint-1.json", reading.blueprint_schema, name="schema"),
    path("import/", importing.import_file, name="import"),
    path("measures/<slug:key>/", reading.measure, name="measure"),
    path("measures/<slug:key>/draft/", reading.new_draft, name="new_draft"),
    path("<int:pk>/", reading.version, name="version"),
    path("<int:pk>/changes/", reading.changes, name="changes"),
    path("<int:pk>/export/", reading.export, name="export"),
    path("<int:pk>/release/", drafting.release, name="release"),
    path("<int:pk>/discard/", drafting.discard, name="discard"),
    path("<int:pk>/edit/", drafting.edit, name="edit"),
    path("<int:pk>/edit/basics/", drafting.edit_basics, name="edit_basics"),
    path("<int:pk>/edit/form/", drafting.edit_frame, name="edit_frame"),
    path("<int:pk>/edit/questionnaire/", drafting.edit_instrument, name="edit_instrument"),
    path("<int:pk>/edit/list/<slug:name>/", drafting.edit_list, name="edit_list"),
    path("<int:pk>/edit/<slug:gathering>/", drafting.edit_gathering, name="edit_gathering"),
    path("<int:pk>/edit/<slug:gathering>/work/", drafting.edit_work, name="edit_work"),
    path("<int:pk>/edit/<slug:gathering>/list/<slug:name>/", drafting.edit_list, name="edit_inner_list"),
    path("<int:pk>/edit/<slug:gathering>/item/<slug:item>/", drafting.edit_item, name="edit_item"),
    path(
        "<int:pk>/edit/<slug:gathering>/item/<slug:item>/activity/",
        drafting.edit_activity,
        name="edit_activity",
    ),
    path(
        "<int:pk>/edit/<slug:gathering>/item/<slug:item>/choices/",
        drafting.edit_list,
        {"name": "choices"},
        name="edit_choices",
    ),
]
