"""How the XML of the pending request is changed; the values are in the grid of `setting`."""

from apitest.checks.mismatch import written
from apitest.context import StepContext
from apitest.errors import BadValue
from apitest.expressions import expression
from apitest.language.registry import given
from apitest.steps.documents import request_xml

_PREFIX = expression(r"(?!xml\Z)[^\W\d][\w.-]*")


def set_text(ctx: StepContext, xpath: str, value: object) -> None:
    """Puts the text of a value into every element and attribute that an XPath finds in the request.

    Raises:
        BadValue: there is no XML request, the XPath finds nothing, or it has a prefix that is not declared.
    """
    from apitest.documents import (
        xpath as xpaths,  # here, since most projects have no XML, and lxml takes time to import
    )

    xpaths.assign(request_xml(ctx), str(xpath), ctx.zato.request.ns_map, written(value), "the request")


@given('namespace prefix "{prefix}" of "{namespace}"', since="1.0")
def namespace_prefix(ctx: StepContext, prefix: str, namespace: str) -> None:
    """Declares a prefix for the XPaths of this feature, in requests and responses.

    Raises:
        BadValue: no prefix can be written so.

    Example:
        namespace prefix "cust" of "http://example.com/cust"
    """
    if not _PREFIX.fullmatch(str(prefix)):
        problem = f'"{prefix}" cannot be a prefix of XPaths'
        raise BadValue(problem, fix="A prefix is a letter, and letters, digits, -, _ and . after it, such as cust.")
    ctx.zato.request.ns_map[str(prefix)] = str(namespace)
