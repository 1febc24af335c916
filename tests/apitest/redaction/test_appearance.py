"""What a value looks like."""

import pytest

from apitest.redaction.appearance import is_worth, looks_generated


@pytest.mark.parametrize(
    "value",
    [
        "K7F2-99XX-ABCD",
        "hunter2hunter2",
        "3f1c9a52-77aa-4f00-b1d0-111122223333",
        "AKIA1234567890ABCDEF",
        "s3cret-w0rd",
        "QWxhZGRpbjpvcGVu1+/x=",
    ],
)
def test_keys(value: str) -> None:
    """Letters and digits mixed, eight characters or more, are a key."""
    assert looks_generated(value)


@pytest.mark.parametrize(
    "value",
    [
        *("http://127.0.0.1:8080", "postgresql://maria:s3cret@db1/shop", "/var/lib/app1/data", "./file1.csv"),
        *("C:\\data1\\x", "db1.internal.example.com:5432", "localhost:8080", "10.0.0.1:9042", "maria1@example.com"),
        *("2026-01-31T12:00:00Z", "staging-eu1", "order-service-2", "Maria", "true", "12345678", "abcdefgh", "x9"),
        *("customer_42", "two words 22"),
    ],
)  # fmt: skip
def test_what_is_no_key(value: str) -> None:
    """Addresses, paths, names, dates and numbers are none."""
    assert not looks_generated(value)


def test_what_is_worth_hiding() -> None:
    """Six characters or more, and no word that anybody may use."""
    assert is_worth("s3cret") and not is_worth("abcde") and not is_worth("Password") and not is_worth("******")
