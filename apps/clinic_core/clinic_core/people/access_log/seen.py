"""Says that somebody saw patients; what was said in a request is written once it has been answered.

	from clinic_core.people.access_log import seen
	seen.saw([patient], "View", "Statement")

Nothing is written before the answer: `after_request.write` does it in a transaction of its own, in one
INSERT. Outside a request (a job that exports) the rows belong to the job's transaction.
"""

from collections.abc import Iterable, Sequence

import frappe
from frappe.utils import add_to_date, now_datetime

from clinic_core.people.access_log import patients_of, rules
from clinic_core.people.access_log.rules import Entry

DOCTYPE = "Clinic Access Log"
_COLUMNS = (
	"name", "creation", "modified", "owner", "modified_by", "at", "user", "role", "patient", "what", "through",
	"document_type", "document", "row_count", "details", "ip", "slot",
)  # fmt: skip


def saw(
	patients: Sequence[str],
	what: str,
	through: str,
	*,
	doctype: str | None = None,
	document: str | None = None,
	count: int | None = None,
	details: str | None = None,
) -> None:
	"""The user of this request saw these patients (F82, N3).

	`what` is one of `rules.KINDS`, `through` the screen or door, `doctype` and `document` what was open.
	`count` says how many there were when they are too many to be named.
	"""
	found = rules.entries(
		patients, what, through, doctype=doctype, document=document, count=count, details=details
	)
	if getattr(frappe.local, "request", None):
		_buffer().extend(found)
	else:
		write(found)


def saw_document(doctype: str, name: str, what: str, through: str) -> None:
	"""The user of this request saw a document; whose it is, is looked up once the answer was made."""
	if getattr(frappe.local, "request", None):
		_buffer().append((doctype, name, what, through))


def take() -> list[Entry]:
	"""What was said in this request so far, each thing once; it is forgotten here."""
	said, frappe.local.clinic_seen = _buffer(), None
	found: list[Entry] = []
	for entry in said:
		found += [entry] if isinstance(entry, Entry) else _of_document(*entry)
	return rules.unlike(found)


def write(found: Iterable[Entry]) -> None:
	"""Write rows for the user, leaving out what he saw within the last five minutes.

	One read and one INSERT. Two requests at once cannot both write the same: a unique key of patient,
	user, kind and slot is the last word.
	"""
	user, now = frappe.session.user, now_datetime()
	fresh = _fresh(list(found), user, now)
	if not fresh or user == "Guest":
		return
	role, ip, slot = rules.main_role(frappe.get_roles(user)), frappe.local.request_ip, rules.slot(now)
	query = frappe.qb.into(frappe.qb.DocType(DOCTYPE)).ignore().columns(*_COLUMNS)
	for entry in fresh:
		own = (frappe.generate_hash(length=16), now, now, user, user, now, user, role)
		seen = (entry.patient, entry.what, entry.through, entry.doctype, entry.document)
		query = query.insert(*own, *seen, entry.count, entry.details, ip, slot)
	query.run()


def _of_document(doctype: str, name: str, what: str, through: str) -> list[Entry]:
	patients = patients_of.documents(doctype, [name])
	return rules.entries(patients, what, through, doctype=doctype, document=name)


def _buffer() -> list[Entry | tuple[str, str, str, str]]:
	if getattr(frappe.local, "clinic_seen", None) is None:
		frappe.local.clinic_seen = []
	return frappe.local.clinic_seen


def _fresh(found: list[Entry], user: str, now: object) -> list[Entry]:
	patients = [entry.patient for entry in found if entry.patient]
	if not patients:
		return found
	rows = frappe.get_all(
		DOCTYPE,
		filters={
			"patient": ("in", patients),
			"user": user,
			"at": (">", add_to_date(now, seconds=-rules.WINDOW_SECONDS)),
		},
		fields=["patient", "what"],
		order_by="at desc",
	)
	known = {(row.patient, row.what) for row in rows}
	return [entry for entry in found if (entry.patient, entry.what) not in known]
