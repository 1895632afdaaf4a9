"""Alerts, families, tags and a rule of the demo clinic's patients."""

from clinic_core.demo.world import Row, World
from clinic_core.people.family.relations import pair
from clinic_core.people.tags import recompute

# (Persian, English), kind, severity
ALERTS = [
	(("حساسیت به لیدوکائین", "Allergic to lidocaine"), "Allergy", "Danger"),
	(("باردار", "Pregnant"), "Pregnancy", "Danger"),
	(("مصرف داروی ضد انعقاد", "Takes anticoagulants"), "Medication", "Warning"),
	(("دیابت", "Diabetic"), "Medical Condition", "Warning"),
]
# code, title, colour, kind
TAGS = [
	("VIP", ("ویژه", "VIP"), "Purple", "Manual"),
	("LOYAL", ("وفادار", "Loyal"), "Green", "Smart"),
	("ASLEEP", ("مدت‌هاست نیامده", "Not seen lately"), "Orange", "Smart"),
]
RULES = [
	("LOYAL", ("شش مراجعه یا بیشتر", "Six visits or more"), [("visit_count", ">=", "6", 365)]),
	(
		"ASLEEP",
		("دو ماه است نیامده", "Two months without a visit"),
		[("last_visit_days", ">=", "60", 0), ("visit_count", ">=", "1", 0)],
	),
]


def build(world: World) -> None:
	"""Families by their shared phone, a few alerts, tags by hand and by rule."""
	patients = world.shared["patients"]
	_alerts(world)
	_families(world, patients)
	for code, title, colour, kind in TAGS:
		world.master("Clinic Tag", code, title=world.text(title), colour=colour, kind=kind)
	for patient in patients[::37]:
		world.add_child(
			"Clinic Patient Tag",
			patient,
			"Clinic Patient",
			"tags",
			tag="VIP",
			given=recompute.BY_HAND,
			added_on=patient["creation"],
			added_by=patient["owner"],
		)
	world.later.append(lambda: _rules(world))


def fitting(patient: Row, alert: tuple) -> tuple:
	"""The alert, or the next one for whom it cannot be."""
	at = ALERTS.index(alert)
	if alert[1] == "Pregnancy" and patient["gender"] != "Female":
		at += 1
	return ALERTS[at]


def _alerts(world: World) -> None:
	for patient, (text, kind, severity) in world.shared["alerts"]:
		world.add(
			"Clinic Patient Alert",
			patient["creation"],
			patient["owner"],
			patient=patient["name"],
			patient_name=patient["full_name"],
			kind=kind,
			severity=severity,
			text=world.text(text),
			is_active=1,
		)


def _families(world: World, patients: list[Row]) -> None:
	"""Who shares a phone is of one family: parents by age, otherwise brothers and sisters."""
	by_phone: dict[str, list[Row]] = {}
	for patient in patients:
		by_phone.setdefault(patient["mobile"], []).append(patient)
	for members in by_phone.values():
		eldest, *others = sorted(members, key=lambda row: (row["birth_date"], row["name"]))
		for other in others:
			_relate(world, other, eldest)


def _relate(world: World, patient: Row, relative: Row) -> None:
	woman = relative["gender"] == "Female"
	is_parent = (patient["birth_date"] - relative["birth_date"]).days > 18 * 365
	relation = ("Mother" if woman else "Father") if is_parent else ("Sister" if woman else "Brother")
	world.add(
		"Clinic Patient Relation",
		patient["creation"],
		patient["owner"],
		patient=patient["name"],
		patient_name=patient["full_name"],
		relation=relation,
		relative=relative["name"],
		relative_name=relative["full_name"],
		is_payer=int(is_parent),
		is_emergency_contact=1,
		pair=pair(patient["name"], relative["name"]),
	)


def _rules(world: World) -> None:
	for tag, title, conditions in RULES:
		rows = [
			{"measure": measure, "operator": operator, "value": value, "days": days}
			for measure, operator, value, days in conditions
		]
		doc = world.document(recompute.RULE, title=world.text(title), tag=tag, match="All", conditions=rows)
		recompute.run_within(doc.name)
