"""The ODB, the server's database of objects. SQLAlchemy is loaded when something is written or looked up, not at start.

with odb.reading() as session: …    # a consistent view
with odb.writing() as session: …    # one transaction, one writer at a time
"""

from apitest_server.odb.database import DATABASE, ODB
from apitest_server.odb.stored import StoredObject

__all__ = ["DATABASE", "ODB", "StoredObject"]
