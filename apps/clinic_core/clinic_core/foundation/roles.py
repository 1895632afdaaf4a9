"""The roles of the product (`design.md` §6), by name."""

MANAGER = "Clinic Manager"
SUPERVISOR = "Clinic Branch Supervisor"
RECEPTIONIST = "Clinic Receptionist"
CASHIER = "Clinic Cashier"
PRACTITIONER = "Clinic Practitioner"
OPERATOR = "Clinic Operator"
CONSULTANT = "Clinic Consultant"
CRM_AGENT = "Clinic CRM Agent"
CRM_MANAGER = "Clinic CRM Manager"
CALL_AGENT = "Clinic Call Agent"
ACCOUNTANT = "Clinic Accountant"
PORTAL_USER = "Clinic Portal User"

STAFF = frozenset(
	{
		MANAGER,
		SUPERVISOR,
		RECEPTIONIST,
		CASHIER,
		PRACTITIONER,
		OPERATOR,
		CONSULTANT,
		CRM_AGENT,
		CRM_MANAGER,
		CALL_AGENT,
		ACCOUNTANT,
	}
)
EVERYONE = STAFF | {PORTAL_USER}
