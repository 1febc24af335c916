"""Tests of apitest_server.redaction.markup."""

import pytest

from apitest_server.redaction.markup import masked_markup
from apitest_server.redaction.names import MASK


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<a><password>b</password><c>d</c></a>", f"<a><password>{MASK}</password><c>d</c></a>"),
        ("<password><![CDATA[</password>b]]></password>c", f"<password>{MASK}</password>c"),
        ("<secret><a>b</a><secrets/></secret>c", f"<secret>{MASK}</secret>c"),
        ('<a b="c" password="d"/>', f'<a b="c" password="{MASK}"/>'),
        ("<a x:pwd = 'd e'>f</a>", f"<a x:pwd = '{MASK}'>f</a>"),
        ('<param value="a" name="password"/>', f'<param value="{MASK}" name="password"/>'),
        ('<field name="token">a</field>', f'<field name="token">{MASK}</field>'),
        ("<name>pwd</name><value><i>1</i></value>x", f"<name>pwd</name><value>{MASK}</value>x"),
        ("<password>a", f"<password>{MASK}"),
        ('<a password="b', f'<a password="{MASK}"'),
        ('<a xmlns:password="urn:x" password=""/>', '<a xmlns:password="urn:x" password=""/>'),
        (
            "<password/><password></password><password> </password>",
            "<password/><password></password><password> </password>",
        ),
        ("a < b > c <1> <é> </a>", "a < b > c <1> <é> </a>"),
    ],
)
def test_secrets_are_masked_where_they_stand(text: str, shown: str) -> None:
    """Everything else stays as it is."""
    assert masked_markup(text) == shown
