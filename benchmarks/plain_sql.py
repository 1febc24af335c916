"""The limit: the same statements and the same checks, written by hand over one SQLAlchemy connection."""

import sys
from decimal import Decimal

from sqlalchemy import create_engine, delete, insert, select, text
from sqlalchemy.schema import MetaData, Table

url, count = sys.argv[1].replace("postgresql://", "postgresql+psycopg://"), int(sys.argv[2])
with create_engine(url, isolation_level="AUTOCOMMIT").connect() as connection:
    orders = Table("orders", MetaData(), autoload_with=connection)
    for number in range(count):
        connection.execute(insert(orders).values(id=number, name=f"customer {number}", total=Decimal("19.90")))
        found = connection.execute(select(orders.c.name, orders.c.total).where(orders.c.id == number)).fetchall()
        assert found == [(f"customer {number}", Decimal("19.90"))]
        connection.execute(delete(orders).where(orders.c.id == number))
    assert connection.execute(text("SELECT count(*) FROM orders")).scalar() == 0
print(f"{count} rounds passed")
