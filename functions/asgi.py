"""The application for any ASGI server or platform: ``uvicorn py_export_functions.asgi:app``. Its keys must be set."""

from __future__ import annotations

from starlette.applications import Starlette

from . import auth, logs
from .app import create_app
from .settings import Settings
from .stores import open_store


def make() -> Starlette:
    """
    Return the application that the environment describes.

    Raises:
        ValueError: No key is set, or no database. There is no open door, and no default that vanishes with a machine.
    """
    settings = Settings()
    if "database" not in settings.model_fields_set:
        message = "PY_EXPORT_DATABASE is not set"
        raise ValueError(message)
    logs.configure(settings.log_format)
    return create_app(settings, open_store(settings.database), auth.from_settings(settings))


app = make()
