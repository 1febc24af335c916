"""PURE  Endpoints -> an OpenAPI 3.1 document."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from apitest_server.openapi.schema import of_element, of_fields, one_or_many
from apitest_server.service.elements import Text
from apitest_server.service.simpleio import Fields

VERSION = "3.1.1"
_PARAM = re.compile(r"\{(\w+)\*?\}")
_WITH_BODY = {"post", "put", "patch"}
_WITH_FIELDS = ("json", "sso", "form")
_MEDIA_TYPES = {
    "json": "application/json",
    "sso": "application/json",
    "xml": "application/xml",
    "form": "application/x-www-form-urlencoded",
    "raw": "text/plain",
    "soap-1.1": "text/xml",
    "soap-1.2": "application/soap+xml",
}
_NO_FIELDS = Fields((), ())
_ERROR = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("result", "cid", "details")},
    "required": ["result", "cid", "details"],
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What answers some methods of a path.

    Attributes:
        name: of the channel.
        path: with parameters as channels write them.
        methods: in small letters.
        service: the service's name.
        about: the service's docstring.
        input: the fields that it takes; ``None`` where it declares none.
        output: the fields that it returns; likewise.
        security: the name of a security scheme, or empty.
        data_format: of the request's body.
    """

    name: str
    path: str
    methods: tuple[str, ...]
    service: str
    about: str = ""
    input: Fields | None = None
    output: Fields | None = None
    security: str = ""
    data_format: str = "json"


def document(
    title: str, version: str, endpoints: Iterable[Endpoint], schemes: Mapping[str, object]
) -> dict[str, object]:
    """The whole document.

    Args:
        title: what the API is called.
        version: of the API.
        endpoints: what there is to call.
        schemes: security schemes by name, as OpenAPI wants them.
    """
    paths: dict[str, dict[str, object]] = {}
    templates: dict[str, str] = {}
    names: set[str] = set()
    for endpoint in sorted(endpoints, key=lambda each: each.path):
        template, params = _template(endpoint.path, templates)
        item = paths.setdefault(template, {})
        for method in endpoint.methods:
            item.setdefault(method, _operation(endpoint, method, params, names))
    components: dict[str, object] = {"schemas": {"Error": _ERROR}}
    if schemes:
        components["securitySchemes"] = schemes
    return {
        "openapi": VERSION,
        "info": {"title": title, "version": version},
        "paths": paths,
        "components": components,
    }


def _template(path: str, templates: dict[str, str]) -> tuple[str, dict[str, str]]:
    """A path as OpenAPI writes it, and its parameters: name in the channel -> name in the document.

    Paths that differ in the names of their parameters only are one path there, with the names of the first one.
    """
    own = _PARAM.findall(path)
    shape = _PARAM.sub("{}", path)
    template = templates.setdefault(shape, _PARAM.sub(r"{\1}", path))
    return template, dict(zip(own, _PARAM.findall(template), strict=True))


def _operation(endpoint: Endpoint, method: str, params: dict[str, str], names: set[str]) -> dict[str, object]:
    summary, _, description = endpoint.about.partition("\n")
    operation: dict[str, object] = {
        "operationId": _unique(f"{endpoint.name}.{method}", names),
        "tags": [endpoint.service.rpartition(".")[0] or endpoint.service],
        "summary": summary.strip() or endpoint.service,
        "parameters": _parameters(endpoint, method, params),
        "responses": _responses(endpoint),
    }
    if description.strip():
        operation["description"] = "\n".join(line.strip() for line in description.strip().splitlines())
    if method in _WITH_BODY:
        operation["requestBody"] = _body(endpoint, params)
    if endpoint.security:
        operation["security"] = [{endpoint.security: []}]
    return operation


def _parameters(endpoint: Endpoint, method: str, params: dict[str, str]) -> list[dict[str, object]]:
    fields = endpoint.input or _NO_FIELDS
    by_name = {element.name: element for element in fields.elements}
    found = [
        {"name": shown, "in": "path", "required": True, "schema": of_element(by_name.get(name) or Text(name))}
        for name, shown in params.items()
    ]
    if method in _WITH_BODY:
        return found
    required = {element.name for element in fields.required}
    query = [element for element in fields.elements if element.name not in params]
    return found + [
        {"name": each.name, "in": "query", "required": each.name in required, "schema": of_element(each)}
        for each in query
    ]


def _body(endpoint: Endpoint, params: dict[str, str]) -> dict[str, object]:
    schema = {} if endpoint.input is None else of_fields(endpoint.input, params)
    media_type = _MEDIA_TYPES[endpoint.data_format]
    content = {media_type: {"schema": schema if endpoint.data_format in _WITH_FIELDS else {}}}
    return {"required": bool(schema.get("required")), "content": content}


def _responses(endpoint: Endpoint) -> dict[str, object]:
    content = {}
    media_type = _MEDIA_TYPES["xml" if endpoint.data_format == "xml" else "json"]
    if endpoint.output is not None:
        content = {"content": {media_type: {"schema": one_or_many(of_fields(endpoint.output))}}}
    error = {"content": {media_type: {"schema": {"$ref": "#/components/schemas/Error"}}}}
    return {
        "200": {"description": "What the service returns", **content},
        "default": {"description": "An error, with the cid to ask about", **error},
    }


def _unique(name: str, names: set[str]) -> str:
    found, number = name, 1
    while found in names:
        number += 1
        found = f"{name}.{number}"
    names.add(found)
    return found
