"""Floods are limited per device; a venue shares one address, so that gets a wide ceiling."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from matchmaker.settings import Settings
from matchmaker.web.visitor import device_id

DEVICE_WRITES = "120/minute"

limiter = Limiter(key_func=get_remote_address, headers_enabled=False)


def init_limits(app: Flask, settings: Settings) -> None:
    """Count requests in memory, or in Redis where several processes share the counts."""
    app.config["RATELIMIT_STORAGE_URI"] = settings.redis_url or "memory://"
    app.config["RATELIMIT_APPLICATION"] = settings.address_ceiling
    limiter.init_app(app)


def per_device() -> str:
    """Return the key of a limit that counts by device."""
    return device_id()
