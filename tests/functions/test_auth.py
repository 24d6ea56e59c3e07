from __future__ import annotations

import hashlib
import hmac
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from jwt.algorithms import RSAAlgorithm

from tests.functions.serving import SECRET, Server, payload, serving, stored, token

ROUTES = (
    ("GET", "/api/sessions"),
    ("POST", "/api/sessions"),
    ("GET", "/api/sessions/x"),
    ("GET", "/api/sessions/x/messages"),
    ("GET", "/api/sessions/x/export"),
)
NOW = int(time.time())
OTHER = "another secret, which is long enough as well"


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_nobody_comes_in_without_a_token(server: Server, method: str, path: str) -> None:
    answer = httpx.request(method, server.origin + path)
    assert (answer.status_code, answer.json()["code"]) == (401, "token_missing")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (f"Bearer {token('me', exp=NOW - 3600)}", "token_expired"),
        (f"Bearer {token('me', exp=None)}", "token_invalid"),
        (f"Bearer {token('me', aud='another')}", "token_invalid"),
        (f"Bearer {token('me', aud=None)}", "token_invalid"),
        (f"Bearer {token(None)}", "token_invalid"),
        (f"Bearer {token('')}", "token_invalid"),
        (f"Bearer {token('me', nbf=NOW + 3600)}", "token_invalid"),
        (f"Bearer {token('me', OTHER)}", "token_invalid"),
        (f"Bearer {token('me', SECRET + ' ' * 64, 'HS512')}", "token_invalid"),
        (f"Bearer {token('me', '', 'none')}", "token_invalid"),
        (f"Basic {token('me')}", "token_invalid"),
        (f"Bearer {token('me')}x", "token_invalid"),
        ("Bearer .", "token_invalid"),
        ("Bearer a.b.c", "token_invalid"),
        ("Bearer \xff.\xfe.\xfd", "token_invalid"),
        ("Bearer", "token_missing"),
    ],
)
def test_a_token_that_does_not_hold_is_refused(server: Server, given: str, code: str) -> None:
    answer = httpx.get(server.origin + "/api/sessions", headers={b"Authorization": given.encode("latin-1")})
    assert (answer.status_code, answer.json()["code"]) == (401, code)
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_token_in_the_address_opens_nothing(server: Server) -> None:
    assert httpx.get(f"{server.origin}/api/sessions?token={token('me')}").status_code == 401


def test_what_is_not_yours_looks_like_what_does_not_exist(server: Server, client: httpx.Client) -> None:
    session_id = stored(client, payload("mine", 2))
    with server.client("someone-else") as other:
        for suffix in ("", "/export", "/messages"):
            theirs = other.get(f"/api/sessions/{session_id}{suffix}")
            unknown = other.get(f"/api/sessions/no-such{suffix}")
            assert theirs.status_code == unknown.status_code == 404
            assert theirs.content == unknown.content
            assert theirs.json()["code"] == "session_not_found"
        assert other.get("/api/sessions").json()["sessions"] == []
        assert other.get("/api/sessions", params={"q": "talk"}).json()["sessions"] == []


def test_the_printed_token_opens_every_route_for_the_local_owner(tmp_path: Path) -> None:
    with serving(tmp_path, signed=False) as server, server.client() as local:
        session_id = stored(local, payload("local", 2))
        for suffix in ("", "/export", "/messages"):
            assert local.get(f"/api/sessions/{session_id}{suffix}").status_code == 200
        assert server.token
        assert jwt.decode(server.token, options={"verify_signature": False})["sub"] == "local"
        assert (
            httpx.get(
                server.origin + "/api/sessions", headers={"Authorization": f"Bearer {token('local')}"}
            ).status_code
            == 401
        )


def test_the_key_of_a_start_is_new_each_time(tmp_path: Path) -> None:
    with serving(tmp_path, signed=False) as first:
        old = first.token
    with serving(tmp_path, signed=False) as second, second.client() as client:
        client.headers["Authorization"] = f"Bearer {old}"
        assert client.get("/api/sessions").status_code == 401


def test_a_configured_server_prints_no_token(server: Server) -> None:
    assert server.token is None


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "127.example.org", ""])  # noqa: S104 - what is refused
def test_there_is_no_open_door_on_another_interface(host: str) -> None:
    command = [sys.executable, "-m", "py_export", "serve", "--port", "0", "--host", host]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    assert done.returncode == 2
    assert "without a key" in done.stderr
    assert done.stdout == ""


