from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [
    path("", views.account_detail, name="detail"),
    path("sessions/", views.session_list, name="sessions"),
    path("sessions/<int:pk>/end/", views.session_end, name="session_end"),
    path("keep-alive/", views.keep_alive, name="keep_alive"),
    path("second-factor/", views.second_factor, name="second_factor"),
]
