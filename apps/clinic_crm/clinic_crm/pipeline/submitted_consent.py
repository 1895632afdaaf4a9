"""What the sender of a lead form agrees to: the text that was shown, and advertising if ticked (E001, E003)."""

from typing import Any

import frappe
from clinic_core.people.consent import consents, policies, policy_rules
from clinic_core.people.consent.purposes import GIVEN, LABELS, MARKETING
from frappe.model.document import Document

WEB_FORM = "Web Form"


def shown() -> dict[str, Any]:
	"""What a public form shows: {privacy: policy, marketing: policy}, each a version in force or None."""
	return {
		"privacy": policies.current_of_kind(policy_rules.DATA_PROCESSING)
		or policies.current_of_kind(policy_rules.PRIVACY_NOTICE),
		"marketing": policies.current_of_kind(policy_rules.MARKETING),
	}


def stamp(doc: Document) -> None:
	"""Keep the version the sender saw; a name that is none of ours gives way to the one in force."""
	given = doc.privacy_policy and frappe.db.get_value(
		policies.DOCTYPE,
		{"name": doc.privacy_policy, "status": ("!=", policy_rules.DRAFT)},
		["name", "kind"],
		as_dict=True,
	)
	if not given or given.kind not in (policy_rules.DATA_PROCESSING, policy_rules.PRIVACY_NOTICE):
		current = shown()["privacy"]
		doc.privacy_policy = current.name if current else None
	doc.marketing_consent = int(bool(doc.marketing_consent))


def record(doc: Document) -> None:
	"""Write the consents of the person the submission came from, with where it came from."""
	person = ("Clinic Contact", doc.contact)
	source = {
		"ip_address": doc.ip_address,
		"user_agent": doc.user_agent,
		"source_doctype": doc.doctype,
		"source_name": doc.name,
	}
	if doc.privacy_policy and (purposes := consents.purposes_of(doc.privacy_policy)):
		consents.record(person, purposes, GIVEN, WEB_FORM, policy=doc.privacy_policy, **source)
	if doc.marketing_consent:
		policy = shown()["marketing"]
		consents.record(
			person, [LABELS[MARKETING]], GIVEN, WEB_FORM, policy=policy.name if policy else None, **source
		)
