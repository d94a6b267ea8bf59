"""What the law wants said, in each language."""

from django.urls import path

from core import legal

urlpatterns = [path("privacy/", legal.privacy, name="privacy")]
