"""Endpoints of consents and policies: what holds, give, refuse, withdraw; may we contact?"""

from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import boundary, wire
from clinic_core.foundation.errors import refuse_input
from clinic_core.people.consent import (
	consents,
	gate,
	message_gate,
	people,
	policies,
	service_consents,
	signatures,
	wording,
)
from clinic_core.people.consent.purposes import CODES, GIVEN, LABELS, REFUSED, SERVICE_LABEL, WITHDRAWN

_API = "clinic_core.people.consent.api"
_HOW = ("Signed on Tablet", "Verbal", "Paper Scan", "SMS Reply")


@frappe.whitelist(methods=["GET"])
def consent_panel(person_doctype: str, person: str) -> dict[str, Any]:
	"""What a person agreed to → {purposes, contact, policies} for the panel of a form (E001, N15)."""
	wire.require_permission(consents.DOCTYPE, "read")
	wire.require_permission(person_doctype, "read", person)
	who = (person_doctype, person)
	look = gate.look_at([who])
	rows = consents.panel(who, look)
	for row in rows:
		row["why_text"] = wording.sentence(row["why"]) if row["why"] else ""
	return {
		"purposes": rows,
		"contact": _contact(who, look),
		"policies": [
			{
				**policy,
				"purposes": [CODES[label] for label in consents.purposes_of(policy.name) if label in CODES],
			}
			for policy in policies.in_force()
		],
	}


@frappe.whitelist(methods=["GET"])
def may_contact(person_doctype: str, person: str) -> list[dict[str, Any]]:
	"""May we call or write to this person, by channel → [{channel, kind, may, why, text}]."""
	wire.require_permission(person_doctype, "read", person)
	return _contact((person_doctype, person))


@frappe.whitelist(methods=["GET"])
def policy_text(policy: str, language: str | None = None) -> dict[str, Any]:
	"""The text of a version to be read before signing → {title, body, language, languages, version_no}."""
	wire.require_permission(policies.DOCTYPE, "read", policy)
	version = frappe.db.get_value(policies.DOCTYPE, policy, ["version_no", "kind"], as_dict=True)
	text = policies.text_of(policy, language or frappe.local.lang)
	return {**text, **version, "languages": policies.languages_of(policy)}


@frappe.whitelist(methods=["GET"])
def missing_consents(patient: str, services: str | list) -> list[dict[str, Any]]:
	"""The texts a patient has still to sign for these services (F40) → [{policy, title, services}]."""
	wire.require_permission(people.PATIENT, "read", patient)
	return service_consents.missing(patient, _names(services, _("Services")))


@frappe.whitelist(methods=["POST"])
def record_consent(
	person_doctype: str,
	person: str,
	decision: str,
	how: str,
	policy: str | None = None,
	purposes: str | list | None = None,
	signature: str | None = None,
	evidence: str | None = None,
	language: str | None = None,
	note: str | None = None,
	register: str | None = None,
	register_no: str | None = None,
	idempotency_key: str | None = None,
) -> dict[str, Any]:
	"""Record what a person said: Given, Refused or Withdrawn → {consents}.

	`purposes` are codes; without them all that the policy covers. `signature` is a drawn PNG as a data
	address.
	"""
	wire.require_permission(consents.DOCTYPE, "create")
	wire.require_permission(person_doctype, "read", person)
	if decision not in (GIVEN, REFUSED, WITHDRAWN):
		refuse_input(_("Answer"), _("Choose one of: {0}.").format(_list(GIVEN, REFUSED, WITHDRAWN)))
	if how not in _HOW:
		refuse_input(_("How"), _("Choose one of: {0}.").format(_list(*_HOW)))
	if policy:
		wire.require_permission(policies.DOCTYPE, "read", policy)
	labels = _labels(purposes, policy)
	drawn = signatures.read(signature)
	more = {"evidence": evidence, "language": language, "note": note}
	more.update({"register": register, "register_no": register_no})
	content = {"person": person, "decision": decision, "how": how, "policy": policy, "purposes": labels}
	return boundary.command(
		f"{_API}.record_consent",
		idempotency_key,
		lambda: {
			"consents": consents.record(
				(person_doctype, person), labels, decision, how, policy=policy, signature=drawn, **more
			)
		},
		content=content,
	)


@frappe.whitelist(methods=["POST"])
def publish_policy(policy: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Publish a draft; from then on it never changes (E013) → {policy, status, version_no}."""
	wire.require_permission(policies.DOCTYPE, "write", policy)
	return _command("publish_policy", idempotency_key, policy, policies.publish)


@frappe.whitelist(methods=["POST"])
def retire_policy(policy: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Take a published version out of use → {policy, status}."""
	wire.require_permission(policies.DOCTYPE, "write", policy)
	return _command("retire_policy", idempotency_key, policy, policies.retire)


@frappe.whitelist(methods=["POST"])
def new_policy_version(policy: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""A draft of the next version with the same text → {policy, version_no}."""
	wire.require_permission(policies.DOCTYPE, "create")
	wire.require_permission(policies.DOCTYPE, "read", policy)
	return _command("new_policy_version", idempotency_key, policy, policies.new_version)


def _command(method: str, key: str | None, policy: str, work: Any) -> dict[str, Any]:
	return boundary.command(f"{_API}.{method}", key, lambda: work(policy), content={"policy": policy})


def _contact(person: people.Person, look: gate.Look | None = None) -> list[dict[str, Any]]:
	rows = message_gate.opinion_of_form(person, look)
	return [{**row, "text": wording.sentence(row["why"]) if row["why"] else ""} for row in rows]


def _labels(purposes: str | list | None, policy: str | None) -> list[str]:
	codes = _names(purposes, _("Purposes")) if purposes else []
	unknown = [code for code in codes if code not in LABELS]
	if unknown:
		refuse_input(_("Purposes"), _("Choose one of: {0}.").format(_list(*LABELS.values())))
	if codes:
		return [LABELS[code] for code in codes]
	if not policy:
		refuse_input(_("Purposes"), _("Say what a person who agrees allows."))
	return consents.purposes_of(policy) or [SERVICE_LABEL]


def _names(given: str | list, label: str) -> list[str]:
	names = wire.parse_list(given, label)
	if not all(isinstance(name, str) for name in names):
		refuse_input(label, _("Send a list of names."))
	return names


def _list(*options: str) -> str:
	return _(", ", context="between names").join(_(option) for option in options)
