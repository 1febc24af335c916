"""Tests of apitest_server.redaction.texts."""

import pytest

from apitest_server.redaction import MASK, masked_text, without, without_credentials


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a=b&password=c d", f"a=b&password={MASK} d"),
        ("a=b;pwd=c&d=e", f"a=b;pwd={MASK}&d=e"),
        ("/a?key=b&c=d", f"/a?key={MASK}&c=d"),
        ("a=b&key=c", "a=b&key=c"),
        ("x=https%3A%2F%2Fa%3Ftoken%3Db", f"x=https://a?token={MASK}"),
        ("x=%25252525", "x=%25252525"),
        ("Cookie: a=b; c=d\r\nHost: e", f"Cookie: {MASK}\r\nHost: e"),
        ("is_token: true", "is_token: true"),
        ("password: ''", "password: ''"),
        ('{"token": null, "secret": [1, "]"], "a": {', f'{{"token": null, "secret": "{MASK}", "a": {{'),
        ('{"secret": {"a": "b', f'{{"secret": "{MASK}"'),
        ('{"pass\\u0077ord": 12, "\\x": 1, ', f'{{"pass\\u0077ord": "{MASK}", "\\x": 1, '),
        ("PASSWORD 'a''b' c", f"PASSWORD {MASK} c"),
        ('name="token"\r\n\r\na\r\n--b', f'name="token"\r\n\r\n{MASK}\r\n--b'),
        ('name="a"\n\nb\n--c', 'name="a"\n\nb\n--c'),
        ("http://a:80/b?c=d@e", "http://a:80/b?c=d@e"),
        ("the password is wrong, a basic problem; see tokens", "the password is wrong, a basic problem; see tokens"),
    ],
)
def test_secrets_are_masked_where_they_stand(text: str, shown: str) -> None:
    """Everything else stays as it is."""
    assert masked_text(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("at http://:b@c and d://e:f@g", f"at http://:{MASK}@c and d://e:{MASK}@g"),
        ("Basic YTpi and basic information", f"Basic {MASK} and basic information"),
        (
            "Basic YTp+ is, Basic AB is too short to tell, Basic YTpi9",
            f"Basic {MASK} is, Basic AB is too short to tell, Basic {MASK}",
        ),
        ("Bearer abcdef, Digest a, digest authentication", f"Bearer {MASK}, Digest a, digest authentication"),
        ('Digest a="b", c=d', f"Digest {MASK}"),
        ("eyJhbGciOiJI.e30.x-y", MASK),
        ("-----BEGIN PRIVATE KEY-----\na\n-----END", f"-----BEGIN PRIVATE KEY-----{MASK}-----END"),
        ("password=a", "password=a"),
    ],
)
def test_credentials_are_told_by_their_shape(text: str, shown: str) -> None:
    """Names do not count there: a log is read by people who look for something."""
    assert without_credentials(text) == shown


def test_a_secret_where_a_text_is_cut_is_masked() -> None:
    """It is masked before it is cut."""
    text = "x" * 9_980 + " http://a:" + "b" * 100 + "@c"
    assert "b" not in masked_text(text)


def test_known_secrets_are_masked_wherever_they_stand() -> None:
    """The longest first; a short one as a word only."""
    assert without("abcdef abcd a ab", ["abcd", "abcdef", "a", ""]) == f"{MASK} {MASK} {MASK} ab"


def test_markup_within_a_text() -> None:
    """Is masked like all else."""
    assert masked_text("got <password>hush</password> back") == f"got <password>{MASK}</password> back"


def test_a_name_without_a_value() -> None:
    """Leaves what follows it as it is."""
    assert masked_text("password=&a=b") == "password=&a=b"
    assert masked_text('{"password": , "a": 1}') == '{"password": , "a": 1}'
