"""What a new clinic starts with; all of it may be edited or deleted (`design.md` §4.15)."""

CONTACT_METHODS = [
	{"code": "PHONE", "title": "Phone call", "channel": "Phone"},
	{"code": "SMS", "title": "Text message", "channel": "SMS"},
	{"code": "WHATSAPP", "title": "WhatsApp", "channel": "WhatsApp"},
	{"code": "EMAIL", "title": "Email message", "channel": "Email"},
	{"code": "INPERSON", "title": "In person", "channel": "In Person"},
	{"code": "SOCIAL", "title": "Social network", "channel": "Social"},
]

FEEDBACKS = [
	{"code": "INTERESTED", "title": "Interested", "outcome": "Positive"},
	{"code": "WILLBOOK", "title": "Wants an appointment", "outcome": "Positive"},
	{"code": "THINKING", "title": "Thinking about it", "outcome": "Neutral"},
	{"code": "CALLLATER", "title": "Call again later", "outcome": "Neutral"},
	{"code": "NOANSWER", "title": "No answer", "outcome": "Neutral"},
	{"code": "PRICE", "title": "Too expensive", "outcome": "Negative"},
	{"code": "NOTINTERESTED", "title": "Not interested", "outcome": "Negative"},
	{"code": "WRONGNUMBER", "title": "Wrong number", "outcome": "Negative"},
]

CHANNELS = [
	{
		"code": "INSTAGRAM",
		"title": "Instagram page",
		"kind": "Social Network",
		"method": "Posts and stories",
		"referral_source": "INSTAGRAM",
	},
	{
		"code": "WEBSITE",
		"title": "Website form",
		"kind": "Search",
		"method": "Lead form",
		"referral_source": "WEBSITE",
	},
	{
		"code": "WALKIN",
		"title": "Walk-in",
		"kind": "Walk-in",
		"method": "Passing by",
		"referral_source": "WALKIN",
	},
	{
		"code": "FRIEND",
		"title": "Recommended by a patient",
		"kind": "Referral",
		"method": "Word of mouth",
		"referral_source": "FRIEND",
	},
	# What a practitioner recorded himself comes through it (C072).
	{
		"code": "PRACTITIONER",
		"title": "Practitioner area",
		"kind": "Referral",
		"method": "Appointments recorded by practitioners",
	},
]

TEAMS = [{"code": "CRM", "title": "CRM team"}]

# The Web Form underneath is made with it, so it is seeded last.
LEAD_FORMS = [
	{
		"name": "website-form",
		"form_name": "Website form",
		"route": "contact",
		"team": "CRM",
		"channel": "WEBSITE",
		"description": "Leave your name and number. We will call you.",
		"form_fields": [
			{"fieldname": "first_name", "is_required": 1},
			{"fieldname": "last_name"},
			{"fieldname": "mobile", "is_required": 1},
			{"fieldname": "description"},
		],
	},
]

# Frappe shows four columns on a laptop, three of them the title, tags and state. How many: the title,
# tags and state included.
LIST_COLUMNS = [
	{"name": "Clinic Lead", "total_fields": "6"},
	{"name": "Clinic Activity", "total_fields": "7"},
]

SEEDS = [
	("Clinic Contact Method", CONTACT_METHODS),
	("Clinic Feedback", FEEDBACKS),
	("Clinic Marketing Channel", CHANNELS),
	("Clinic Team", TEAMS),
	("Clinic Lead Form", LEAD_FORMS),
	("List View Settings", LIST_COLUMNS),
]
