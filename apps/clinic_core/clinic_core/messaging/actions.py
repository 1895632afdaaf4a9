"""What people do with messages: send a failed one again, ask about an unknown one, preview a text (N9)."""

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_url

from clinic_core.foundation.errors import ConflictError, ForbiddenMoveError, refuse_input
from clinic_core.foundation.state import as_system
from clinic_core.messaging import asking, drafts, outbox, segments, states, values, wording
from clinic_core.messaging.drafts import DOCTYPE, Draft
from clinic_core.messaging.gateways import registry
from clinic_core.messaging.mailing import letters
from clinic_core.messaging.mailing.adapter import FrappeMail
from clinic_core.messaging.occasions import OCCASIONS


def send_again(name: str) -> Document:
	"""A message that failed goes out once more, under a new number of ours. Raises ForbiddenMoveError."""
	doc = frappe.get_doc(DOCTYPE, name, for_update=True)
	if doc.status != states.FAILED:
		frappe.throw(
			_("Only a failed message is sent again; this one is: {0}.").format(_(doc.status)),
			ForbiddenMoveError,
		)
	if doc.purpose == states.CODE:
		frappe.throw(_("A code is not sent twice. Ask for a new one."), ForbiddenMoveError)
	to = doc.email if doc.channel == states.EMAIL else doc.recipient
	draft = Draft(doc.template, to=to, patient=doc.patient, expires_at=doc.expires_at, channel=doc.channel)
	(judged,) = drafts.finish([draft])
	if judged["error_code"] and judged["error_code"] not in _OF_THE_TEXT:
		frappe.throw(judged["error"], ForbiddenMoveError)
	if doc.channel == states.EMAIL and doc.gateway_id:
		FrappeMail().forget(doc.gateway_id)
	doc.update(
		{
			"status": states.QUEUED,
			"local_id": outbox.new_local_id(),
			"not_before": judged["not_before"],
			"attempts": 0,
			**dict.fromkeys(("error", "error_code", "gateway_id", "sent_at", "ask_at")),
		}
	)
	with as_system():
		doc.save(ignore_permissions=True)
	outbox.kick()
	return doc


_OF_THE_TEXT = frozenset({wording.EMPTY, wording.TOO_LONG})
"""The text was written before; what a new one would lack is not asked."""


def ask(name: str) -> Document:
	"""Ask the gateway what became of a message, now. Raises ForbiddenMoveError."""
	status, channel = frappe.db.get_value(DOCTYPE, name, ["status", "channel"])
	if status not in (states.UNKNOWN, states.SENT):
		frappe.throw(
			_(
				"The gateway is asked about a message that was sent or whose fate is unknown; this one is: {0}."
			).format(_(status)),
			ForbiddenMoveError,
		)
	if channel == states.EMAIL:
		frappe.throw(_("The Email Queue says what became of an email."), ForbiddenMoveError)
	asking.work(name, status)
	return frappe.get_doc(DOCTYPE, name)


def preview(
	template: str,
	text: str | None = None,
	patient: str | None = None,
	language: str | None = None,
	as_email: bool = False,
	subject: str | None = None,
) -> dict[str, Any]:
	"""A text as it would go out → {text, language, encoding, length, parts, left, cost, is_too_long, why_not}.

	`text` as typed now; without one the template's. Without a patient with made-up values. As an email it is
	{subject, text, language, html, why_not}.
	"""
	doc = drafts.template_of(template) if template else None
	person = _person(patient)
	otherwise = frappe.db.get_default("lang") or "en"
	language = language or (person and person.preferred_language) or otherwise
	if text is None:
		if not doc:
			refuse_input(_("Template"), _("There is no such template."))
		language, text = doc.text_in(language, otherwise)
	if as_email:
		typed = subject or (_(doc.title, language) if doc else "")
		return {**_as_email(text, typed, language, person), "why_not": _why_not(doc, patient, states.EMAIL)}
	written = _filled(text, language, person)
	size = segments.measure(written)
	gateway = registry.current()
	price = (gateway.price_per_part if gateway else 0) or 0
	return {
		"text": written,
		"language": language,
		"encoding": size.encoding,
		"length": size.length,
		"parts": size.parts,
		"left": size.left,
		"cost": segments.cost(size.parts, price),
		"is_too_long": size.is_too_long,
		"why_not": _why_not(doc, patient),
	}


def _as_email(text: str, subject: str, language: str, person: Any) -> dict[str, Any]:
	link = {"link": get_url("/booking/A1B2C3")}
	written = _filled(text, language, person, link)
	if link["link"] not in written:
		written = f"{written}\n{link['link']}"
	row = frappe._dict(text=written, subject=_filled(subject, language, person, link), language=language)
	return {**row, "html": letters.html(row)}


def _filled(text: str, language: str, person: Any, more: dict[str, Any] | None = None) -> str:
	from clinic_core.messaging import examples, texts

	given = {**examples.values(language), **({"patient": person.full_name} if person else {}), **(more or {})}
	return texts.fill(text, values.shown(given, language))


def _person(patient: str | None) -> Any:
	if not patient:
		return None
	return frappe.db.get_value(
		drafts.PATIENT, patient, ["name", "full_name", "mobile", "preferred_language"], as_dict=True
	)


def _why_not(doc: Any, patient: str | None, channel: str = states.SMS) -> str | None:
	"""What stands against sending this to the patient now."""
	if not doc or not patient or doc.purpose == states.CODE:
		return None
	(judged,) = drafts.finish(
		[Draft(doc.name, patient=patient, values={"list": "…", "text": "…", "code": "0"}, channel=channel)]
	)
	return judged["error"]


def require_gateway_in_use(name: str) -> None:
	"""Raises ConflictError for a gateway that was switched off."""
	if not frappe.db.get_value("Clinic SMS Gateway", name, "is_active"):
		frappe.throw(_("This gateway is switched off."), ConflictError)


def is_ours(template: str) -> bool:
	"""Whether the clinic's own work writes by this template."""
	return template in OCCASIONS
