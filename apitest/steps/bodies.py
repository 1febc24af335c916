"""The sentences about a response's bytes, whatever they are: an image, an archive, a document of an office."""

from apitest.checks import content
from apitest.clients import files
from apitest.context import StepContext
from apitest.language.registry import then
from apitest.steps import anew, documents
from apitest.steps.documents import answer

_WHERE = "the bytes of the response"


@then('response has the bytes of "{path}"', again=anew.REQUEST)
def response_has_the_bytes_of(ctx: StepContext, path: str) -> None:
    """Compares the response, byte by byte, with a file in the directory "response" below that of its format.

    Example:
        response has the bytes of "logo.png"
    """
    file = documents.response_file(ctx, answer(ctx).format, path)
    content.same_bytes(answer(ctx).body, files.read_bytes(file), _WHERE)


@then('response has the checksum in "{path}"', again=anew.REQUEST)
def response_has_the_checksum_in(ctx: StepContext, path: str) -> None:
    """Compares the checksum of the response with that in a file, as sha256sum writes it: MD5, SHA-1, SHA-256 and so on.

    Example:
        response has the checksum in "logo.png.sha256"
    """
    file = documents.response_file(ctx, answer(ctx).format, path)
    content.has_checksum(answer(ctx).body, files.read(file), f"The file {path}", _WHERE)


@then('I save response as "{path}"')
def save_response(ctx: StepContext, path: str) -> None:
    """Writes the bytes of the response into a file below the directory "saved" of the project.

    Example:
        I save response as "invoices/2026-01.pdf"
    """
    files.save(ctx.zato, path, answer(ctx).body)
