"""The addresses of forms that stand beside their pages."""

from django.urls import path

from forms import web

app_name = "forms"
urlpatterns = [
    path("challenge/", web.challenge, name="challenge"),
    path("<uuid:form_id>/", web.receive, name="receive"),
    path("<uuid:form_id>/reached/", web.reached, name="reached"),
]
