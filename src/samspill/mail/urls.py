from django.urls import path

from samspill.mail import views

app_name = "mail"
urlpatterns = [
    path("", views.practice_mails, name="practice"),
    path("<int:pk>/", views.practice_mail, name="practice_mail"),
]
