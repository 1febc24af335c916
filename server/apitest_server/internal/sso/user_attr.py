"""Attributes that applications keep for users of SSO."""

from apitest_server.internal.sso._attributes import services_of

Create, Update, Set, SetExpiry, Delete, Get, Exists, GetNames = services_of("sso.user-attr", __name__)
