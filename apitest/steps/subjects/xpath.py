"""XPaths of the response."""

from typing import TYPE_CHECKING

from apitest.context import StepContext
from apitest.errors import CheckFailed
from apitest.steps import anew
from apitest.steps.documents import xml_document
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import READ_FROM_TEXT, Kind, Subject

if TYPE_CHECKING:
    from lxml import etree


def find(ctx: StepContext, xpath: str) -> Found:
    """The texts of all that an XPath finds in the last response."""
    return below(ctx, xml_document(ctx), str(xpath), "the response")


def below(ctx: StepContext, document: "etree._Element", path: str, where: str) -> Found:
    """As `find`, in an XML element that errors call ``where``."""
    from apitest.documents import xpath as xpaths  # here, since most projects have no XML, and lxml takes time

    namespaces = ctx.zato.request.ns_map
    nodes = xpaths.select(document, path, namespaces)
    texts = [xpaths.text(node) for node in nodes]

    def absent() -> CheckFailed:
        if nodes:  # a condition that does not hold
            return CheckFailed("The XPath finds nothing", f"XPath {path} of {where}")
        return xpaths.absent(document, path, namespaces, where)

    return Found(
        ctx,
        f"XPath {path} of {where}",
        [] if nodes == [False] else texts,
        absent=absent,
        counted=texts,
        is_text=True,
        hint="" if nodes else xpaths.elsewhere(document, path, namespaces),
    )


SUBJECT = Subject(
    "XPath",
    ('XPath "{xpath}" {}',),
    'XPath "//order/total" {}',
    find,
    READ_FROM_TEXT | {Kind.SIZE, Kind.ABSENCE},
    column="XPath",
    again=anew.REQUEST,
)
