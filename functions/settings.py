"""What an operator can set, from environment variables that begin with ``PY_EXPORT_``."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from py_export.errors import InvalidOption
from py_export.transforms.analytics.pricing import prices

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")
LEAST_SECRET = 32
"""Bytes. RFC 7518, section 3.2: a key of the hash's size or larger must be used with HS256."""

Algorithm = Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]


def _long_enough(secret: str | None) -> str | None:
    if secret is not None and len(secret.encode("utf-8")) < LEAST_SECRET:
        message = f"shorter than {LEAST_SECRET} bytes"
        raise ValueError(message)
    return secret


def _price_table(path: Path | None) -> Path | None:
    if path is not None:
        try:
            prices(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, InvalidOption):
            message = "no price table (JSON) that can be read"
            raise ValueError(message) from None
    return path


_Prices = Annotated[Path | None, AfterValidator(_price_table)]
_Secret = Annotated[str | None, AfterValidator(_long_enough)]


class Settings(BaseSettings):
    """Every setting has a default; lists and tuples are written as JSON."""

    model_config = SettingsConfigDict(env_prefix="PY_EXPORT_", frozen=True, hide_input_in_errors=True)

    database: str = Field(default_factory=lambda: default_database(os.environ), description="setting.database")
    host: str = Field(default="127.0.0.1", description="setting.host")
    port: int = Field(default=8000, ge=0, le=65535, description="setting.port")
    page: Path | None = Field(default=None, description="setting.page")

    jwt_secret: _Secret = Field(default=None, description="setting.jwt_secret")
    jwt_public_key: str | None = Field(default=None, description="setting.jwt_public_key")
    jwt_jwks_url: str | None = Field(default=None, description="setting.jwt_jwks_url")
    jwt_algorithms: tuple[Algorithm, ...] = Field(
        default=("RS256", "ES256"), min_length=1, description="setting.jwt_algorithms"
    )
    jwt_audience: str = Field(default="py-export", min_length=1, description="setting.jwt_audience")
    jwt_issuer: str | None = Field(default=None, description="setting.jwt_issuer")

    cors_origins: tuple[str, ...] = Field(default=(), description="setting.cors_origins")
    allowed_hosts: tuple[str, ...] = Field(default=(), description="setting.allowed_hosts")
    max_messages: int = Field(default=20_000, ge=1, description="setting.max_messages")
    max_usage_events: int = Field(default=100_000, ge=1, description="setting.max_usage_events")
    max_upload_bytes: int = Field(default=256 * 1024 * 1024, ge=1, description="setting.max_upload_bytes")
    exports_per_minute: int = Field(default=60, ge=1, description="setting.exports_per_minute")
    prices: _Prices = Field(default=None, description="setting.prices")
    rate_storage: str = Field(default="memory://", description="setting.rate_storage")
    log_format: Literal["json", "text"] = Field(default="json", description="setting.log_format")

    @property
    def has_key(self) -> bool:
        """Whether an operator has said who may sign tokens."""
        return any((self.jwt_secret, self.jwt_public_key, self.jwt_jwks_url))

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the interface."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:  # a name: only this one is sure to lead nowhere else
            return self.host == "localhost"


def default_database(environ: Mapping[str, str]) -> str:
    """Return the address of a SQLite file where a person's data belongs (XDG; LOCALAPPDATA on Windows)."""
    if sys.platform == "win32":
        folder = Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        folder = Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return f"sqlite:///{(folder / 'py-export' / 'sessions.sqlite3').as_posix()}"
