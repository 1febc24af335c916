"""API tests in plain English; here is what the Python steps of a project import.

Everything is looked up when it is asked for: importing this package costs nothing.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False  # as type checkers know it; the module typing would take longer to import than all of this

if TYPE_CHECKING:
    from behave import given, step, then, when

    from apitest.compat.contexts import new_context
    from apitest.compat.dates import date_after, date_before, date_between, now, utcnow, utcnow_minus_hour
    from apitest.compat.invoking import invoke_http, when_the_url_is_invoked
    from apitest.compat.json_pointers import assert_value, get_pointer, set_pointer
    from apitest.compat.parameters import needs_json, obtain_values
    from apitest.compat.project_files import get_data, get_file, get_full_path
    from apitest.compat.randoms import any_from_list, parse_list, rand_date, rand_float, rand_int, rand_string

__all__ = [
    "any_from_list",
    "assert_value",
    "date_after",
    "date_before",
    "date_between",
    "get_data",
    "get_file",
    "get_full_path",
    "get_pointer",
    "given",
    "invoke_http",
    "needs_json",
    "new_context",
    "now",
    "obtain_values",
    "parse_list",
    "rand_date",
    "rand_float",
    "rand_int",
    "rand_string",
    "set_pointer",
    "step",
    "then",
    "utcnow",
    "utcnow_minus_hour",
    "when",
    "when_the_url_is_invoked",
]

_OLD_HOMES = ("zato.apitest.util", "zato.apitest.steps.common", "zato.apitest.steps.json")


if not TYPE_CHECKING:  # so that a misspelt name is an error there

    def __getattr__(name: str) -> object:
        """A name that projects import, found on first use."""
        if name not in __all__:
            raise AttributeError(f"module 'apitest' has no attribute {name!r}")
        if name in ("given", "step", "then", "when"):
            import behave

            value = getattr(behave, name)
        else:
            from apitest.compat import names

            home = next(home for home in _OLD_HOMES if name in names.NAMES[home])
            value = names.find(home, name)
        globals()[name] = value
        return value
