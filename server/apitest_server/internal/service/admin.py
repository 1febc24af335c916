"""The deployed services: listed, looked at, switched off and deleted."""

from apitest_server.cluster.bus import BUS
from apitest_server.cluster.neighbours import NEIGHBOURS
from apitest_server.deploy.files import FILES
from apitest_server.deploy.names import service_id
from apitest_server.deploy.store import STORE
from apitest_server.errors import BadRequest
from apitest_server.internal.crud.field_types import Between
from apitest_server.internal.crud.object_type import KEPT
from apitest_server.internal.crud.paging import page, searched
from apitest_server.internal.service._found import ID_OR_NAME, change, docstring, found, row
from apitest_server.service.base import Service
from apitest_server.service.elements import Bool, Int, List, Text

_ROW = (
    Int("id"), "name", Bool("is_active"), Bool("is_internal"), "impl_name", Int("slow_threshold"), Int("sample_every"),
    Bool("may_be_deleted"),
)  # fmt: skip


class _Parts(Text):
    """Parts of names; old clients call it ``name_filter``, where ``*`` stands for anything."""

    also = "name_filter"

    def parse(self, value: object) -> str:
        """What has to be in a name."""
        return super().parse(value).replace("*", " ")


class GetList(Service):
    """The services by name; ``query`` holds parts of their names, ``internal`` chooses between two kinds of them."""

    name = "zato.service.get-list"

    class SimpleIO:
        """A page of services, or all of them."""

        input_optional = (
            Int("cluster_id"), Int("cur_page"), Int("page_size"), Bool("paginate"), _Parts("query"),
            Bool("internal"),
        )  # fmt: skip
        output_required = _ROW

    def handle(self) -> None:
        """Which page it is, is in the response's ``meta``."""
        given = self.request.input
        wanted, store = page(given), self.server.components[STORE]
        words = searched(given).casefold().split()
        names = [name for name in store.names() if all(word in name.casefold() for word in words)]
        services = [service for service in map(store.about, names) if given.internal in (None, service.internal)]
        self.response.payload[:] = [row(self.server, service) for service in wanted.cut(services)]
        self.response.meta = wanted.meta(len(services))


class _One(Service):
    def handle(self) -> None:
        """404 where there is none."""
        service = found(self.server, self.request.input)
        about = docstring(self.server.components[STORE], service)
        self.response.payload = {**row(self.server, service), "documentation": about}


class GetByName(_One):
    """One service and what it says about itself, by name."""

    name = "zato.service.get-by-name"

    class SimpleIO:
        """Its name."""

        input_required = ("name",)
        input_optional = (Int("cluster_id"),)
        output_required = (*_ROW, Text("documentation"))


class GetByID(_One):
    """One service and what it says about itself, by ID."""

    name = "zato.service.get-by-id"

    class SimpleIO:
        """Its ID."""

        input_required = (Int("id"),)
        input_optional = (Int("cluster_id"),)
        output_required = (*_ROW, Text("documentation"))


class Edit(Service):
    """Switches a service on or off, and sets from how many milliseconds on its responses are slow ones, to be kept.

    Internal services stay active: their modules are switched off in [deploy_internal] of server.conf.
    """

    name = "zato.service.edit"

    class SimpleIO:
        """Fields that are not given stay as they are."""

        input_optional = (
            *ID_OR_NAME,
            Bool("is_active", default=KEPT),
            Between("slow_threshold", 0, 86_400_000, default=KEPT),
        )
        output_required = _ROW

    def handle(self) -> None:
        """Takes effect with the next call."""
        given = dict(self.request.input)
        service = found(self.server, given)
        if service.internal and given["is_active"] is False:
            raise BadRequest(f"Service `{service.name}` is internal; only [deploy_internal] switches its module off")
        change(self.server, service, {name: given[name] for name in ("is_active", "slow_threshold")})
        self.response.payload = row(self.server, service)


class Delete(Service):
    """Deletes a service with its file, on all servers; not internal ones, nor those that share a file with others."""

    name = "zato.service.delete"

    class SimpleIO:
        """By ID or by name; ``here_only`` leaves the other servers out.

        ``not_on`` is what those servers said that have not deleted it.
        """

        input_optional = (*ID_OR_NAME, Bool("here_only", default=False))
        output_required = (Int("id"), "name")
        output_optional = (List("not_on"),)

    def handle(self) -> None:
        """At once."""
        given, have = self.request.input, self.server.components
        service = found(self.server, given)
        have[FILES].remove(service)
        self.response.payload = {"id": service_id(service.name), "name": service.name}
        if not given.here_only:
            payload = {"name": service.name, "here_only": True}
            failures = have[NEIGHBOURS].call_all(have[BUS].peers(), self.name, payload, fine={404})
            if failures:
                self.response.payload["not_on"] = failures
