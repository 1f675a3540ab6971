from django.urls import path

from samspill.public import views

app_name = "public"
urlpatterns = [
    path("", views.front, name="front"),
    path("measures/<slug:key>/", views.measure, name="measure"),
    path("results/", views.results, name="results"),
    path("results/<int:pk>/", views.result, name="result"),
    path("contact/", views.contact, name="contact"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("feedback/", views.feedback, name="feedback"),
]
