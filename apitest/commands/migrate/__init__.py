"""`apitest migrate`: a project written for zato-apitest in today's wording."""

from apitest.commands.migrate.project import Change, Migration, migrate, show

__all__ = ["Change", "Migration", "migrate", "show"]
