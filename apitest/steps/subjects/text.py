"""The body of the response as text, its checksum, and its URL."""

from apitest.checks import content
from apitest.context import StepContext
from apitest.steps import anew, status
from apitest.steps.documents import answer
from apitest.steps.subjects.found import Found
from apitest.steps.subjects.subject import READ_FROM_TEXT, Subject


def find(ctx: StepContext) -> Found:
    """The body as text, whatever its format."""
    return Found(ctx, "the text of the response", [answer(ctx).data_text], is_text=True)


def find_url(ctx: StepContext) -> Found:
    """The URL that the response came from, which redirects may have changed."""
    return Found(ctx, "the URL of the response", [status.http(answer(ctx)).received.url], is_text=True)


def find_checksum(ctx: StepContext, algorithm: str) -> Found:
    """The checksum of the body's bytes, in small hexadecimal digits."""
    found = content.checksum(answer(ctx).body, str(algorithm))
    return Found(ctx, f"the {algorithm} checksum of the response", [found], is_text=True)


SUBJECT = Subject("response text", ("response text {}",), "response text {}", find, READ_FROM_TEXT, again=anew.REQUEST)
URL = Subject("response URL", ("response URL {}",), "response URL {}", find_url, READ_FROM_TEXT, again=anew.REQUEST)
CHECKSUM = Subject(
    "checksum",
    ('checksum "{algorithm}" of response {}',),
    'checksum "SHA-256" of response {}',
    find_checksum,
    READ_FROM_TEXT,
    again=anew.REQUEST,
)
