"""The kanban board of appointments: a card that is dragged is a move by the transition table (D33–D35).

Frappe's own board keeps the order of cards in the board and, when it is opened, writes back the states the
browser saw: what somebody else changed in between would be undone. Here a board writes one appointment,
the one that was dragged, and cards stand in the order of their times.
"""

import json
from typing import Any

from frappe import _
from frappe.model.document import Document

from clinic_core.foundation.errors import refuse_input
from clinic_core.scheduling import booking
from clinic_core.scheduling.history import keeping as history

BOARD = "Kanban Board"
APPOINTMENT = "Clinic Appointment"
FIELD = "status"


def is_ours(board: Document) -> bool:
	"""Whether a board shows the states of appointments."""
	return board.reference_doctype == APPOINTMENT and board.field_name == FIELD


def shown(board: Document) -> dict[str, Any]:
	"""The board as the browser wants it back: no order of its own in any column."""
	answer = board.as_dict()
	for column in answer["columns"]:
		column["order"] = json.dumps([])
	return answer


def move(board: Document, appointment: str, status: str) -> Document:
	"""Move one appointment to the state of a column; the document says what it does not allow."""
	if status not in [column.column_name for column in board.columns]:
		refuse_input(_("Status"), _("This board has no such column."))
	return booking.set_status(appointment, status, history.wish(None))
