"""What the present user may not see, from the clinic's masking rules (F80)."""

from typing import Any

import frappe

from clinic_core.people.masking import matrix

DOCTYPE = "Clinic Masking Rule"
HOOK = "clinic_masked_fields"
CACHE_KEY = "clinic_masking_rules"
Fields = dict[str, str]


def hidden_kinds(user: str | None = None) -> frozenset[str]:
	"""The kinds of facts that a user sees hidden. Nothing is hidden from Administrator and from jobs of his."""
	user = user or frappe.session.user
	if user == "Administrator":
		return frozenset()
	known = _known()
	if user not in known:
		roles = set(frappe.get_roles(user))
		known[user] = frozenset(kind for kind, seers in _seers().items() if not roles & set(seers))
	return known[user]


def sees(kind: str, user: str | None = None) -> bool:
	"""Whether a user sees facts of a kind in full."""
	return kind not in hidden_kinds(user)


def hidden_fields(user: str | None = None) -> dict[str, Fields]:
	"""DocType → field → kind of what a user sees hidden."""
	return _fields_of(hidden_kinds(user))


def all_fields() -> dict[str, Fields]:
	"""DocType → field → kind, of all apps (hook `clinic_masked_fields`)."""
	found = dict(matrix.FIELDS)
	for path in frappe.get_hooks(HOOK):
		found |= frappe.get_attr(path)
	return found


def forget() -> None:
	"""The rules were changed: everybody reads them again, at once and after the commit."""
	_forget_now()
	frappe.db.after_commit.add(_forget_now)


def _forget_now() -> None:
	frappe.cache.delete_value(CACHE_KEY)
	frappe.local.clinic_hidden = None


def _known() -> dict[str, Any]:
	"""What was worked out in this request."""
	known = getattr(frappe.local, "clinic_hidden", None)
	if known is None:
		known = frappe.local.clinic_hidden = {}
	return known


def _fields_of(kinds: frozenset[str]) -> dict[str, Fields]:
	if not kinds:
		return {}
	known = _known()
	if kinds not in known:
		known[kinds] = {
			doctype: hidden
			for doctype, fields in all_fields().items()
			if (hidden := {field: kind for field, kind in fields.items() if kind in kinds})
		}
	return known[kinds]


def _seers() -> dict[str, list[str]]:
	return frappe.cache.get_value(CACHE_KEY, _read)


def _read() -> dict[str, list[str]]:
	rows = frappe.get_all(
		"Clinic Masking Role",
		filters={"parenttype": DOCTYPE},
		fields=["parent", "role"],
		order_by="parent asc, idx asc",
	)
	ruled = set(frappe.get_all(DOCTYPE, pluck="name", order_by="name asc"))
	found = {kind: [] if kind in ruled else sorted(seers) for kind, seers in matrix.DEFAULTS.items()}
	for row in rows:
		found.setdefault(row.parent, []).append(row.role)
	return found
