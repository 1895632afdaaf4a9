"""The ways to the shared desk and to one's own calendar in the menu behind one's own picture: rows of Frappe's Navbar Settings, the
clinic's to hide or rename. Put there once."""

import frappe

DOCTYPE = "Navbar Settings"
TABLE = "settings_dropdown"
ITEMS = {
	"Switch person": "clinic.people.switch_person()",
	"Cover the screen": "clinic.people.cover()",
	"Set my PIN": "clinic.people.my_pin()",
	"My calendar": "clinic.ui.my_calendar()",
}


def add() -> None:
	"""Add what is missing, above Frappe's own way out."""
	settings = frappe.get_single(DOCTYPE)
	known = {row.action for row in settings.get(TABLE)}
	missing = {label: action for label, action in ITEMS.items() if action not in known}
	if not missing:
		return
	rows = [row.as_dict() for row in settings.get(TABLE)]
	new = [
		{"item_label": label, "item_type": "Action", "action": action} for label, action in missing.items()
	]
	place = next((n for n, row in enumerate(rows) if row.get("item_label") == "Log out"), len(rows))
	_write(settings, [*rows[:place], *new, *rows[place:]])


def remove() -> None:
	"""Take our rows away again."""
	settings = frappe.get_single(DOCTYPE)
	ours = set(ITEMS.values())
	rows = [row.as_dict() for row in settings.get(TABLE) if row.action not in ours]
	if len(rows) < len(settings.get(TABLE)):
		_write(settings, rows)


def _write(settings: frappe.model.document.Document, rows: list[dict]) -> None:
	settings.set(TABLE, [])
	for number, row in enumerate(rows, 1):
		settings.append(TABLE, {**row, "idx": number, "name": row.get("name")})
	settings.save(ignore_permissions=True)
