"""The limit: the rows of a CSV file, typed by hand, through the driver's own executemany."""

import csv
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine

_DRIVERS = {"postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql", "sqlite": "sqlite"}
_CREATE = "CREATE TABLE many (id BIGINT, name TEXT, total NUMERIC(10, 2), born DATE, active BOOLEAN)"

backend, _, rest = sys.argv[1].partition("://")
mark = "?" if backend == "sqlite" else "%s"
connection: Any = create_engine(f"{_DRIVERS[backend]}://{rest}").raw_connection()
cursor = connection.cursor()
cursor.execute("DROP TABLE IF EXISTS many")
cursor.execute(_CREATE)
with Path(sys.argv[2]).open(encoding="utf-8", newline="") as file:
    rows = [
        (
            int(row[0]),
            row[1],
            row[2] if backend == "sqlite" else Decimal(row[2]),
            row[3] if backend == "sqlite" else date.fromisoformat(row[3]),
            row[4] == "true",
        )
        for row in list(csv.reader(file))[1:]
    ]
cursor.executemany(f"INSERT INTO many VALUES ({', '.join([mark] * 5)})", rows)
connection.commit()
connection.close()
print(f"{len(rows)} rows inserted")
