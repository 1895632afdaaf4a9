"""Records what people agree to, and shows what holds. Permission-free: the endpoint has asked."""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import cached
from clinic_core.foundation.errors import refuse_input
from clinic_core.people.consent import gate, policies, policy_rules, signatures
from clinic_core.people.consent.modes import mode_of
from clinic_core.people.consent.people import Person
from clinic_core.people.consent.purposes import LABELS, SERVICE_LABEL

DOCTYPE = "Clinic Consent"
CHANNEL_OF_GUESTS = "Web Form"
ON_TABLET = "Signed on Tablet"


def record(
	person: Person,
	purposes: Iterable[str],
	decision: str,
	how: str,
	*,
	policy: str | None = None,
	signature: bytes | None = None,
	**more: Any,
) -> list[str]:
	"""Write one answer for each purpose (stored labels). Returns the names of the new consents.

	`more`: note, evidence, language, register, register_no, ip_address, user_agent, source_doctype,
	source_name.
	"""
	wanted = list(dict.fromkeys(purposes))
	if not wanted:
		refuse_input(_("Purposes"), _("Say what a person who agrees allows."))
	address = signatures.keep(signature) if signature else None
	names = []
	for purpose in wanted:
		doc = frappe.new_doc(DOCTYPE)
		doc.update({"person_doctype": person[0], "person_name": person[1], "policy": policy, **more})
		doc.update({"purpose": purpose, "decision": decision, "how": how, "signature": address})
		doc.insert(ignore_permissions=True)
		names.append(doc.name)
	if address:
		signatures.attach(address, names[0])
	return names


def purposes_of(policy: str) -> list[str]:
	"""The purposes (stored labels) that an answer to this policy is about."""
	doc = cached.document(policies.DOCTYPE, policy)
	if doc.kind == policy_rules.SERVICE_CONSENT:
		return [SERVICE_LABEL]
	return [row.purpose for row in doc.purposes]


def panel(person: Person, look: gate.Look) -> list[dict[str, Any]]:
	"""Rows of the panel, one for each purpose: what holds, since when, under which version, may it be used.

	{purpose, label, mode, decision, at, how, policy, version, consent, may, why}
	"""
	latest = _latest(look.known[person].documents)
	rows = []
	for code, label in LABELS.items():
		answer = look.answers.get(label, {}).get(person)
		shown = latest.get((label, answer.decision, answer.at)) if answer else None
		why = gate.why_not_many([person], code, look)[person]
		rows.append(
			{
				"purpose": code,
				"label": label,
				"mode": mode_of(code),
				"decision": answer.decision if answer else None,
				"at": str(answer.at) if answer else None,
				"how": shown.how if shown else None,
				"policy": shown.policy if shown else None,
				"version": shown.policy_version if shown else None,
				"consent": shown.name if shown else None,
				"may": why is None,
				"why": why,
			}
		)
	return rows


def _latest(documents: set[Person]) -> dict[tuple[str, str, Any], Any]:
	rows = frappe.get_all(
		DOCTYPE,
		{"person_name": ("in", sorted(name for _doctype, name in documents))},
		[
			"name",
			"person_doctype",
			"person_name",
			"purpose",
			"decision",
			"at",
			"how",
			"policy",
			"policy_version",
		],
		order_by="at asc, creation asc, name asc",
	)
	return {
		(row.purpose, row.decision, row.at): row
		for row in rows
		if (row.person_doctype, row.person_name) in documents
	}
