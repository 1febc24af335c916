"""The decorator of steps about XPaths."""

from collections.abc import Callable

from apitest.compat.parameters import RAW
from apitest.context import StepContext
from apitest.errors import CheckFailed
from apitest.steps.documents import request_xml, xml_document

_Step = Callable[..., object]


def handle_xpath(is_request: bool) -> Callable[[_Step], _Step]:
    """Decorates a step so that it is called with the element that its parameter ``xpath`` or ``elem`` finds.

    Args:
        is_request: whether it is looked for in the request rather than in the response.
    """

    def decorate(func: _Step) -> _Step:
        def with_element(ctx: StepContext, **kwargs: object) -> object:
            given = kwargs.pop("xpath", None)
            xpath = ctx.zato.resolve(str(kwargs.pop("elem", None) if given is None else given))
            return func(ctx, _element(ctx, str(xpath), is_request), **kwargs)

        setattr(with_element, RAW, True)
        return with_element

    return decorate


def _element(ctx: StepContext, xpath: str, is_request: bool) -> object:
    from apitest.documents import xpath as xpaths

    document = request_xml(ctx) if is_request else xml_document(ctx)
    where = "the request" if is_request else "the response"
    found = xpaths.select(document, xpath, ctx.zato.request.ns_map)
    if len(found) != 1:
        xpaths.value(document, xpath, ctx.zato.request.ns_map, where)  # says what is missing where nothing was found
        raise CheckFailed(f'The XPath "{xpath}" finds {len(found)} elements where one is needed', where)
    return found[0]
