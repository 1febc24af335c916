"""Customers in memory: created, listed, read, replaced, changed and deleted."""

from itertools import count
from threading import Lock

from zato.common.exception import NotFound
from zato.server.service import Bool, Int, List, Service

customers = {}
numbers = count(1)
lock = Lock()


def found(number):
    """A customer, or 404."""
    try:
        return customers[number]
    except KeyError:
        raise NotFound(f"There is no customer {number}") from None


class Customers(Service):
    """POST /customers creates one; GET lists them, ?name=… those whose name has it, ?active=… and ?limit=… too."""

    name = "customers"

    class SimpleIO:
        input_optional = ("name", "email", Bool("active"), List("tags"), Int("limit"))

    def handle_GET(self):
        wanted = self.request.input
        rows = [row for row in list(customers.values()) if wanted.name.lower() in row["name"].lower()]
        if wanted.active is not None:
            rows = [row for row in rows if row["active"] is wanted.active]
        self.response.payload = {"customers": rows[: wanted.limit], "count": len(rows)}

    def handle_POST(self):
        self.response.payload = self.invoke("customers.create", self.request.payload)
        self.response.status_code = 201
        self.response.headers["Location"] = f"/customers/{self.response.payload['id']}"

    def handle_DELETE(self):
        with lock:
            self.response.payload = {"deleted": len(customers)}
            customers.clear()


class Create(Service):
    """Makes a customer; its name is required."""

    name = "customers.create"

    class SimpleIO:
        input_required = ("name",)
        input_optional = ("email", Bool("active", default=True), List("tags"))

    def handle(self):
        given = self.request.input
        with lock:
            number = next(numbers)
            customers[number] = {
                "id": number,
                "name": given.name,
                "email": given.email,
                "active": given.active,
                "tags": given.tags or [],
            }
        self.response.payload = customers[number]


class Customer(Service):
    """/customers/{id}: GET, PUT (all fields), PATCH (some of them), DELETE."""

    name = "customers.one"

    class SimpleIO:
        input_required = (Int("id"),)
        input_optional = ("name", "email", Bool("active"), List("tags"))

    def handle_GET(self):
        self.response.payload = found(self.request.input.id)

    def handle_PUT(self):
        given = self.request.input
        new = {key: given[key] for key in ("name", "email")}
        new |= {"active": given.active is not False, "tags": given.tags or []}
        self.change(new)

    def handle_PATCH(self):
        sent = self.request.payload or {}
        self.change({key: self.request.input[key] for key in ("name", "email", "active", "tags") if key in sent})

    def handle_DELETE(self):
        with lock:
            found(self.request.input.id)
            del customers[self.request.input.id]
        self.response.status_code = 204

    def change(self, new):
        with lock:
            row = found(self.request.input.id)
            row.update(new)
        self.response.payload = row
