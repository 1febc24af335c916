"""Steps of this project's own, beside the built-in ones; one with the sentence of a built-in step replaces it."""

from behave import then
from jsonpointer import resolve_pointer


@then('the list "{path}" is sorted by "{key}"')
def list_is_sorted(ctx, path, key):
    """Values such as "#name" and "@name" are replaced before a step is called; a failed assert is a failed check.

    ctx.zato.response has the last response, ctx.zato.request the request, ctx.zato.user_ctx the stored values.
    """
    rows = resolve_pointer(ctx.zato.response.data_impl, path)
    found = [row[key] for row in rows]
    assert found == sorted(found), f"{key} comes in the order {found}"
