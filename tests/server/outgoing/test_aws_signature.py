"""Tests of apitest_server.outgoing.aws_signature with the signatures that Amazon has published.

The first ones are of its test suite for signature version 4, the others of the examples in its documentation.
"""

from datetime import UTC, datetime

import pytest

from apitest_server.outgoing.aws_signature import Signer

SUITE = Signer("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "service")
IAM = SUITE._replace(service="iam")
S3 = Signer("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1", "s3")
HOST, BUCKET = "https://example.amazonaws.com", "https://examplebucket.s3.amazonaws.com"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
VANILLA = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"


@pytest.mark.parametrize(
    ("signer", "method", "url", "headers", "body", "signature"),
    [
        (SUITE, "GET", f"{HOST}/", {}, b"", VANILLA),
        (SUITE, "GET", HOST, {}, b"", VANILLA),
        (SUITE, "GET", "https://EXAMPLE.amazonaws.com:443/", {}, b"", VANILLA),
        (SUITE, "GET", f"{HOST}/example/..", {}, b"", VANILLA),
        (SUITE, "GET", f"{HOST}//", {}, b"", VANILLA),
        (SUITE, "GET", f"{HOST}/./", {}, b"", VANILLA),
        (
            SUITE, "GET", f"{HOST}/?Param2=value2&Param1=value1", {}, b"",
            "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        ),
        (SUITE, "POST", f"{HOST}/", {}, b"", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
        (
            SUITE, "POST", f"{HOST}/", FORM, b"Param1=value1",
            "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
        ),
        (
            IAM, "GET", "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08",
            {"content-type": "application/x-www-form-urlencoded;  charset=utf-8 "}, b"",
            "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
        ),
        (
            S3, "GET", f"{BUCKET}/?lifecycle", {}, b"",
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        ),
        (
            S3, "GET", f"{BUCKET}/?max-keys=2&prefix=J", {}, b"",
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
        ),
    ],
)  # fmt: skip
def test_signatures_are_those_that_were_published(
    signer: Signer, method: str, url: str, headers: dict[str, str], body: bytes, signature: str
) -> None:
    """With the credentials, the moments and the requests of the same place."""
    now = datetime(2013, 5, 24, tzinfo=UTC) if signer is S3 else datetime(2015, 8, 30, 12, 36, tzinfo=UTC)
    made = signer.headers(method, signer.address(url), headers, body, now)
    assert made["Authorization"].partition("Signature=")[2] == signature


@pytest.mark.parametrize(
    ("service", "url", "expected"),
    [
        ("sqs", "/a%20b?x=a+b&y=%2b&z=(1)&e=#f", "/a%20b?x=a%20b&y=%2B&z=%281%29&e="),
        ("s3", "/a(1)%2Fb/./%C3%BC?b=2&a=1", "/a%281%29/b/./%C3%BC?b=2&a=1"),
    ],
)
def test_an_address_is_sent_as_it_is_signed(service: str, url: str, expected: str) -> None:
    """A space is never a plus, and what may be encoded or not is."""
    assert SUITE._replace(service=service).address(HOST + url) == HOST + expected


def test_what_is_signed_cannot_be_changed() -> None:
    """Neither the body, nor the address, nor a header of Amazon's; other headers may be."""
    now = datetime(2015, 8, 30, 12, 36, tzinfo=UTC)
    variants = [
        SUITE.headers("POST", url, headers, body, now)["Authorization"].rpartition("=")[2]
        for url, headers, body in (
            (f"{HOST}/a", {}, b"1"),
            (f"{HOST}/a", {}, b"2"),
            (f"{HOST}/b", {}, b"1"),
            (f"{HOST}/a?x=", {}, b"1"),
            (f"{HOST}/a", {"X-Amz-Target": "t"}, b"1"),
            (f"{HOST}:8443/a", {}, b"1"),
        )
    ]
    assert len(set(variants)) == len(variants)
    assert SUITE.headers("POST", f"{HOST}/a", {"X-Other": "x"}, b"1", now)["Authorization"].endswith(variants[0])
