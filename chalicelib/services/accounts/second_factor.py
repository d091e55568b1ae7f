"""Second factors: codes of an authenticator app, and recovery codes."""

from typing import NoReturn

import msgspec

from chalicelib.model.attempts import Attempt
from chalicelib.model.audit import AuditAction
from chalicelib.model.clock import Clock
from chalicelib.model.errors import InvalidField
from chalicelib.model.users import CodeRefused, CodeRequired, NoSecondFactor, PresentedCode, SecondFactorExists, User
from chalicelib.security.one_time_codes import enrolment_uri, new_recovery_codes, new_secret, period_of, recovery_digest
from chalicelib.security.passwords import MIN_PASSWORD_LENGTH, Passwords, length
from chalicelib.services.accounts.throttling import Throttle
from chalicelib.services.audit import AuditRecorder
from chalicelib.services.email.mailer import Mailer, Message
from chalicelib.storage.tables.second_factors import SecondFactorsTable


class Enrolment(msgspec.Struct, frozen=True):
    """The secret for an authenticator app, in Base32 and as an `otpauth` URI for a QR code."""

    secret: str
    uri: str


class SecondFactorService(msgspec.Struct, frozen=True):
    """The use cases of second factors: enrolling, confirming, checking, and removing one."""

    factors: SecondFactorsTable
    passwords: Passwords
    throttle: Throttle
    audit: AuditRecorder
    mailer: Mailer
    clock: Clock

    def enrol(self, user: User, password: str) -> Enrolment:
        """Propose a new secret for an authenticator app, which takes effect when `confirm` is called.

        It replaces an earlier proposed secret. Raises InvalidField if the password is wrong, RateLimitExceeded, and
        SecondFactorExists.
        """
        self.throttle.password(user.id)
        self.passwords.check(user.password_hash, password)
        secret = new_secret()
        if not self.factors.propose(user.id, secret):
            raise SecondFactorExists
        return Enrolment(secret, enrolment_uri(secret, user.email))

    def confirm(self, user: User, code: str) -> list[str]:
        """Enable the second factor with a code of the proposed secret; return ten recovery codes, each valid once.

        Only the digests of the recovery codes are stored. Raises InvalidField if the code is wrong or no secret was
        proposed, RateLimitExceeded, and SecondFactorExists.
        """
        if user.totp_secret is not None:
            raise SecondFactorExists
        self.throttle.code(user.id)
        secret = user.totp_proposed
        period = period_of(secret, code, self.clock()) if secret else None
        codes = new_recovery_codes()
        digests = [recovery_digest(recovery_code) for recovery_code in codes]
        added = self.audit.event(AuditAction.SECOND_FACTOR_ADDED, actor_id=user.id, subject_id=user.id)
        if not secret or period is None or not self.factors.confirm(user.id, secret, period, digests, [added]):
            raise InvalidField("code", "is not the current code of the secret that was proposed last")
        self.mailer.send(user.email, Message.SECOND_FACTOR_ADDED)
        return codes

    def disable(self, user: User, password: str, code: str) -> None:
        """Remove the user's second factor, given the password and a code, and send a notification.

        The code is one of the authenticator app or a recovery code. Raises NoSecondFactor, RateLimitExceeded,
        CodeRefused, and InvalidField if the password is wrong or too short for an account without a second factor.
        """
        if user.totp_secret is None:
            raise NoSecondFactor
        self.throttle.code(user.id)
        self.passwords.check(user.password_hash, password)
        if length(password) < MIN_PASSWORD_LENGTH:
            raise InvalidField(
                "password", f"has fewer than {MIN_PASSWORD_LENGTH} characters; choose a longer one first"
            )
        removed = self.audit.event(AuditAction.SECOND_FACTOR_REMOVED, actor_id=user.id, subject_id=user.id)
        if not self.factors.remove(user.id, user.totp_secret, self._read(user.totp_secret, code), [removed]):
            self._refuse(user)
        self.mailer.send(user.email, Message.SECOND_FACTOR_REMOVED)

    def reset(self, actor_id: str, user: User) -> None:
        """Remove a user's second factor without a code, as an administrator, and send a notification.

        Raises NoSecondFactor.
        """
        removed = self.audit.event(
            AuditAction.SECOND_FACTOR_REMOVED,
            actor_id=actor_id,
            user_id=user.id,
            subject_id=user.id,
            detail="by an administrator",
        )
        if not self.factors.reset(user.id, [removed]):
            raise NoSecondFactor
        self.mailer.send(user.email, Message.SECOND_FACTOR_REMOVED)

    def check(self, user: User, code: str | None) -> list[Attempt]:
        """Consume a code of the authenticator app or a recovery code; do nothing if the account has no second factor.

        Return the attempts that were counted: one, or none without a second factor. Raises CodeRequired if the code is
        None, CodeRefused if it is wrong or was used before, and RateLimitExceeded.
        """
        if user.totp_secret is None:
            return []
        if code is None:
            raise CodeRequired
        attempt = self.throttle.code(user.id)
        presented = self._read(user.totp_secret, code)
        recovered = self.audit.event(AuditAction.RECOVERY_CODE_USED, actor_id=user.id, subject_id=user.id)
        events = [recovered] if presented.period is None else []
        if not self.factors.use(user.id, user.totp_secret, presented, events):
            self._refuse(user)
        return [attempt]

    def _read(self, secret: str, code: str) -> PresentedCode:
        return PresentedCode(period_of(secret, code, self.clock()), recovery_digest(code))

    def _refuse(self, user: User) -> NoReturn:
        self.audit.record(AuditAction.CODE_REFUSED, actor_id=None, user_id=user.id, subject_id=user.id)
        raise CodeRefused
