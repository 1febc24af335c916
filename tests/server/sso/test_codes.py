"""Tests of apitest_server.sso.codes."""

from apitest_server.sso import codes
from apitest_server.sso.codes import TEXTS, refused


def test_every_code_has_a_text() -> None:
    """And is used once."""
    known = [value for name, value in vars(codes).items() if name.isupper() and isinstance(value, str)]
    assert sorted(known) == sorted(TEXTS)


def test_what_is_refused() -> None:
    """403 if the caller may not do it, else 400; the texts are for people."""
    assert refused(codes.NOT_ALLOWED).status == 403
    error = refused(codes.USERNAME_EXISTS, codes.EMAIL_EXISTS)
    assert (error.status, error.codes) == (400, ("E001002", "E002002"))
    assert error.details == "The user name is taken; The e-mail address is taken"
