import pytest

from apitest_server.audit.event import told


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{"a": "\xc3\xab"}', (11, '{"a":"ë"}')),
        ("some text", (9, "some text")),
        ({"a": [1, None]}, (14, '{"a":[1,null]}')),
        (None, (0, "")),
        (b"a\0\xff", (3, "a\ufffd\ufffd")),
        ({(1, 2): object}, (None, None)),
    ],
)
def test_what_is_kept_is_text(data: object, expected: tuple[int | None, str | None]) -> None:
    """Whatever it was; the size is that of what came."""
    size, text = told(data, 100)
    if expected[0] is None:
        assert "1, 2" in text
    else:
        assert (size, text) == expected


def test_secrets_are_not_kept() -> None:
    """Also not of a message that is cut where the secret stands."""
    given = {"filler": "x" * 50, "password": "very-secret", "more": "y" * 50}
    for most in range(1, 200, 7):
        assert "very" not in told(given, most)[1]
    assert "very" not in told(b'{"password": "very-secret' + b"x" * 200_000, 5000)[1]


def test_a_long_message_is_cut() -> None:
    """Between two characters, and it says so; its size is that of all of it."""
    assert told("ëëë", 3) == (6, "ë…")


def test_what_json_cannot_hold_is_shown_as_python_has_it() -> None:
    """Half of a pair of surrogates within a list, for example."""
    assert told(["\ud800"], 100)[1] == r"['\ud800']"