def test_with_a_key_another_interface_is_served(tmp_path: Path) -> None:
    environ = {"PY_EXPORT_JWT_SECRET": SECRET, "PY_EXPORT_DATABASE": str(tmp_path / "s.sqlite3")}
    command = [sys.executable, "-m", "py_export", "serve", "--port", "0", "--host", "0.0.0.0"]  # noqa: S104
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout
        try:
            port = process.stdout.readline().rpartition(":")[2].strip().rstrip("/")
            assert httpx.get(f"http://127.0.0.1:{port}/api/sessions").status_code == 401
        finally:
            process.terminate()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"JWT_SECRET": "too short"}, "32 bytes"),
        ({"JWT_PUBLIC_KEY": "no key"}, "PEM"),
        ({"JWT_SECRET": SECRET, "JWT_JWKS_URL": "http://127.0.0.1:1/"}, "exactly one"),
        ({"JWT_SECRET": SECRET, "JWT_ALGORITHMS": '["HS256"]'}, "jwt_algorithms"),
        ({"JWT_SECRET": SECRET, "CORS_ORIGINS": "no json"}, "cors_origins"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_at_the_start(tmp_path: Path, settings: dict[str, str], said: str) -> None:
    with pytest.raises(AssertionError) as refused, serving(tmp_path, signed=False, **settings):
        pass
    assert said in str(refused.value)
    assert "too short" not in str(refused.value)


@pytest.fixture(scope="module")
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def test_a_public_key_checks_tokens_and_never_serves_as_a_shared_secret(
    tmp_path: Path, rsa_key: rsa.RSAPrivateKey
) -> None:
    public = _public(rsa_key)
    with serving(tmp_path, signed=False, JWT_PUBLIC_KEY=public) as server, server.client("me") as client:
        client.headers["Authorization"] = f"Bearer {token('me', _private(rsa_key), 'RS256')}"
        assert client.get("/api/sessions").status_code == 200
        header, body, _ = token("me").split(".")
        signature = hmac.new(public.encode(), f"{header}.{body}".encode(), hashlib.sha256).digest()
        confused = f"{header}.{body}.{jwt.utils.base64url_encode(signature).decode()}"
        client.headers["Authorization"] = f"Bearer {confused}"
        assert client.get("/api/sessions").status_code == 401


def test_an_elliptic_key_works_too(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    with serving(tmp_path, signed=False, JWT_PUBLIC_KEY=_public(key)) as server, server.client("me") as client:
        client.headers["Authorization"] = f"Bearer {token('me', _private(key), 'ES256')}"
        assert client.get("/api/sessions").status_code == 200


@pytest.fixture
def key_server(rsa_key: rsa.RSAPrivateKey) -> Iterator[ThreadingHTTPServer]:
    described = json.loads(RSAAlgorithm.to_jwk(rsa_key.public_key())) | {"kid": "one", "alg": "RS256", "use": "sig"}
    body = json.dumps({"keys": [described]}).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_key_servers_keys_are_found_by_their_id(
    tmp_path: Path, rsa_key: rsa.RSAPrivateKey, key_server: ThreadingHTTPServer
) -> None:
    url = f"http://127.0.0.1:{key_server.server_port}/"
    body = {"sub": "me", "aud": "py-export", "iss": "https://issuer.example", "exp": int(time.time()) + 60}

    def ask(client: httpx.Client, kid: str, **claims: str) -> int:
        signed = jwt.encode(body | claims, _private(rsa_key), "RS256", headers={"kid": kid})
        return client.get("/api/sessions", headers={"Authorization": f"Bearer {signed}"}).status_code

    with (
        serving(tmp_path, signed=False, JWT_JWKS_URL=url, JWT_ISSUER="https://issuer.example") as server,
        server.client("me") as client,
    ):
        assert ask(client, "one") == 200
        assert ask(client, "two") == 401
        assert ask(client, "one", iss="https://else.example") == 401


def test_a_key_server_that_does_not_answer_is_a_503(tmp_path: Path, rsa_key: rsa.RSAPrivateKey) -> None:
    signed = jwt.encode({"sub": "me"}, _private(rsa_key), "RS256", headers={"kid": "one"})
    with serving(tmp_path, signed=False, JWT_JWKS_URL="http://127.0.0.1:1/") as server, server.client("me") as client:
        answer = client.get("/api/sessions", headers={"Authorization": f"Bearer {signed}"})
        assert (answer.status_code, answer.json()["code"]) == (503, "keys_unavailable")


def _private(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _public(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
