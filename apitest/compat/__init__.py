"""Projects written for zato-apitest: the names they import, provided while such a project runs and at no other time."""

from apitest.compat.installation import installed, is_old_style

__all__ = ["installed", "is_old_style"]
