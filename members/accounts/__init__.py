"""Signing up and in: what we add to django-allauth."""
