"""Many entries of a cache at once: those whose keys begin or end with a text, contain it, or match an expression."""

from apitest_server.errors import AsBadRequest
from apitest_server.internal.cache._meant import WHICH, meant
from apitest_server.service.base import Service
from apitest_server.service.elements import AsIs, Float
from apitest_server.service.offers import Cache


class _Several(Service):
    """Entries whose keys are like something: ``kind`` says in which way."""

    kind: str

    def handle(self) -> None:
        """An expression or an expiry that is not valid is a 400."""
        with AsBadRequest():
            cache = meant(self.server, self.request.input)
            self.response.payload[:] = self.rows(cache, {self.kind: self.request.input.pattern})

    def rows(self, cache: Cache, criterion: dict[str, str]) -> list[dict[str, object]]:
        """One row an entry."""
        raise NotImplementedError


class _GetBy(_Several):
    class SimpleIO:
        """What the keys are like."""

        input_required = ("pattern",)
        input_optional = WHICH
        output_required = ("key", AsIs("value"))

    def rows(self, cache: Cache, criterion: dict[str, str]) -> list[dict[str, object]]:
        return [{"key": key, "value": value} for key, value in cache.get_by(**criterion).items()]


class _SetBy(_Several):
    class SimpleIO:
        """What the keys are like, and the value for all of them."""

        input_required = ("pattern", AsIs("value"))
        input_optional = (*WHICH, Float("expiry", default=0.0))
        output_required = ("key",)

    def rows(self, cache: Cache, criterion: dict[str, str]) -> list[dict[str, object]]:
        given = self.request.input
        return [{"key": key} for key in cache.set_by(given.value, given.expiry, **criterion)]


class _DeleteBy(_Several):
    class SimpleIO:
        """What the keys are like."""

        input_required = ("pattern",)
        input_optional = WHICH
        output_required = ("key",)

    def rows(self, cache: Cache, criterion: dict[str, str]) -> list[dict[str, object]]:
        return [{"key": key} for key in cache.delete_by(**criterion)]


class _ExpireBy(_Several):
    class SimpleIO:
        """What the keys are like, and how many seconds the entries live from now."""

        input_required = ("pattern", Float("expiry"))
        input_optional = WHICH
        output_required = ("key",)

    def rows(self, cache: Cache, criterion: dict[str, str]) -> list[dict[str, object]]:
        return [{"key": key} for key in cache.expire_by(self.request.input.expiry, **criterion)]


class GetByPrefix(_GetBy):
    """Reads the entries whose keys begin with a text."""

    name = "zato.cache.builtin.get-by-prefix"
    kind = "prefix"


class GetBySuffix(_GetBy):
    """Reads the entries whose keys end with a text."""

    name = "zato.cache.builtin.get-by-suffix"
    kind = "suffix"


class GetByContains(_GetBy):
    """Reads the entries whose keys contain a text."""

    name = "zato.cache.builtin.get-by-contains"
    kind = "contains"


class GetByRegex(_GetBy):
    """Reads the entries whose keys match a regular expression."""

    name = "zato.cache.builtin.get-by-regex"
    kind = "regex"


class SetByPrefix(_SetBy):
    """Gives one value to the entries whose keys begin with a text."""

    name = "zato.cache.builtin.set-by-prefix"
    kind = "prefix"


class SetBySuffix(_SetBy):
    """Gives one value to the entries whose keys end with a text."""

    name = "zato.cache.builtin.set-by-suffix"
    kind = "suffix"


class SetByContains(_SetBy):
    """Gives one value to the entries whose keys contain a text."""

    name = "zato.cache.builtin.set-by-contains"
    kind = "contains"


class SetByRegex(_SetBy):
    """Gives one value to the entries whose keys match a regular expression."""

    name = "zato.cache.builtin.set-by-regex"
    kind = "regex"


class DeleteByPrefix(_DeleteBy):
    """Takes out the entries whose keys begin with a text."""

    name = "zato.cache.builtin.delete-by-prefix"
    kind = "prefix"


class DeleteBySuffix(_DeleteBy):
    """Takes out the entries whose keys end with a text."""

    name = "zato.cache.builtin.delete-by-suffix"
    kind = "suffix"


class DeleteByContains(_DeleteBy):
    """Takes out the entries whose keys contain a text."""

    name = "zato.cache.builtin.delete-by-contains"
    kind = "contains"


class DeleteByRegex(_DeleteBy):
    """Takes out the entries whose keys match a regular expression."""

    name = "zato.cache.builtin.delete-by-regex"
    kind = "regex"


class ExpireByPrefix(_ExpireBy):
    """Gives a time to the entries whose keys begin with a text."""

    name = "zato.cache.builtin.expire-by-prefix"
    kind = "prefix"


class ExpireBySuffix(_ExpireBy):
    """Gives a time to the entries whose keys end with a text."""

    name = "zato.cache.builtin.expire-by-suffix"
    kind = "suffix"


class ExpireByContains(_ExpireBy):
    """Gives a time to the entries whose keys contain a text."""

    name = "zato.cache.builtin.expire-by-contains"
    kind = "contains"


class ExpireByRegex(_ExpireBy):
    """Gives a time to the entries whose keys match a regular expression."""

    name = "zato.cache.builtin.expire-by-regex"
    kind = "regex"
