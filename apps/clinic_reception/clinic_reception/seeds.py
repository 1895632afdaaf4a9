"""What a new clinic starts with; all of it may be edited or deleted (`design.md` §4.15)."""

PAYMENT_METHODS = [
	{"code": "CASH", "title": "Cash", "kind": "Cash", "priority": 1},
	{"code": "CARD", "title": "Card terminal", "kind": "Card", "requires_reference": 1, "priority": 2},
	{
		"code": "TRANSFER",
		"title": "Bank transfer",
		"kind": "Transfer",
		"requires_reference": 1,
		"priority": 3,
	},
	{"code": "DEPOSIT", "title": "From deposit", "kind": "Deposit", "priority": 4},
	{"code": "CREDIT", "title": "From credit", "kind": "Credit", "priority": 5},
]

CASH_DESKS = [{"code": "MAIN", "title": "Main cash desk", "branch": "MAIN", "legal_entity": "MAIN"}]

# Frappe shows four columns on a laptop, three of them the title, tags and state. How many: the title,
# tags and state included.
LIST_COLUMNS = [
	{"name": "Clinic Visit", "total_fields": "6"},
	{"name": "Clinic Reception", "total_fields": "7"},
	{"name": "Clinic Payment", "total_fields": "7"},
]

SEEDS = [
	("Clinic Payment Method", PAYMENT_METHODS),
	("Clinic Cash Desk", CASH_DESKS),
	("List View Settings", LIST_COLUMNS),
]
