"""Who sees what of a person: role × kind of fact, and the fields that hold them (F80, E137, E150). Data.

A new field that holds such a fact is named here (or in the `clinic_masked_fields` of its app), or among
FREE; a test looks for those that are not. A clinic changes the roles in its Clinic Masking Rules.
"""

from clinic_core.foundation.roles import (
	ACCOUNTANT,
	CALL_AGENT,
	CASHIER,
	CONSULTANT,
	CRM_AGENT,
	CRM_MANAGER,
	MANAGER,
	RECEPTIONIST,
	STAFF,
	SUPERVISOR,
)

PHONE = "Phone"
EMAIL = "Email"
ADDRESS = "Address"
BIRTH_DATE = "Birth date"
IDENTITY = "Identity number"
NOTE = "Note"
KINDS = (PHONE, EMAIL, ADDRESS, BIRTH_DATE, IDENTITY, NOTE)

_WHO_CALL = frozenset({MANAGER, SUPERVISOR, RECEPTIONIST, CONSULTANT, CRM_AGENT, CRM_MANAGER, CALL_AGENT})
DEFAULTS: dict[str, frozenset[str]] = {
	PHONE: _WHO_CALL,
	EMAIL: _WHO_CALL,
	ADDRESS: _WHO_CALL | {ACCOUNTANT},
	BIRTH_DATE: STAFF - {CASHIER, ACCOUNTANT, CALL_AGENT},
	IDENTITY: frozenset({MANAGER, SUPERVISOR}),
	NOTE: STAFF - {CASHIER, ACCOUNTANT},
}
"""Who sees a fact in full until the clinic says otherwise. Everybody else sees it hidden."""

FIELDS: dict[str, dict[str, str]] = {
	"Clinic Patient": {
		"mobile": PHONE,
		"email": EMAIL,
		"address": ADDRESS,
		"birth_date": BIRTH_DATE,
		"national_code": IDENTITY,
		"note": NOTE,
	},
	"Clinic Patient Phone": {"phone": PHONE},
	"Clinic Patient Address": {"address": ADDRESS},
	"Clinic Patient Relation": {"phone": PHONE},
	"Clinic Patient Identity": {"number": IDENTITY, "unique_key": IDENTITY},
	"Clinic Proforma": {"person_mobile": PHONE},
	"Clinic Service Review": {"mobile": PHONE, "email": EMAIL},
	"Clinic Do Not Contact": {"address": PHONE},
	"Clinic Referrer": {"mobile": PHONE},
	"Clinic Message": {"recipient": PHONE, "email": EMAIL},
	"Clinic Incoming Message": {"sender": PHONE},
}

FREE = frozenset(
	{
		"Clinic Branch.phone",
		"Clinic Branch.address",
		"Clinic Insurer.phone",
		"Clinic Insurer.email",
		"Clinic Insurer.address",
		"Clinic Public Profile.phone",
		"Clinic Public Profile.email",
		"Clinic Public Profile.address",
		"Clinic Service.national_code",
		"Clinic Service Review.ip_hash",
		"Clinic Consent.ip_address",
		"Clinic Access Log.ip_address",
		"Clinic Lead Submission.ip_address",
		"Clinic Settings.require_birth_date",
		"Clinic Settings.require_national_code",
		"Clinic Settings.phone_region",
		"Clinic Settings.lead_limit_per_address",
		"Clinic Settings.online_limit_per_address",
		"Clinic Settings.payment_gateway_address",
		"Clinic Desk Event.ip_address",
		"Clinic SMS Gateway.address",
		"Clinic Staff Member.email",
		"Clinic Staff Member.mobile",
	}
)
"""Fields that look like a person's but are the clinic's own, or say nothing of a person."""
