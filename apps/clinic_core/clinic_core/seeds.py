"""What a new clinic starts with; all of it may be edited or deleted (`design.md` §4.15)."""

from clinic_core.messaging.seeds import GATEWAYS, TEMPLATES
from clinic_core.people.consent.seeds import POLICIES
from clinic_core.people.masking.matrix import DEFAULTS

LEGAL_ENTITIES = [{"code": "MAIN", "title": "Clinic"}]

BRANCHES = [{"code": "MAIN", "title": "Main branch", "legal_entity": "MAIN"}]

REFERRAL_SOURCES = [
	{"code": "WALKIN", "title": "Walk-in"},
	{"code": "FRIEND", "title": "Friends and family"},
	{"code": "DOCTOR", "title": "Referred by a doctor"},
	{"code": "INSTAGRAM", "title": "Instagram"},
	{"code": "WEBSITE", "title": "Website"},
	{"code": "GOOGLE", "title": "Search engine"},
	{"code": "AD", "title": "Advertisement"},
	{"code": "OTHER", "title": "Other"},
]

# Frappe shows four columns on a laptop, three of them the title, tags and state. How many: the title,
# tags and state included.
LIST_COLUMNS = [
	{"name": "Clinic Patient", "total_fields": "7"},
	{"name": "Clinic Service", "total_fields": "6"},
	{"name": "Clinic Appointment", "total_fields": "6"},
	{"name": "Clinic Message", "total_fields": "6"},
]

# Who sees what of a person; the clinic changes the roles.
MASKING_RULES = [
	{"name": kind, "kind": kind, "roles": [{"role": role} for role in sorted(seers)]}
	for kind, seers in DEFAULTS.items()
]

# States that people move by hand stand as columns; the others follow from the visit.
_COLUMNS = (
	("Booked", "Blue"),
	("Confirmed", "Purple"),
	("Arrived", "Orange"),
	("Admitted", "Yellow"),
	("Completed", "Green"),
	("No Show", "Red"),
	("Cancelled", "Gray"),
)
BOARDS = [
	{
		"name": "Appointments of today",
		"kanban_board_name": "Appointments of today",
		"reference_doctype": "Clinic Appointment",
		"field_name": "status",
		"filters": '[["Clinic Appointment","start","Timespan","today"]]',
		"fields": '["start","service","practitioner"]',
		"show_labels": 0,
		"columns": [{"column_name": name, "indicator": colour} for name, colour in _COLUMNS],
	}
]

SEEDS = [
	("Clinic Policy", POLICIES),
	("Clinic Masking Rule", MASKING_RULES),
	("Clinic Legal Entity", LEGAL_ENTITIES),
	("Clinic Branch", BRANCHES),
	("Clinic Referral Source", REFERRAL_SOURCES),
	("List View Settings", LIST_COLUMNS),
	("Kanban Board", BOARDS),
	("Clinic Message Template", TEMPLATES),
	("Clinic SMS Gateway", GATEWAYS),
]
