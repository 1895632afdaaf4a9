"""What the demo clinic's people earn of the services they take part in (F33)."""

import datetime

import frappe

from clinic_core.demo.world import World

DOCTYPE = "Clinic Performance Share"
# House rules first, then one person's own agreement.
SHARES = (
	{"role": "Practitioner", "percent": 40},
	{"role": "Technician", "percent": 8},
	{"role": "Assistant", "kind": "Amount per Unit", "amount": 300_000},
	{"role": "Practitioner", "percent": 50, "practitioner": "DR-02"},
)


def build(world: World) -> None:
	"""Agree on shares, unless the clinic has its own."""
	if frappe.db.count(DOCTYPE):
		return
	begin = world.today - datetime.timedelta(days=400)
	known = {person["name"] for person in world.shared["practitioners"]}
	for share in SHARES:
		if share.get("practitioner") in (None, *known):
			world.document(DOCTYPE, valid_from=begin, **share)
