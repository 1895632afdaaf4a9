"""States of a proforma (پیش‌فاکتور) and who moves it. Pure.

An issued proforma promises its prices until its last day. Whether it has expired is computed from that
day, so that nothing has to run at midnight.
"""

import datetime
from typing import Final

from clinic_core.foundation.transitions import SYSTEM, Transitions

DRAFT: Final = "Draft"
ISSUED: Final = "Issued"
USED: Final = "Used"
CANCELLED: Final = "Cancelled"
EXPIRED: Final = "Expired"
"""Computed, never stored: issued, and its last day is over."""

DEFAULT_VALID_DAYS: Final = 7
"""While the settings say nothing."""

ISSUERS: Final = frozenset(
	{"Clinic Manager", "Clinic Branch Supervisor", "Clinic Receptionist", "Clinic Consultant"}
)

TRANSITIONS: Final = Transitions(
	initial=frozenset({DRAFT, ISSUED}),
	moves={
		(DRAFT, ISSUED): ISSUERS,
		(DRAFT, CANCELLED): ISSUERS,
		(ISSUED, CANCELLED): ISSUERS,
		(ISSUED, USED): SYSTEM,
		(USED, ISSUED): SYSTEM,
	},
)


def shown(status: str, valid_until: datetime.date | None, on: datetime.date) -> str:
	"""The state people see on a day: an issued one whose last day is over has expired."""
	if status == ISSUED and valid_until and valid_until < on:
		return EXPIRED
	return status


def valid_days(setting: int | None) -> int:
	"""For how many days a proforma holds; nothing set is a week."""
	return setting if setting and setting > 0 else DEFAULT_VALID_DAYS
