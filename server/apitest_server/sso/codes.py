"""PURE  Why SSO refuses: the codes that its clients know, and what they mean."""

from apitest_server.errors import Refused

USERNAME_INVALID = "E001001"
USERNAME_EXISTS = "E001002"
USERNAME_TOO_LONG = "E001003"
USERNAME_HAS_WHITESPACE = "E001004"
USER_ID_INVALID = "E001100"
EMAIL_INVALID = "E002001"
EMAIL_EXISTS = "E002002"
EMAIL_TOO_LONG = "E002003"
EMAIL_HAS_WHITESPACE = "E002004"
EMAIL_MISSING = "E002005"
PASSWORD_INVALID = "E003001"  # noqa: S105 - the code of an error
PASSWORD_TOO_SHORT = "E003002"  # noqa: S105
PASSWORD_TOO_LONG = "E003003"  # noqa: S105
PASSWORD_EXPIRED = "E003004"  # noqa: S105
PASSWORD_MUST_CHANGE = "E003007"  # noqa: S105
APP_INVALID = "E004001"
NO_SIGNUP = "E004002"
NOT_ALLOWED = "E005001"
CONFIRMATION_INVALID = "E005002"
TOTP_MISSING = "E005003"
TOTP_INVALID = "E005004"
NO_SUCH_SESSION = "E007001"
INPUT_INVALID = "E008002"
ATTRIBUTE_EXISTS = "E009001"
NO_SUCH_ATTRIBUTE = "E009002"
RESET_INVALID = "E010001"
NO_SUCH_ACCOUNT = "E011001"
ACCOUNT_IS_LINKED = "E011002"

TEXTS = {
    USERNAME_INVALID: "The user name cannot be used",
    USERNAME_EXISTS: "The user name is taken",
    USERNAME_TOO_LONG: "The user name is too long",
    USERNAME_HAS_WHITESPACE: "The user name has blanks in it",
    USER_ID_INVALID: "There is no user with this ID",
    EMAIL_INVALID: "The e-mail address is not valid",
    EMAIL_EXISTS: "The e-mail address is taken",
    EMAIL_TOO_LONG: "The e-mail address is too long",
    EMAIL_HAS_WHITESPACE: "The e-mail address has blanks in it",
    EMAIL_MISSING: "An e-mail address is required",
    PASSWORD_INVALID: "The password is too easy to guess",
    PASSWORD_TOO_SHORT: "The password is too short",
    PASSWORD_TOO_LONG: "The password is too long",
    PASSWORD_EXPIRED: "The password has expired; sign in with a `new_password`, too",
    PASSWORD_MUST_CHANGE: "The password has to be changed; sign in with a `new_password`, too",
    APP_INVALID: "There is no such application",
    NO_SIGNUP: "Users cannot sign up",
    NOT_ALLOWED: "Not allowed",
    CONFIRMATION_INVALID: "The token is not valid, or not any longer",
    TOTP_MISSING: "A code is needed; call again with a `totp_code`, too",
    TOTP_INVALID: "The code is not valid, or not any longer",
    NO_SUCH_SESSION: "There is no such session",
    INPUT_INVALID: "The input is not valid",
    ATTRIBUTE_EXISTS: "There is an attribute of this name already",
    NO_SUCH_ATTRIBUTE: "There is no attribute of this name",
    RESET_INVALID: "The token or the key is not valid, or not any longer",
    NO_SUCH_ACCOUNT: "There is no such account, or more than one, or it is not linked",
    ACCOUNT_IS_LINKED: "The account is linked to another user",
}


def refused(*codes: str) -> Refused:
    """The error for codes; it is a 403 if the caller may not do it at all."""
    return Refused(codes, "; ".join(TEXTS[code] for code in codes), 403 if NOT_ALLOWED in codes else 400)
