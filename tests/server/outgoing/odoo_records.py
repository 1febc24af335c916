"""Models of Odoo with records in SQLite, whose methods do what Odoo's manual of its external API says."""

import json
import sqlite3
from collections.abc import Callable
from typing import Any
from xmlrpc.client import Fault

WARNING, ACCESS_DENIED = 2, 3  # Codes of faults
Fields = dict[str, dict[str, Any]]
MODELS: dict[str, Fields] = {
    "res.partner": {
        "name": {"type": "char", "string": "Name", "required": True},
        "email": {"type": "char", "string": "Email", "required": False},
        "is_company": {"type": "boolean", "string": "Is a Company", "required": False},
        "color": {"type": "integer", "string": "Color Index", "required": False},
    },
    "res.country": {"code": {"type": "char", "string": "Country Code", "required": True}},
}
_PYTHON: dict[str, type] = {"char": str, "boolean": bool, "integer": int}
_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda found, wanted: bool(found == wanted),
    "!=": lambda found, wanted: bool(found != wanted),
    ">": lambda found, wanted: bool(found > wanted),
    "<": lambda found, wanted: bool(found < wanted),
    "in": lambda found, wanted: found in wanted,
    "not in": lambda found, wanted: found not in wanted,
    "like": lambda found, wanted: str(wanted) in str(found or ""),
    "ilike": lambda found, wanted: str(wanted).lower() in str(found or "").lower(),
}


class Model:
    """One model; each of its public methods can be called by clients."""

    def __init__(self, name: str, database: sqlite3.Connection) -> None:
        self._name, self._fields = name, MODELS[name]
        self._table = name.replace(".", "_")
        self._database = database
        database.execute(
            f"CREATE TABLE IF NOT EXISTS {self._table} (id INTEGER PRIMARY KEY AUTOINCREMENT, fields TEXT)"
        )

    def create(self, values: Any) -> Any:
        """The ID of the new record; of a list, those of all."""
        if isinstance(values, list):
            return [self.create(each) for each in values]
        self._check(values)
        for name, about in self._fields.items():
            if about["required"] and not values.get(name):
                raise Fault(WARNING, f"The operation cannot be completed:\n- Missing required value for '{name}'")
        return self._database.execute(f"INSERT INTO {self._table} (fields) VALUES (?)", [json.dumps(values)]).lastrowid

    def write(self, ids: Any, values: dict[str, Any]) -> bool:
        self._check(values)
        for record in self._found(ids):
            changed = json.dumps({**self._stored(record), **values})
            self._database.execute(f"UPDATE {self._table} SET fields = ? WHERE id = ?", [changed, record["id"]])
        return True

    def unlink(self, ids: Any) -> bool:
        for record in self._found(ids):
            self._database.execute(f"DELETE FROM {self._table} WHERE id = ?", [record["id"]])
        return True

    def read(self, ids: Any, fields: Any = None) -> list[dict[str, Any]]:
        return [self._shown(record, fields) for record in self._found(ids)]

    def search(self, domain: Any, offset: int = 0, limit: Any = None, order: str = "id") -> list[int]:
        name, _, direction = order.partition(" ")
        found = [record for record in self._all() if self._matches(record, list(domain))]
        found.sort(key=lambda record: self._value(record, name), reverse=direction.lower() == "desc")
        return [record["id"] for record in found][offset : offset + limit if limit else None]

    def search_count(self, domain: Any) -> int:
        return len(self.search(domain))

    def search_read(self, domain: Any = (), fields: Any = None, **options: Any) -> list[dict[str, Any]]:
        return self.read(self.search(domain, **options), fields)

    def fields_get(self, allfields: Any = None, attributes: Any = None) -> Fields:
        every = {"id": {"type": "integer", "string": "ID", "required": False}, **self._fields}
        return {
            name: {key: value for key, value in about.items() if not attributes or key in attributes}
            for name, about in every.items()
            if not allfields or name in allfields
        }

    def _all(self) -> list[dict[str, Any]]:
        rows = self._database.execute(f"SELECT id, fields FROM {self._table} ORDER BY id")
        return [{**json.loads(fields), "id": number} for number, fields in rows]

    def _found(self, ids: Any) -> list[dict[str, Any]]:
        wanted = [ids] if isinstance(ids, int) else ids
        found = {record["id"]: record for record in self._all()}
        missing = [number for number in wanted if number not in found]
        if missing:
            raise Fault(WARNING, f"Record does not exist or has been deleted.\n(Record: {self._name}({missing[0]},))")
        return [found[number] for number in wanted]

    def _stored(self, record: dict[str, Any]) -> dict[str, Any]:
        return {name: record[name] for name in self._fields if name in record}

    def _shown(self, record: dict[str, Any], fields: Any) -> dict[str, Any]:
        return {"id": record["id"], **{name: self._value(record, name) for name in fields or self._fields}}

    def _value(self, record: dict[str, Any], name: str) -> Any:
        if name != "id" and name not in self._fields:
            raise ValueError(f"Invalid field '{name}' on model '{self._name}'")
        return record.get(name, 0 if self._fields.get(name, {}).get("type") == "integer" else False)

    def _check(self, values: dict[str, Any]) -> None:
        for name, value in values.items():
            self._value({}, name)
            if value is not False and not isinstance(value, _PYTHON[self._fields[name]["type"]]):
                raise ValueError(f"Wrong value for {self._name}.{name}: {value!r}")

    def _matches(self, record: dict[str, Any], domain: list[Any]) -> bool:
        """Terms in Polish notation, all of which have to hold."""
        while domain:
            if not self._term(record, domain):
                return False
        return True

    def _term(self, record: dict[str, Any], domain: list[Any]) -> bool:
        term = domain.pop(0)
        if term == "!":
            return not self._term(record, domain)
        if term in ("&", "|"):
            both = [self._term(record, domain), self._term(record, domain)]
            return all(both) if term == "&" else any(both)
        name, operator, wanted = term
        return _OPERATORS[operator](self._value(record, name), wanted)
