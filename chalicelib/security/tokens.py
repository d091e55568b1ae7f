"""Access and refresh tokens as JSON Web Tokens.

Sources: RFC 7519 (claims), RFC 8725 (one algorithm, typed tokens, issuer and audience checked), RFC 9700, section 4.14
(refresh token rotation). An access token proves a session for some minutes. A refresh token is exchanged for the next
pair of tokens; its counter is the number of exchanges before it.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import jwt
import msgspec
from jwt.utils import base64url_decode, base64url_encode

from chalicelib.security.signing_keys import SigningKey

ALGORITHM: Final = "HS256"
AUDIENCE: Final = "janus-api"
ACCESS: Final = "access"
REFRESH: Final = "refresh"
ACCESS_LIFETIME: Final = timedelta(minutes=15)
MAX_TOKEN_LENGTH: Final = 4096  # characters; an issued token has about four hundred

REGISTERED_CLAIMS: Final = ("iss", "aud", "sub", "sid", "jti", "typ", "iat", "nbf", "exp")


class TokenInvalid(Exception):
    """An access or refresh token was not issued by this service, has another type, is not valid yet, or has expired.

    The message says which, and is not disclosed to the client.
    """


class AccessToken(msgspec.Struct, frozen=True):
    """The content of an access token: the ids of the user and of the session."""

    user_id: str
    session_id: str


class RefreshToken(msgspec.Struct, frozen=True):
    """The content of a refresh token; counter is the number of exchanges in its session before it was issued."""

    user_id: str
    session_id: str
    counter: int


class _Claims(msgspec.Struct, frozen=True):
    """The claims that are read, with the types that they are issued with; times in seconds since 1970."""

    sub: str
    sid: str
    typ: str
    nbf: int
    exp: int
    counter: int | None = None


class Tokens:
    """Issues and reads access and refresh tokens as JSON Web Tokens. The first key signs, all keys verify.

    Reading checks the token alone: whether its session is active is not checked.
    """

    def __init__(self, keys: Sequence[SigningKey], issuer: str) -> None:
        self._signing = keys[0]
        self._verifying = {key.kid: key.secret for key in keys}
        self._issuer = issuer
        self._jwt = jwt.PyJWT(options={"enforce_minimum_key_length": True})

    def issue_access(self, token: AccessToken, now: datetime) -> str:
        """Return a signed access token that is valid from now for ACCESS_LIFETIME (15 minutes)."""
        return self._sign(ACCESS, token.user_id, token.session_id, now, now + ACCESS_LIFETIME, {})

    def issue_refresh(self, token: RefreshToken, now: datetime, expires_at: datetime) -> str:
        """Return a signed refresh token that is valid from now until expires_at, when its session expires."""
        return self._sign(REFRESH, token.user_id, token.session_id, now, expires_at, {"counter": token.counter})

    def read_access(self, encoded: str, now: datetime) -> AccessToken:
        """Return the content of an access token that is valid now. Raises TokenInvalid, also for a refresh token."""
        claims = self._verify(encoded, ACCESS, now)
        return AccessToken(claims.sub, claims.sid)

    def read_refresh(self, encoded: str, now: datetime) -> RefreshToken:
        """Return the content of a refresh token that is valid now. Raises TokenInvalid, also for an access token."""
        claims = self._verify(encoded, REFRESH, now)
        if claims.counter is None:
            raise TokenInvalid("It has no counter.")
        return RefreshToken(claims.sub, claims.sid, claims.counter)

    def _sign(
        self,
        kind: str,
        user_id: str,
        session_id: str,
        now: datetime,
        expires_at: datetime,
        extra_claims: dict[str, int],
    ) -> str:
        claims = {
            "iss": self._issuer,
            "aud": AUDIENCE,
            "sub": user_id,
            "sid": session_id,
            "jti": str(uuid.uuid4()),
            "typ": kind,
            "iat": now,
            "nbf": now,
            "exp": expires_at,
            **extra_claims,
        }
        return self._jwt.encode(claims, self._signing.secret, ALGORITHM, headers={"kid": self._signing.kid})

    def _verify(self, encoded: str, kind: str, now: datetime) -> _Claims:
        if len(encoded) > MAX_TOKEN_LENGTH:
            raise TokenInvalid("It is too long.")
        try:
            verified: dict[str, Any] = self._jwt.decode(
                encoded,
                self._key_of(encoded),
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                issuer=self._issuer,
                options={
                    "require": list(REGISTERED_CLAIMS),
                    "verify_iat": False,
                    "verify_nbf": False,
                    "verify_exp": False,
                },
            )
            claims = msgspec.convert(verified, _Claims)
        except (jwt.PyJWTError, ValueError) as error:
            raise TokenInvalid(str(error)) from error
        if claims.typ != kind:
            raise TokenInvalid(f"It is no {kind} token.")
        if now.timestamp() < claims.nbf:  # by our clock, not PyJWT's
            raise TokenInvalid("It is not valid yet.")
        if now.timestamp() >= claims.exp:
            raise TokenInvalid("It has expired.")
        return claims

    def _key_of(self, encoded: str) -> bytes:
        """Return the key that a token names, which has not verified it yet.

        Raises TokenInvalid, PyJWTError, and ValueError. The signature has one form only, without padding and with zeros
        in its unused bits (RFC 7515, section 2), which PyJWT does not check.
        """
        signature = encoded.rpartition(".")[2].encode()
        if base64url_encode(base64url_decode(signature)) != signature:
            raise TokenInvalid("Its signature has another form than it was issued with.")
        kid = jwt.get_unverified_header(encoded).get("kid")
        if not isinstance(kid, str) or kid not in self._verifying:
            raise TokenInvalid("It names no known key.")
        return self._verifying[kid]
