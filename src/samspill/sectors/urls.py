from django.urls import path

from samspill.sectors.views import imports, register, sectors

app_name = "sectors"
urlpatterns = [
    path("", register.register, name="list"),
    path("new/", register.create_organisation, name="create"),
    path("<int:pk>/", register.organisation, name="organisation"),
    path("<int:pk>/change/", register.change_organisation, name="change"),
    path("<int:pk>/remove/", register.remove_organisation, name="remove"),
    path("<int:pk>/positions/new/", register.add_position, name="add_position"),
    path("positions/<int:pk>/remove/", register.remove_position, name="remove_position"),
    path("reference/", register.load_reference, name="load_reference"),
    path("import/", imports.import_file, name="import"),
    path("import/fetch/", imports.import_fetched, name="import_fetched"),
    path("import/<str:key>/", imports.import_preview, name="import_preview"),
    path("import/<str:key>/refused/", imports.import_refused, name="import_refused"),
    path("sectors/", sectors.sector_list, name="sectors"),
    path("sectors/new/", sectors.create_sector, name="create_sector"),
    path("sectors/<int:pk>/", sectors.sector, name="sector"),
    path("sectors/<int:pk>/change/", sectors.change_sector, name="change_sector"),
]
