"""What goes and what stays of a person (E012, F84). Pure.

By default every free text, address, picture and document goes; numbers, dates, links, states and amounts
stay, so the ledger, the receipts and the statistics add up. What must be kept although it is text is named.
"""

from dataclasses import dataclass

KEEP, BLANK, MARK = "keep", "blank", "mark"

TEXT_TYPES = frozenset(
	{
		"Data", "Small Text", "Text", "Long Text", "Text Editor", "Code", "HTML Editor", "Markdown Editor",
		"JSON", "Attach", "Attach Image", "Signature", "Password", "Phone", "Barcode", "Geolocation",
	}
)  # fmt: skip
UNTOUCHED = frozenset({"Clinic Ledger Entry", "Clinic Ledger Seal"})
"""Hash-chained: a byte changed would be a broken chain. They name nobody but by the file's own name."""

DELETED = frozenset(
	{
		"Clinic Patient Identity",
		"Clinic Photo",
		"Clinic Patient Alert",
		"Clinic Patient Document",
		"Clinic Clue",
		"Clinic Merge Suggestion",
		"Clinic Search Key",
	}
)
"""Rows that are nothing but the person: they go as a whole."""

NAMES = frozenset({"first_name", "full_name", "person_name", "patient_name", "person_title", "address_title"})

_EVERYWHERE = frozenset({"jalali_month", "tracking_code", "area", "area_title", "currency", "language"})
KEPT: dict[str, frozenset[str]] = {
	# What the law wants of a receipt, with the template it was printed by.
	"Clinic Payment": frozenset({"receipt_no", "receipt_data"}),
	"Clinic Entitlement": frozenset({"title"}),
	"Clinic Session": frozenset({"title"}),
	"Clinic Session Plan": frozenset({"title"}),
	"Clinic Proforma": frozenset({"proforma_no"}),
	"Clinic Consent": frozenset({"policy_slug"}),
	"Clinic Lead Status Log": frozenset({"from_status", "to_status"}),
	"Clinic Access Log": frozenset({"through"}),
	"Clinic Disclosure": frozenset({"reference"}),
	"Clinic Lead": frozenset({"closing_visit"}),
	# Keys of what may be there once.
	"Clinic Recall": frozenset({"cycle_key"}),
	"Clinic Waiting Offer": frozenset({"open_entry"}),
	# The same file fed again brings nobody back.
	"Clinic Import Row": frozenset({"fingerprint_key"}),
	# Keys of what may be there once, and the numbers by which a gateway is asked.
	"Clinic Message": frozenset({"message_key", "local_id", "gateway_id", "error_code"}),
	"Clinic Incoming Message": frozenset({"gateway_key", "line"}),
	"Clinic Data Request": frozenset({"export_path", "notes", "refusal_reason"}),
}
PERSON_DATES = frozenset({"Date"})
"""On a person's own documents dates of birth and the like go as well; first and last visit are statistics."""


@dataclass(frozen=True)
class Field:
	"""What the rule has to know of a field."""

	doctype: str
	fieldname: str
	fieldtype: str
	is_required: bool = False
	is_unique: bool = False
	is_person: bool = False


def action(field: Field) -> str:
	"""keep, blank, or mark (with a word that says the person was erased)."""
	if field.doctype in UNTOUCHED:
		return KEEP
	if field.is_person and field.fieldtype in PERSON_DATES and "visit" not in field.fieldname:
		return BLANK
	if field.fieldtype not in TEXT_TYPES:
		return KEEP
	if field.fieldname in _EVERYWHERE or field.fieldname in KEPT.get(field.doctype, ()):
		return KEEP
	if field.fieldname.endswith("_no") and (field.is_unique or not field.is_person):
		return KEEP
	if field.fieldname in NAMES or field.is_required:
		return MARK
	return BLANK


def may_approve(asked_by: str | None, approver: str, is_head: bool) -> str | None:
	"""The code of what stands against this approval; None when it holds. Two people decide."""
	if not asked_by:
		return "not_asked"
	if not is_head:
		return "not_a_manager"
	if asked_by == approver:
		return "same_person"
	return None


def is_confirmed(typed: str, expected: str) -> bool:
	"""Whether what was typed is what was to be typed, but for spaces and case."""
	return bool(expected) and " ".join(typed.split()).casefold() == " ".join(expected.split()).casefold()
