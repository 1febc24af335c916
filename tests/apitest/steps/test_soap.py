"""Sentences about the text that an XPath finds, and about SOAP faults."""

import pytest

from apitest.errors import CheckFailed
from tests.apitest.steps.answers import answers_json, answers_xml
from tests.apitest.steps.playing import Play

DOCUMENT = """<root><n>17</n><t>ORD-0017.pdf</t><day>2026-02-28</day>
<id>c232ab00-9414-11ec-b3c8-9f6bdeced846</id></root>"""

SENTENCES = [
    ('XPath "//t" starts with "ORD"', 'XPath "//t" starts with "ord"'),
    ('XPath "//t" does not start with "ord"', 'XPath "//t" does not start with "ORD"'),
    ('XPath "//t" ends with ".pdf"', 'XPath "//t" ends with ".PDF"'),
    ('XPath "//t" does not end with ".exe"', 'XPath "//t" does not end with ".pdf"'),
    ('XPath "//t" contains "0017"', 'XPath "//t" contains "0018"'),
    ('XPath "//t" does not contain "0018"', 'XPath "//t" does not contain "0017"'),
    ('XPath "//t" matches "^ORD-[0-9]{4}"', 'XPath "//t" matches "^[0-9]"'),
    ('XPath "//t" does not match "^[0-9]"', 'XPath "//t" does not match "[0-9]"'),
    ('XPath "//n" is greater than "16"', 'XPath "//n" is greater than "17"'),
    ('XPath "//n" is greater than "16"', 'XPath "//t" is greater than "16"'),
    ('XPath "//n" is less than "18"', 'XPath "//n" is less than "17"'),
    ('XPath "//n" is at least "17"', 'XPath "//n" is at least "17.1"'),
    ('XPath "//n" is at most "17"', 'XPath "//n" is at most "16.9"'),
    ('XPath "//n" is between "17" and "18"', 'XPath "//n" is between "18" and "19"'),
    ('XPath "//id" is a uuid', 'XPath "//n" is a uuid'),
    ('XPath "//day" is a date "YYYY-MM-DD"', 'XPath "//t" is a date "YYYY-MM-DD"'),
]


def test_sentences_hold_or_fail(play: Play, subtests: pytest.Subtests) -> None:
    """Each sentence passes where it holds, contracted, too, and fails where it does not."""
    for holds, fails in SENTENCES:
        with subtests.test(holds):
            answers_xml(play, DOCUMENT)
            play("Then " + holds, "Then " + holds.replace("does not", "doesn't"))
            for sentence in (fails, fails.replace("does not", "doesn't")):
                with pytest.raises(CheckFailed) as caught:
                    play("Then " + sentence)
                assert caught.value.where.startswith("XPath //")


@pytest.mark.parametrize(
    ("namespace", "body"),
    [
        ("http://schemas.xmlsoap.org/soap/envelope/", "<faultcode>Server</faultcode><faultstring>Down</faultstring>"),
        ("http://www.w3.org/2003/05/soap-envelope", "<s:Reason><s:Text>Down</s:Text></s:Reason>"),
    ],
)
def test_a_soap_fault_is_recognised(play: Play, namespace: str, body: str) -> None:
    """Faults of both SOAP versions are faults, and their text is told where none is expected."""
    answers_xml(play, f'<s:Envelope xmlns:s="{namespace}"><s:Body><s:Fault>{body}</s:Fault></s:Body></s:Envelope>')
    play("Then response is a SOAP fault")
    with pytest.raises(CheckFailed) as caught:
        play("Then response is not a SOAP fault")
    assert "Down" in caught.value.actual


def test_other_xml_is_no_soap_fault(play: Play) -> None:
    """XML without a fault is not a fault, and neither is what is not XML."""
    answers_xml(play, DOCUMENT)
    play("Then response isn't a SOAP fault")
    with pytest.raises(CheckFailed, match="not a SOAP fault"):
        play("Then response is a SOAP fault")
    answers_json(play, {})
    with pytest.raises(CheckFailed, match="not valid XML"):
        play("Then response is not a SOAP fault")
