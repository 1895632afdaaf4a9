"""The identity as it is typed into a patient: checked, moved to its own record, replaced by a mask.

A patient has four fields for it. `national_code` takes a full number from whoever may write the patient
and gives back a mask; `identity_kind`, `identity_country` and `no_code_reason` stay as they are.
"""

from typing import Any

from frappe.model.document import Document

from clinic_core.people import phones
from clinic_core.people.identity import kinds, mask, numbers, texts
from clinic_core.people.identity.kinds import Identity

NUMBER = "national_code"
FIELDS = (NUMBER, "identity_kind", "identity_country", "no_code_reason")
UNCHANGED = "unchanged"


def read(patient: Document) -> None:
	"""Check what was typed and mask it; `keep` writes it (`validate` and `on_update` of the patient).

	Raises InvalidInputError naming the field. No query when nothing was changed.
	"""
	before = patient.get_doc_before_save()
	if _as_typed(patient) == (_as_typed(before) if before else ("", "", "", "")):
		patient.flags.identity = UNCHANGED
		return
	identity = _meant(patient, before)
	if identity:
		if code := kinds.problem(identity):
			texts.refuse(code)
		is_checked = patient.flags.checked_in_bulk  # an import asks for all its rows at once
		if not is_checked and (other := numbers.holder(identity, besides=patient.name)):
			texts.refuse_second(other["full_name"], other["file_no"])
	patient.flags.identity = identity
	patient.update(columns(identity))


def keep(patient: Document) -> Identity | None:
	"""Write what `read` found. Returns the identity of the patient as it is now."""
	identity = patient.flags.identity
	if identity == UNCHANGED:
		return numbers.of([patient.name]).get(patient.name)
	numbers.write(patient.name, identity)
	return identity


def columns(identity: Identity | None) -> dict[str, Any]:
	"""What a patient's own row holds of an identity: nothing that tells the number."""
	found = identity or Identity("")
	return {
		NUMBER: mask.mask(found.number) or None,
		"identity_kind": found.kind or None,
		"identity_country": found.country or None,
		"no_code_reason": found.no_code_reason or None,
	}


def given(number: str | None, kind: str | None = None, country: str | None = None) -> Identity | None:
	"""The identity that a number alone means here; None without one. Not checked: see `kinds.problem`."""
	plain = kinds.plain(number)
	if not plain:
		return None
	kind = kind or kinds.default_kind(phones.region())
	return Identity(kind, plain, (country or "") if kind == kinds.PASSPORT else "")


def _as_typed(patient: Document) -> tuple[str, ...]:
	return tuple((patient.get(field) or "").strip() for field in FIELDS)


def _meant(patient: Document, before: Document | None) -> Identity | None:
	"""The identity that the four boxes mean together with what was there before."""
	typed, kind, country, reason = _as_typed(patient)
	old_typed, old_kind = _as_typed(before)[:2] if before else ("", "")
	kind_changed = kind != old_kind
	if kind == kinds.NO_CODE and (kind_changed or not typed):
		# Who chooses “No Code” takes away the number that was there; a new one beside it is refused.
		left = "" if typed == old_typed else kinds.plain(typed)
		return Identity(kind, left, no_code_reason=reason)
	if not typed:
		# A number that was taken away takes its kind along, unless another one was chosen just now.
		return Identity(kind) if kind and kind_changed else None
	if kind == kinds.NO_CODE:
		kind = ""  # the newborn has a code by now
	number = kinds.plain(typed)
	if mask.is_masked(typed):
		number = numbers.number_of(patient.name) if typed == old_typed else texts.refuse_masked()
	return given(number, kind, country)
