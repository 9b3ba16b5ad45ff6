"""What the environment decides, read once into one frozen value."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

_PACKAGE = Path(__file__).resolve().parent
_ENCODERS: Final = ("auto", "light")
_DATABASES: Final = ("sqlite", "postgresql+psycopg")
_SHORTEST_SECRET: Final = 32


class SettingsError(ValueError):
    """A variable makes no sense; the message names it and says what to do."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything the program takes from outside. ``base_url`` has no trailing slash."""

    data_folder: Path
    database_url: str
    base_url: str
    secret_key: str
    encoder: str = "auto"
    proxies: int = 0
    threads: int = 256
    redis_url: str = ""
    smtp_url: str = ""
    mail_from: str = ""
    address_ceiling: str = "20000/minute"
    warm_up: bool = True

    @property
    def is_https(self) -> bool:
        """Whether phones reach us over TLS, so that cookies can be marked secure."""
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        """Host (and port) that phones are told to open."""
        return urlsplit(self.base_url).netloc


def find_shipped(name: str) -> Path:
    """Return the folder of what ships with the program: ``templates``, ``data`` or ``static``.

    In a checkout templates and data stand beside the package; a built wheel carries them inside.

    Raises
    ------
    FileNotFoundError
        If the installation is incomplete.
    """
    for folder in (_PACKAGE / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the installation lacks its {name} folder")


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that ``environ`` (default: the process's own) describes.

    Creates the data folder and, in it, a secret key readable by its owner only.

    Raises
    ------
    SettingsError
        If a value is missing or makes no sense.
    """
    env = os.environ if environ is None else environ
    folder = _data_folder(env.get("MATCHMAKER_DATA_DIR", "matchmaker-data"))
    return Settings(
        data_folder=folder,
        database_url=_database_url(env.get("DATABASE_URL", ""), folder),
        base_url=_base_url(env.get("MATCHMAKER_BASE_URL", "http://127.0.0.1:8000")),
        secret_key=_secret_key(env.get("MATCHMAKER_SECRET_KEY", ""), folder),
        encoder=_one_of("MATCHMAKER_ENCODER", env.get("MATCHMAKER_ENCODER", "auto"), _ENCODERS),
        proxies=_whole_number("MATCHMAKER_PROXIES", env.get("MATCHMAKER_PROXIES", "0"), 0, 5),
        threads=_whole_number("MATCHMAKER_THREADS", env.get("MATCHMAKER_THREADS", "256"), 1, 1024),
        redis_url=env.get("REDIS_URL", ""),
        smtp_url=env.get("SMTP_URL", ""),
        mail_from=env.get("MAIL_FROM", ""),
        address_ceiling=env.get("MATCHMAKER_ADDRESS_CEILING", "20000/minute"),
    )


def _data_folder(name: str) -> Path:
    folder = Path(name).expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = folder / f".write-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        reason = error.strerror or str(error)
        raise SettingsError(
            f"cannot write to the data directory {folder} ({reason}); choose another one "
            "with --data-dir or MATCHMAKER_DATA_DIR"
        ) from error
    return folder


def _database_url(url: str, folder: Path) -> str:
    if not url:
        return f"sqlite:///{folder / 'matchmaker.db'}"
    if url.startswith(("postgres://", "postgresql://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    if url.split(":", 1)[0] not in _DATABASES:
        raise SettingsError(
            "DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://, "
            f"not with {url.split(':', 1)[0]}:"
        )
    return url


def _base_url(url: str) -> str:
    parts = urlsplit(url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise SettingsError(
            "MATCHMAKER_BASE_URL must be the address that phones open, such as "
            f"https://meet.example.org, not {url!r}"
        )
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}"


def _secret_key(given: str, folder: Path) -> str:
    if given:
        if len(given) < _SHORTEST_SECRET:
            raise SettingsError(
                f"MATCHMAKER_SECRET_KEY must have at least {_SHORTEST_SECRET} characters"
            )
        return given
    file = folder / "secret-key"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        key = secrets.token_hex(32)
        handle.write(key)
    return key


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise SettingsError(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def _whole_number(name: str, value: str, low: int, high: int) -> int:
    if not value.isdecimal() or not low <= int(value) <= high:
        raise SettingsError(f"{name} must be a whole number from {low} to {high}, not {value!r}")
    return int(value)
