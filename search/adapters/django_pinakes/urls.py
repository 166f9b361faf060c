"""The address of the page, to be included at any path: `include("….django_pinakes.urls")`."""

from __future__ import annotations

from django.urls import path

from pinakes.search.adapters.django_pinakes.views import search

app_name = "pinakes"
urlpatterns = [path("", search, name="search")]
