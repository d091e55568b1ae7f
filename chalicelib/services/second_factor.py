"""The second factor: codes of an authenticator app, and a few to recover by when the app is lost."""

from typing import NoReturn

import msgspec

from chalicelib.security.one_time_codes import (
    enrolment_uri,
    new_recovery_codes,
    new_secret,
    period_of,
    recovery_digest,
)
from chalicelib.security.passwords import SHORTEST, Passwords, length
from chalicelib.services import letters
from chalicelib.services.audit import Action, Audit
from chalicelib.services.clock import Clock
from chalicelib.services.fields import FieldUnacceptable
from chalicelib.services.own_password import check_own_password
from chalicelib.services.post import Post
from chalicelib.services.throttling import Throttle
from chalicelib.storage.second_factors import PresentedCode, SecondFactors
from chalicelib.storage.users import User


class FactorThere(Exception):
    """The account has a second factor already."""


class NoFactor(Exception):
    """The account has no second factor."""


class CodeNeeded(Exception):
    """The password is right, and the account wants a code beside it."""


class CodeRefused(Exception):
    """The code is that of another time, was used before, or is none of the account's."""


class Enrolment(msgspec.Struct, frozen=True):
    """What an authenticator app is told: the secret in Base32, and the address that holds it for a QR code."""

    secret: str
    uri: str


class SecondFactor(msgspec.Struct, frozen=True):
    """The use cases of the second factor."""

    factors: SecondFactors
    passwords: Passwords
    throttle: Throttle
    audit: Audit
    post: Post
    clock: Clock

    def enrol(self, user: User, password: str, from_address: str) -> Enrolment:
        """Propose a secret to share. Raises FieldUnacceptable, OverLimit, FactorThere."""
        self.throttle.sign_in(user.email, from_address)
        check_own_password(self.passwords, user, password)
        secret = new_secret()
        if not self.factors.propose(user.id, secret):
            raise FactorThere
        return Enrolment(secret, enrolment_uri(secret, user.email))

    def confirm(self, user: User, code: str) -> list[str]:
        """Take the proposed secret as shared, by a code of it; return the codes to recover by, told this once.

        Raises FieldUnacceptable, OverLimit, FactorThere.
        """
        if user.totp_secret is not None:
            raise FactorThere
        self.throttle.code(user.id)
        secret = user.totp_proposed
        period = period_of(secret, code, self.clock()) if secret else None
        codes = new_recovery_codes()
        digests = [recovery_digest(each) for each in codes]
        added = self.audit.entry(Action.SECOND_FACTOR_ADDED, actor_id=user.id, subject_id=user.id)
        if not secret or period is None or not self.factors.confirm(user.id, secret, period, digests, [added]):
            raise FieldUnacceptable("code", "isn't what the app shows now for the secret that was told last")
        self.post.send(user.email, letters.SECOND_FACTOR_ADDED)
        return codes

    def disable(self, user: User, password: str, code: str) -> None:
        """Do without a second factor from now on. Raises FieldUnacceptable, OverLimit, NoFactor, CodeRefused."""
        if user.totp_secret is None:
            raise NoFactor
        self.throttle.code(user.id)
        check_own_password(self.passwords, user, password)
        if length(password) < SHORTEST:
            raise FieldUnacceptable("password", f"has fewer than {SHORTEST} characters; choose a longer one first")
        removed = self.audit.entry(Action.SECOND_FACTOR_REMOVED, actor_id=user.id, subject_id=user.id)
        if not self.factors.remove(user.id, user.totp_secret, self._read(user.totp_secret, code), [removed]):
            self._refuse(user)
        self.post.send(user.email, letters.SECOND_FACTOR_REMOVED)

    def take_away(self, by: str, user: User) -> None:
        """Do away with the factor of who lost their app and their codes, as an administrator. Raises NoFactor."""
        removed = self.audit.entry(
            Action.SECOND_FACTOR_REMOVED, actor_id=by, user_id=user.id, subject_id=user.id, detail="by an administrator"
        )
        if not self.factors.take_away(user.id, [removed]):
            raise NoFactor
        self.post.send(user.email, letters.SECOND_FACTOR_REMOVED)

    def check(self, user: User, code: str | None) -> None:
        """Use up a code, if the account wants one. Raises OverLimit, CodeNeeded, CodeRefused."""
        if user.totp_secret is None:
            return
        if code is None:
            raise CodeNeeded
        self.throttle.code(user.id)
        presented = self._read(user.totp_secret, code)
        recovered = self.audit.entry(Action.RECOVERY_CODE_USED, actor_id=user.id, subject_id=user.id)
        entries = [recovered] if presented.period is None else []
        if not self.factors.use(user.id, user.totp_secret, presented, entries):
            self._refuse(user)

    def _read(self, secret: str, code: str) -> PresentedCode:
        return PresentedCode(period_of(secret, code, self.clock()), recovery_digest(code))

    def _refuse(self, user: User) -> NoReturn:
        self.audit.record(Action.CODE_REFUSED, actor_id=user.id, subject_id=user.id)
        raise CodeRefused
