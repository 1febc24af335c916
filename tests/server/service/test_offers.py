"""Tests of apitest_server.service.offers."""

import inspect

from apitest_server.cache import caches
from apitest_server.outgoing.cassandra import CassandraConnection
from apitest_server.outgoing.cassandra_query import CassandraQuery
from apitest_server.patterns import patterns
from apitest_server.service import offers


def test_offers_are_kept() -> None:
    """Each method that services are offered takes the same arguments in the class that has the code."""
    for offered, made in (
        (offers.Caches, caches.Caches),
        (offers.Cache, caches.Cache),
        (offers.Cassandra, CassandraConnection),
        (offers.CassandraQuery, CassandraQuery),
        (offers.Patterns, patterns.Patterns),
    ):
        methods = {
            name: method for name, method in vars(offered).items() if not name.startswith("_") and callable(method)
        }
        assert methods
        for name, method in methods.items():
            found = inspect.signature(getattr(made, name)).parameters
            for parameter in inspect.signature(method).parameters.values():
                assert found[parameter.name].kind is parameter.kind
                assert (found[parameter.name].default is inspect.Parameter.empty) == (
                    parameter.default is inspect.Parameter.empty
                )
