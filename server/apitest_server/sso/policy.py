"""PURE  What user names, e-mail addresses and passwords may be; each function returns the codes of what is wrong."""

import re
import unicodedata
from collections.abc import Collection

from apitest_server.config.sso import SSO
from apitest_server.sso import codes

EMAIL_LONGEST = 254  # characters, as RFC 5321 has it
NAME_LONGEST = 500  # of user names, whatever server.conf says, and of other names
_ADDRESS = re.compile(r"[^@\x00-\x20\x7f]+@[^@\x00-\x20\x7f.]+(\.[^@\x00-\x20\x7f.]+)*").fullmatch
_NOT_A_LETTER = {"Cc", "Cf", "Cs", "Co", "Cn"}  # Categories of Unicode that nobody sees


def key_of(text: str) -> str:
    """A name as it is compared: forms of Unicode that look the same, and capitals, are one."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def username_problems(username: str, rules: SSO) -> list[str]:
    """What is wrong with a user name, whoever it is for."""
    found = []
    if not username or any(unicodedata.category(one) in _NOT_A_LETTER for one in username if not one.isspace()):
        found.append(codes.USERNAME_INVALID)
    if max(len(key_of(username)), len(username)) > min(rules.username_max_length, NAME_LONGEST):
        found.append(codes.USERNAME_TOO_LONG)
    if any(map(str.isspace, username)):
        found.append(codes.USERNAME_HAS_WHITESPACE)
    return found


def is_reserved(username: str, rules: SSO) -> bool:
    """Whether nobody may sign up with a user name."""
    return key_of(username) in set(map(key_of, rules.reject_usernames))


def email_problems(email: str, rules: SSO) -> list[str]:
    """What is wrong with an e-mail address; an empty one is none."""
    if not email:
        return [codes.EMAIL_MISSING] if rules.email_required else []
    if any(map(str.isspace, email)):
        return [codes.EMAIL_HAS_WHITESPACE]
    if max(len(key_of(email)), len(email)) > EMAIL_LONGEST:
        return [codes.EMAIL_TOO_LONG]
    is_seen = all(unicodedata.category(one) not in _NOT_A_LETTER for one in email)
    return [] if is_seen and _ADDRESS(email) else [codes.EMAIL_INVALID]


def is_name(text: str) -> bool:
    """Whether a text can be a name of a user that is shown to others, or the name of an attribute."""
    return len(text) <= NAME_LONGEST and all(unicodedata.category(one) not in _NOT_A_LETTER for one in text)


def password_problems(password: str, rules: SSO, of_user: Collection[str] = ()) -> list[str]:
    """What is wrong with a new password.

    Args:
        password: the password.
        rules: what server.conf says.
        of_user: what everybody can guess who knows the user, such as the user name; it must not be the password.
    """
    if len(password) < rules.password_min_length:
        return [codes.PASSWORD_TOO_SHORT]
    if len(password) > rules.password_max_length:
        return [codes.PASSWORD_TOO_LONG]
    rejected = {key_of(word) for word in (*rules.password_reject, *of_user) if word}
    is_easy = key_of(password) in rejected or len(kinds_of(password)) < rules.password_min_kinds
    return [codes.PASSWORD_INVALID] if is_easy else []


def kinds_of(password: str) -> set[str]:
    """Of ``lower``, ``upper``, ``digit`` and ``other``, those that a password has characters of."""
    return {_kind(one) for one in password}


def _kind(character: str) -> str:
    if character.islower():
        return "lower"
    if character.isupper():
        return "upper"
    return "digit" if character.isdigit() else "other"
