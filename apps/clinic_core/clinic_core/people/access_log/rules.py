"""What the log of views keeps, and when two views are one (F82, `design.md` §4.13). Pure."""

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

VIEW, SEARCH, PRINT, EXPORT, IDENTITY, FILE = "View", "Search", "Print", "Export", "Identity", "File"
KINDS = (VIEW, SEARCH, PRINT, EXPORT, IDENTITY, FILE)
# What a person asks about when he wants to know who looked into his file; a search only found his name.
LOOKED_INTO = (VIEW, PRINT, EXPORT, IDENTITY, FILE)

WINDOW_SECONDS = 5 * 60
# So many patients of one action are named one by one; of more the log keeps their number.
NAMED = 50
LONGEST_TEXT = 140
_LONG_NUMBER = re.compile(r"\d{6,}")
_EPOCH = datetime.datetime(1970, 1, 1)


class Entry(NamedTuple):
	"""One thing somebody saw: of one patient, or of `count` patients together."""

	patient: str | None
	what: str
	through: str
	doctype: str | None = None
	document: str | None = None
	count: int = 1
	details: str | None = None


def entries(
	patients: Sequence[str],
	what: str,
	through: str,
	*,
	doctype: str | None = None,
	document: str | None = None,
	count: int | None = None,
	details: str | None = None,
) -> list[Entry]:
	"""The rows of one action: a row for each patient, or one row with their number when they are many.

	`count` is their number when the names of all were not gathered.
	"""
	named = list(dict.fromkeys(patients))
	total = len(named) if count is None else count
	details = (details or "")[:LONGEST_TEXT] or None
	if total > NAMED or not named:
		return [Entry(None, what, through, doctype, document, total, details)] if total else []
	return [Entry(patient, what, through, doctype, document, 1, details) for patient in named]


def unlike(found: Iterable[Entry]) -> list[Entry]:
	"""Leave out what says the same of the same patient once more; rows without a patient all stay."""
	kept: dict[tuple, Entry] = {}
	for number, entry in enumerate(found):
		kept.setdefault((entry.patient or number, entry.what), entry)
	return list(kept.values())


def slot(at: datetime.datetime) -> int:
	"""The five minutes a moment lies in: two rows of one slot cannot be written at once."""
	return int((at - _EPOCH).total_seconds()) // WINDOW_SECONDS


def told_text(text: str) -> str:
	"""A searched text as the log may keep it: long numbers by their last four digits."""
	hide = lambda found: "•" * (len(found[0]) - 4) + found[0][-4:]  # noqa: E731
	return _LONG_NUMBER.sub(hide, " ".join(text.split()))[:LONGEST_TEXT]


# Whose eyes these were, by the duty that explains a look into a file best.
_ROLES = (
	"Clinic Practitioner",
	"Clinic Operator",
	"Clinic Consultant",
	"Clinic Receptionist",
	"Clinic Cashier",
	"Clinic CRM Agent",
	"Clinic Call Agent",
	"Clinic CRM Manager",
	"Clinic Accountant",
	"Clinic Branch Supervisor",
	"Clinic Manager",
	"System Manager",
)


def main_role(roles: Iterable[str]) -> str | None:
	"""The role a person is known by; the highest one for who has several duties."""
	held = set(roles)
	for role in reversed(_ROLES):
		if role in held:
			return role
	return None
