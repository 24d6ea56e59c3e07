"""Values that a name gives away, and names that give nothing away."""

from __future__ import annotations

import pytest

from tests.unit.transforms.redact.saying import hidden

STRONG = "q8Zk2Lm4Xv6Bn0Qw7Ty5"
SECRET = [
    "DB_PASSWORD=#hunter2#",
    "POSTGRES_PASSWORD=#secret#",
    '["docker", "-e", "DB_PASSWORD=#let<me>in&now#"]',
    "a\nSECRET_KEY=#correct horse#".replace(" horse#", "# horse"),
    "export SMTP_PASS=#hunter2#",
    "ENV API_SECRET=#changeme-later-please#",
    "password = '#hunter2#'",
    '"password": "#hunter2#"',
    '\\"password\\": \\"#hunter2#\\"',
    "password: #hunter2#",
    "the password is #hunter2#.",
    "<password>#hunter2#</password>",
    "curl --password #hunter2# x",
    "mysql --password=#hunter2# x",
    'const apiKey: string = "#' + STRONG + '#";',
    "clientSecret => '#" + STRONG + "#'",
    "x-api-key: #" + STRONG + "#",
    "AWS_SECRET_ACCESS_KEY=#" + "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzKEY" + "#",
    "Server=db;User Id=sa;Password=#Pa55w0rd!#;",
    "https://x.org/?access_token=#" + STRONG + "#&x=1",
    "postgres://app:#s3cr3t#@db.internal/app",
    "redis://:#s3cr3t#@localhost:6379",
    "https://#" + STRONG + "#@example.com/x.git",
    "Authorization: Bearer #abc123def456#",
    '("Authorization", "Bearer #abc123def456#")',
    "-H 'Authorization: Basic #dXNlcjpwYXNz#'",
    "Cookie: #sid=q8Zk2Lm4Xv6Bn0Qw7; theme=dark#",
    "bearer #" + STRONG + "#",
    "密码\uff1a#hunter2#",
    "密码是 #hunter2#",
]
INNOCENT = [
    "max_tokens=4096",
    "inputTokens: 12345",
    "password: string;",
    "password = getpass()",
    "password = user.password",
    "password=password",
    'type="password">Password</label>',
    "PASSWORD=$DB_PASSWORD",
    "PASSWORD=${DB_PASSWORD}",
    "password: <your password>",
    "api_key = os.environ['API_KEY']",
    'api_key="your-api-key-here"',
    "token = tokens[i + 1]",
    "nextPageToken: CAUQAA1234567890",
    "primary_key = 'customer_id_2024_a1'",
    "key: 'a1b2c3d4e5f6'",
    "keyboard=qwerty12345678901",
    "Enter your password: it must have 8 letters",
    "the secret is to keep going",
    "compass=north bypass: 12345678a",
    "http://localhost:8080/@vite/client",
    "https://example.com/@scope/package@1.2.3",
    "git clone git@github.com:x/y.git",
    "TOKENIZERS_PARALLELISM=false",
    "PASSWORD=[redacted:password-1]",
    "Authorization: Bearer $TOKEN",
    "the bearer of this letter",
    "Set-Cookie: fig=newton; Path=/cookie",
    'allow_headers=("Authorization", "If-None-Match")',
    "privateKey = Ed25519PrivateKey",
    "const token = ts9.SyntaxKind.ExtendsKeyword",
    "exports.visitorKeys = eslint_visitor_keys_1.getKeys;",
    "type AccessToken = OpeningBraceToken$1",
    "const cleanupKey = 'cleanupProjectsAndScriptInfos'",
    '"passphrase": "string?"',
    "'ASAuthorization', 'ASAuthorizationAppleIDButton'",
]


@pytest.mark.parametrize("text", SECRET)
def test_a_value_that_is_given_away_is_hidden_and_nothing_beside_it(text: str) -> None:
    before, secret, after = text.split("#")
    found = hidden(f"{before}{secret}{after}", "secrets")
    assert found.startswith(f"{before}[redacted:")
    assert found.endswith(f"]{after}")
    assert found.count("[redacted:") == 1


@pytest.mark.parametrize("text", INNOCENT)
def test_what_is_no_secret_stays(text: str) -> None:
    assert hidden(text, "secrets") == text
