"""Cash desks and the titles of payment methods in the demo clinic."""

import frappe
from clinic_core.demo.masters import retitle
from clinic_core.demo.world import World

from clinic_reception.seeds import SEEDS

TITLES = {
	"Cash": ("نقدی", "Cash"),
	"Card terminal": ("کارت‌خوان", "Card terminal"),
	"Bank transfer": ("کارت‌به‌کارت", "Bank transfer"),
	"From deposit": ("از بیعانه", "From deposit"),
	"From credit": ("از اعتبار", "From credit"),
	"Main cash desk": ("صندوق اصلی", "Main cash desk"),
}


def build(world: World) -> None:
	"""One cash desk per branch; leaves `desks` (branch → desk) in `shared`."""
	retitle(world, SEEDS, TITLES)
	desks = {}
	for branch in world.shared["branches"]:
		known = frappe.get_all(
			"Clinic Cash Desk",
			filters={"branch": branch, "is_active": 1},
			pluck="name",
			order_by="name asc",
			limit=1,
		)
		desks[branch] = known[0] if known else _desk(world, branch)
	world.shared["desks"] = desks


def _desk(world: World, branch: str) -> str:
	return world.master(
		"Clinic Cash Desk",
		branch,
		title=world.text(("صندوق شعبهٔ سعادت‌آباد", "Saadat Abad cash desk")),
		branch=branch,
		legal_entity=world.shared["legal_entity"],
	)
