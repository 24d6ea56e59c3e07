"""Who asks: a bearer token's subject. Keys, algorithms and audience are fixed by the operator, never by a token."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from typing import Any, Protocol

import anyio.to_thread
import jwt
from jwt.algorithms import get_default_algorithms, has_crypto
from jwt.exceptions import InvalidSubjectError, PyJWKClientConnectionError
from starlette.requests import Request

from .problems import Problem
from .settings import Settings

LOCAL_OWNER = "local"
"""Who owns what the command line imports, and who the printed address signs in."""

_LEEWAY = 30  # seconds that two clocks may differ
_LIFE_OF_A_START = 30 * 24 * 3600  # seconds; its key is gone with the process anyway
_SCHEME = "bearer"


class Keys(Protocol):
    """Finds the key that a token must be signed with."""

    remote: bool
    """Whether it may ask another server, and so must not be waited for by everyone."""

    def find(self, token: str) -> Any:  # noqa: ANN401 - a secret, a PEM or a PyJWK, as PyJWT takes them
        """Return the key."""


class Authenticator:
    """Verifies tokens: signature, fixed algorithms, audience, expiry, subject."""

    def __init__(self, keys: Keys, algorithms: Sequence[str], audience: str, issuer: str | None = None) -> None:
        self._keys = keys
        self._algorithms = list(algorithms)
        self._audience = audience
        self._issuer = issuer

    async def owner(self, request: Request) -> str:
        """
        Return the subject of the request's token.

        Raises:
            Problem: 401 where there is no token or it does not hold; 503 where the key server does not answer.
        """
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if not token:
            raise _unauthorized("token_missing")
        if scheme.lower() != _SCHEME:
            raise _unauthorized("token_invalid")
        try:
            if self._keys.remote:
                return await anyio.to_thread.run_sync(self._subject, token.strip())
            return self._subject(token.strip())
        except jwt.ExpiredSignatureError:
            raise _unauthorized("token_expired") from None
        except PyJWKClientConnectionError:
            raise Problem("keys_unavailable", 503) from None
        except jwt.PyJWTError:
            raise _unauthorized("token_invalid") from None

    def _subject(self, token: str) -> str:
        claims = jwt.decode(
            token,
            self._keys.find(token),
            algorithms=self._algorithms,
            audience=self._audience,
            issuer=self._issuer,
            leeway=_LEEWAY,
            options={"require": ["exp", "aud", "sub"]},
        )
        subject = claims["sub"]
        if not isinstance(subject, str) or not subject:
            raise InvalidSubjectError
        return subject


def from_settings(settings: Settings) -> Authenticator:
    """
    Return the authenticator that the settings describe.

    Raises:
        ValueError: They name no key, or one of a kind that this installation cannot check.
    """
    if sum(map(bool, (settings.jwt_secret, settings.jwt_public_key, settings.jwt_jwks_url))) != 1:
        message = "exactly one of JWT_SECRET, JWT_PUBLIC_KEY and JWT_JWKS_URL must be set"
        raise ValueError(message)
    audience, issuer = settings.jwt_audience, settings.jwt_issuer
    if settings.jwt_secret:
        return Authenticator(_OneKey(settings.jwt_secret), ["HS256"], audience, issuer)
    if not has_crypto:
        message = "public keys need the package cryptography: pip install 'py-export[keys]'"
        raise ValueError(message)
    if settings.jwt_jwks_url:
        return Authenticator(_KeyServer(settings.jwt_jwks_url), settings.jwt_algorithms, audience, issuer)
    pem = settings.jwt_public_key or ""
    fitting = [name for name in settings.jwt_algorithms if _fits(pem, name)]
    if not fitting:
        message = "JWT_PUBLIC_KEY is no public key (PEM) of any of JWT_ALGORITHMS"
        raise ValueError(message)
    return Authenticator(_OneKey(pem), fitting, audience, issuer)


def for_one_start(settings: Settings) -> tuple[Authenticator, str]:
    """Return an authenticator with a key that lives as long as this process, and a token for the local owner."""
    secret = secrets.token_urlsafe(32)
    token = jwt.encode(
        {"sub": LOCAL_OWNER, "aud": settings.jwt_audience, "exp": int(time.time()) + _LIFE_OF_A_START}
        | ({"iss": settings.jwt_issuer} if settings.jwt_issuer else {}),
        secret,
        algorithm="HS256",
    )
    return Authenticator(_OneKey(secret), ["HS256"], settings.jwt_audience, settings.jwt_issuer), token


class _OneKey:
    remote = False

    def __init__(self, key: str) -> None:
        self._key = key

    def find(self, _token: str) -> str:
        return self._key


class _KeyServer:
    remote = True

    def __init__(self, url: str) -> None:
        self._client = jwt.PyJWKClient(url, cache_keys=True, timeout=5)

    def find(self, token: str) -> jwt.PyJWK:
        return self._client.get_signing_key_from_jwt(token)


def _fits(pem: str, algorithm: str) -> bool:
    try:
        get_default_algorithms()[algorithm].prepare_key(pem)
    except (jwt.InvalidKeyError, ValueError, TypeError):
        return False
    return True


def _unauthorized(code: str) -> Problem:
    error = "" if code == "token_missing" else ' error="invalid_token"'  # RFC 6750, section 3.1
    return Problem(code, 401, headers={"WWW-Authenticate": f"Bearer{error}"})
