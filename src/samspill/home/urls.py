from django.urls import path

from samspill.home import views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("portfolio/", views.portfolio, name="portfolio"),
    path("portfolio/export/<str:kind>/", views.portfolio_export, name="portfolio_export"),
]
