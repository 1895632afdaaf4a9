"""Every table the data sets fill. Pure."""

from tests.bench.data import (
	books_tables,
	course_tables,
	diary_tables,
	ledger_tables,
	money_tables,
	people_tables,
	pipeline_tables,
)
from tests.bench.data.rows import Table

ALL: list[Table] = [
	*people_tables.TABLES,
	*diary_tables.TABLES,
	*books_tables.TABLES,
	*course_tables.TABLES,
	*money_tables.TABLES,
	*ledger_tables.TABLES,
	*pipeline_tables.TABLES,
]
"""In an order in which links point backwards, but for appointments of leads."""


def table(doctype: str) -> Table:
	"""The table of a DocType."""
	return next(table for table in ALL if table.doctype == doctype)
