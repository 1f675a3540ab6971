from django.urls import path

from samspill.people import views

app_name = "people"
urlpatterns = [
    path("", views.people_list, name="list"),
    path("new/", views.create, name="create"),
    path("<int:pk>/", views.change, name="change"),
    path("<int:pk>/erase/", views.erase, name="erase"),
    path("me/", views.me, name="me"),
    path("me/data/", views.my_data, name="my_data"),
    path("language/", views.language, name="language"),
    path("practice-sign-in/", views.practice_sign_in, name="practice_sign_in"),
]
