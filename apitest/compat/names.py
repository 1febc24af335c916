"""Which names the old modules had, and what stands for each of them here."""

from functools import lru_cache
from importlib import import_module
from types import ModuleType

_HERE = "apitest.compat"


def _from(module: str, names: str) -> dict[str, str]:
    """Names to the module that has them, which may be renamed there: ``old=new``."""
    pairs = (name.partition("=") for name in names.split())
    return {old: f"{module}:{new or old}" for old, _, new in pairs}


_VALUES = _from(
    f"{_HERE}.parameters",
    "obtain_values config_functions get_value_from_config get_value_from_ctx get_value_from_environ"
    " get_value_from_vault needs_json",
)
_CONTEXT = _from(f"{_HERE}.contexts", "Context=Bunch context new_context")
_FILES = _from(f"{_HERE}.project_files", "get_data get_file get_full_path")
_RANDOM = _from(f"{_HERE}.randoms", "any_from_list parse_list rand_date rand_float rand_int rand_string")
_DATES = _from(f"{_HERE}.dates", "date_after date_after_before date_before date_between now utcnow utcnow_minus_hour")
_FILTERS = _from(f"{_HERE}.filters", "build_filter comparison_operators make_dict wrap_into_quotes")
_UTIL = {**_VALUES, **_CONTEXT, **_FILES, **_RANDOM, **_DATES, **_FILTERS}
del _UTIL["needs_json"]
_BUNCH = _from(f"{_HERE}.bunches", "Bunch bunchify unbunchify")
_CONSTANTS = _from(
    f"{_HERE}.constants",
    "version Auth AUTH=Auth Channel_Type CHANNEL_TYPE=Channel_Type Invalid INVALID=Invalid No_Value NO_VALUE=No_Value",
)
_INVOKING = _from(
    f"{_HERE}.invoking",
    "given_request_impl invoke_http invoke_zato_web_sockets_service set_request_format variable_is"
    " when_the_url_is_invoked",
)
_COMMON = {**_INVOKING, "needs_json": _VALUES["needs_json"]}

NAMES: dict[str, dict[str, str]] = {
    "zato.apitest": _CONSTANTS,
    "zato.apitest.util": _UTIL,
    "zato.apitest.typing_": {},
    "zato.apitest.steps": {},
    "zato.apitest.steps.common": {**_COMMON, "Bunch": _BUNCH["Bunch"]},
    "zato.apitest.steps.json": _from(
        f"{_HERE}.json_pointers", "assert_equals assert_value get_pointer int_types set_pointer"
    ),
    "zato.apitest.steps.xml": _from(f"{_HERE}.xpath_steps", "handle_xpath"),
    "zato.apitest.steps.sql": {**_FILTERS, "variable_is": _INVOKING["variable_is"]},
    "zato.apitest.steps.cassandra_": {},
    "zato.apitest.steps.zato_": {},
    "bunch": _BUNCH,
    "datadiff": _from(f"{_HERE}.datadiffs", "diff"),
    "datadiff.tools": _from(f"{_HERE}.datadiffs", "assert_equal=assert_equals assert_equals"),
    "base32_crockford": _from("apitest.checks.base32", "decode encode"),
}
_MODULES = {
    "zato.apitest": ("steps", "typing_", "util"),
    "zato.apitest.steps": ("cassandra_", "common", "json", "sql", "xml", "zato_"),
    "datadiff": ("tools",),
}


def fill(module: ModuleType) -> None:
    """Gives a module of an old name its names; each is looked up when it is first asked for."""
    name = module.__name__

    def look_up(attribute: str) -> object:
        value = find(name, attribute)
        vars(module).setdefault(attribute, value)
        return value

    vars(module)["__getattr__"] = look_up
    vars(module)["__all__"] = sorted((*NAMES[name], *_sentences(name)))


def find(module: str, name: str) -> object:
    """What an old name stands for.

    Raises:
        AttributeError: the module never had it; the message says what it has that is alike.
    """
    place = NAMES[module].get(name)
    if place is not None:
        home, _, attribute = place.partition(":")
        return getattr(import_module(home), attribute)
    if name in _MODULES.get(module, ()):
        return import_module(f"{module}.{name}")
    if module == "zato.apitest.typing_":
        from apitest.compat import typing_names

        return typing_names.find(name)
    if name in _sentences(module):
        from apitest.compat import sentences

        return sentences.function(module.rpartition(".")[2], name)
    raise _absent(module, name)


def _sentences(module: str) -> frozenset[str]:
    """The functions of the step modules that stood for one sentence each."""
    return _sentences_by_module().get(module.removeprefix("zato.apitest.steps."), frozenset())


@lru_cache(maxsize=1)
def _sentences_by_module() -> dict[str, frozenset[str]]:
    from apitest.compat import sentences

    return {module: frozenset(functions) for module, functions in sentences.table().items()}


def _absent(module: str, name: str) -> AttributeError:
    if name.startswith("__"):
        return AttributeError(name)
    from apitest.language.suggestions import near_misses

    known = [*NAMES[module], *_sentences(module), *_MODULES.get(module, ())]
    near = near_misses(name, known)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    return AttributeError(f"{module} has no {name}{hint}")
