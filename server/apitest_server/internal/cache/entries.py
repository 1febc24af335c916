"""The entries of caches: read, written, timed and deleted."""

from apitest_server.errors import AsBadRequest, Conflict, NotFound
from apitest_server.internal.cache._meant import WHICH, meant
from apitest_server.internal.crud.paging import page, searched
from apitest_server.service.base import Service
from apitest_server.service.elements import AsIs, Bool, Float, Int


class Get(Service):
    """Reads an entry; one that is not there is a 404."""

    name = "zato.cache.builtin.entry.get"

    class SimpleIO:
        """The default cache is read where none is named."""

        input_required = ("key",)
        input_optional = WHICH
        output_required = ("key", AsIs("value"))

    def handle(self) -> None:
        """Counts as use."""
        given, missing = self.request.input, object()
        value = meant(self.server, given).get(given.key, missing)
        if value is missing:
            raise NotFound(f"No such key: `{given.key}`")
        self.response.payload = {"key": given.key, "value": value}


class GetDetails(Service):
    """What is known of an entry: value, time left, age, hits. It does not count as use."""

    name = "zato.cache.builtin.entry.get-details"

    class SimpleIO:
        """Times are in seconds; what lives for ever has none left to tell."""

        input_required = ("key",)
        input_optional = WHICH
        output_required = ("key", AsIs("value"), Float("expiry"), Float("expires_in"), Float("age"), Int("hits"))

    def handle(self) -> None:
        """404 where there is none."""
        given = self.request.input
        found = meant(self.server, given).details(given.key)
        if found is None:
            raise NotFound(f"No such key: `{given.key}`")
        self.response.payload = found


class GetList(Service):
    """The entries of a cache, those first that were not used for longest; ``query`` is a part of their keys."""

    name = "zato.cache.builtin.entry.get-list"

    class SimpleIO:
        """A page of entries, or all of them."""

        input_optional = (*WHICH, "query", Int("cur_page"), Int("page_size"), Bool("paginate"))
        output_required = ("key", AsIs("value"), Float("expiry"), Float("expires_in"), Float("age"), Int("hits"))

    def handle(self) -> None:
        """Does not count as use."""
        given = self.request.input
        wanted = page(given)
        rows = meant(self.server, given).list_entries(contains=searched(given))
        self.response.payload[:] = wanted.cut(rows)
        self.response.meta = wanted.meta(len(rows))


class Set(Service):
    """Writes an entry, in the place of that of the same key."""

    name = "zato.cache.builtin.entry.set"

    class SimpleIO:
        """An expiry is in seconds; 0 is for ever."""

        input_required = ("key", AsIs("value"))
        input_optional = (*WHICH, Float("expiry", default=0.0))
        output_required = ("key",)

    def handle(self) -> None:
        """An expiry that is not valid is a 400."""
        given = self.request.input
        with AsBadRequest():
            meant(self.server, given).set(given.key, given.value, given.expiry)
        self.response.payload.key = given.key


class Create(Set):
    """Writes an entry whose key is new; one that there is stays as it is, and is a 409."""

    name = "zato.cache.builtin.entry.create"

    def handle(self) -> None:
        """An expiry that is not valid is a 400."""
        given = self.request.input
        with AsBadRequest():
            is_new = meant(self.server, given).add(given.key, given.value, given.expiry)
        if not is_new:
            raise Conflict(f"An entry `{given.key}` exists already; `entry.update` gives it another value")
        self.response.payload.key = given.key


class Update(Set):
    """Writes an entry in the place of that of the same key; where there is none, that is a 404."""

    name = "zato.cache.builtin.entry.update"

    def handle(self) -> None:
        """An expiry that is not valid is a 400."""
        given = self.request.input
        with AsBadRequest():
            is_known = meant(self.server, given).replace(given.key, given.value, given.expiry)
        if not is_known:
            raise NotFound(f"No such key: `{given.key}`")
        self.response.payload.key = given.key


class Delete(Service):
    """Takes an entry out; one that is not there is a 404."""

    name = "zato.cache.builtin.entry.delete"

    class SimpleIO:
        """Its key."""

        input_required = ("key",)
        input_optional = WHICH
        output_required = ("key",)

    def handle(self) -> None:
        """At once."""
        given = self.request.input
        if not meant(self.server, given).delete(given.key):
            raise NotFound(f"No such key: `{given.key}`")
        self.response.payload.key = given.key


class Expire(Service):
    """Lets an entry live for so many seconds from now; one that is not there is a 404."""

    name = "zato.cache.builtin.entry.expire"

    class SimpleIO:
        """0 is for ever."""

        input_required = ("key", Float("expiry"))
        input_optional = WHICH
        output_required = ("key",)

    def handle(self) -> None:
        """An expiry that is not valid is a 400."""
        given = self.request.input
        with AsBadRequest():
            found = meant(self.server, given).expire(given.key, given.expiry)
        if not found:
            raise NotFound(f"No such key: `{given.key}`")
        self.response.payload.key = given.key
