from django.urls import path

from samspill.reports import views

app_name = "reports"
urlpatterns = [
    path("cohort/<int:pk>/", views.report, name="report"),
    path("cohort/<int:pk>/edit/", views.edit, name="edit"),
    path("cohort/<int:pk>/documents/", views.order, name="order"),
    path("cohort/<int:pk>/documents/<int:document>/", views.progress, name="progress"),
    path("cohort/<int:pk>/documents/<int:document>/report.pdf", views.download, name="download"),
    path("cohort/<int:pk>/publish/", views.publish, name="publish"),
    path("cohort/<int:pk>/unpublish/", views.unpublish, name="unpublish"),
]
