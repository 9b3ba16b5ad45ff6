"""Gunicorn's door: ``gunicorn wsgi:app``."""

from matchmaker.app import create_app

app = create_app()
