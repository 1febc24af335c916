"""Users in the ODB: how they are found, and what is told of them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from apitest_server.odb.sso_models import SSOUser
from apitest_server.sso import codes
from apitest_server.sso.asking import moment
from apitest_server.sso.codes import refused
from apitest_server.sso.policy import key_of

NAMES = ("display_name", "first_name", "middle_name", "last_name")
BEFORE, APPROVED, REJECTED = "before_decision", "approved", "rejected"
TO_CONFIRM, TO_APPROVE, FINAL = "before_confirmation", "to_approve", "final"
APPROVALS = (BEFORE, APPROVED, REJECTED)
SIGN_UPS = (TO_CONFIRM, TO_APPROVE, FINAL)


def by_id(session: Session, user_id: str) -> SSOUser:
    """The user with an ID.

    Raises:
        Refused: there is none.
    """
    found = session.scalar(select(SSOUser).where(SSOUser.user_id == plain(user_id)))
    if found is None:
        raise refused(codes.USER_ID_INVALID)
    return found


def by_username(session: Session, username: str, to_change: bool = False) -> SSOUser | None:
    """The user of a user name, in any case; one that will be changed is as it is until that is done."""
    found = select(SSOUser).where(SSOUser.username_key == plain(key_of(username)))
    return session.scalar(found.with_for_update() if to_change else found)


def by_email(session: Session, email: str) -> SSOUser | None:
    """The user of an e-mail address, in any case; none where there are several."""
    found = session.scalars(select(SSOUser).where(SSOUser.email_key == plain(key_of(email))).limit(2)).all()
    return found[0] if email and len(found) == 1 else None


def plain(text: str) -> str:
    """A text that any database takes."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def why_not(user: SSOUser) -> str:
    """Why a user may not be signed in, for the log; empty if the user may."""
    if user.is_locked:
        return "is locked"
    if user.sign_up_status == TO_CONFIRM:
        return "has not confirmed the sign-up"
    if user.approval_status != APPROVED:
        return "is not approved"
    return ""


def is_expired(user: SSOUser, now: float) -> bool:
    """Whether a user's password has to be changed before anything else."""
    return user.password_expiry is not None and user.password_expiry <= now


def described(user: SSOUser, for_super_user: bool) -> dict[str, object]:
    """What is told of a user: to the user, or to those who administer users."""
    told: dict[str, object] = {"user_id": user.user_id, "username": user.username, "email": user.email}
    told.update({name: user.names.get(name, "") for name in NAMES})
    told.update(is_totp_enabled=user.is_totp_enabled, totp_label=user.totp_label)
    if for_super_user:
        told.update(
            is_active=True,
            is_internal=False,
            is_super_user=user.is_super_user,
            is_approval_needed=user.is_approval_needed,
            approval_status=user.approval_status,
            approval_status_mod_by=user.approval_status_mod_by,
            approval_status_mod_time=moment(user.approval_status_mod_time),
            is_locked=user.is_locked,
            locked_time=moment(user.locked_time),
            locked_by=user.locked_by,
            password_is_set=True,
            password_must_change=user.password_must_change,
            password_last_set=moment(user.password_set),
            password_expiry=moment(user.password_expiry),
            sign_up_status=user.sign_up_status,
            sign_up_time=moment(user.sign_up_time),
        )
    return told
