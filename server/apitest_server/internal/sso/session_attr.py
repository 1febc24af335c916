"""Attributes that applications keep for single sessions of users of SSO."""

from apitest_server.internal.sso._attributes import services_of

Create, Update, Set, SetExpiry, Delete, Get, Exists, GetNames = services_of("sso.session-attr", __name__)
