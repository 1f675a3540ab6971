from django.urls import path

from samspill.followup import views

app_name = "followup"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("cohort/<int:pk>/", views.cohort, name="cohort"),
    path("cohort/<int:pk>/new/", views.add, name="add"),
    path("cohort/<int:pk>/commitments.csv", views.export, {"kind": "csv"}, name="csv"),
    path("cohort/<int:pk>/commitments.xlsx", views.export, {"kind": "xlsx"}, name="xlsx"),
    path("gathering/<int:pk>/", views.gathering, name="gathering"),
    path("<int:pk>/", views.commitment, name="commitment"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/status/", views.status, name="status"),
    path("<int:pk>/undo/", views.undo, name="undo"),
]
