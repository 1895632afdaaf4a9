"""From what is to be said to a message that may go out: gate, address, language, text (N9, N15, E011, E174).

Permission-free; the same number of queries for one draft as for five hundred.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe.utils import add_to_date, cint, now_datetime, validate_email_address

from clinic_core.foundation import cached, phones, settings
from clinic_core.messaging import sealing, segments, states, texts, timing, values, wording
from clinic_core.messaging.doctype.clinic_do_not_contact import clinic_do_not_contact as register
from clinic_core.operations import records
from clinic_core.people.consent import gate, message_gate, rules
from clinic_core.people.consent.purposes import MARKETING, REMINDER

DOCTYPE = "Clinic Message"
TEMPLATE = "Clinic Message Template"
PATIENT = "Clinic Patient"
KINDS = {
	states.SERVICE: message_gate.TRANSACTIONAL,
	states.REMINDER: REMINDER,
	states.ADVERTISING: MARKETING,
}
"""Purpose of a template → kind of message the gate knows."""
_PURPOSES = {states.SERVICE: None, states.REMINDER: REMINDER, states.ADVERTISING: MARKETING}
DEFAULT_LIMIT = 20
CODE_VALUE = "code"


@dataclass(frozen=True)
class Draft:
	"""Something to be said to somebody. Without `to` the patient's own mobile or email address is taken."""

	template: str
	key: str = ""
	to: str = ""
	values: dict[str, Any] = field(default_factory=dict)
	patient: str | None = None
	language: str | None = None
	reference: tuple[str, str] | None = None
	branch: str | None = None
	expires_at: datetime.datetime | None = None
	why_not: str | None = None
	"""A reason that was found before: it is only recorded."""
	channel: str = states.SMS


def finish(drafts: Sequence[Draft]) -> list[dict[str, Any]]:
	"""For each draft what its message stores: status, recipient, text, purpose, not_before, error …"""
	look = _Look(drafts)
	return [_finished(draft, look) for draft in drafts]


def template_of(code: str) -> Any:
	"""The template by its code, None when there is none; from the cache."""
	return cached.find(TEMPLATE, code)


class _Look:
	"""What is known of everybody the drafts are for."""

	def __init__(self, drafts: Sequence[Draft]) -> None:
		self.now = now_datetime()
		self.quiet = (cint(settings.get("quiet_from")), cint(settings.get("quiet_until")))
		self.limit = cint(settings.get("message_limit_per_number")) or DEFAULT_LIMIT
		self.otherwise = frappe.db.get_default("lang") or "en"
		self.has_account = any(_is_mail(draft) for draft in drafts) and records.has_mail_account()
		self.templates = {code: template_of(code) for code in {draft.template for draft in drafts}}
		self.people = _people({draft.patient for draft in drafts if draft.patient})
		asked = [draft for draft in drafts if self.purpose(draft) in KINDS and not draft.why_not]
		self._ask_gate(asked)
		self.addresses = {id(draft): self._address(draft) for draft in drafts}
		self.counts = self._counted("recipient", states.SMS, drafts)
		self.counts |= self._counted("email", states.EMAIL, drafts)
		self.wordings: dict[tuple[str, str], tuple[str, str, str]] = {}

	def purpose(self, draft: Draft) -> str:
		"""The purpose its template has; Service when there is no template to ask."""
		template = self.templates[draft.template]
		return template.purpose if template else states.SERVICE

	def _ask_gate(self, asked: list[Draft]) -> None:
		persons = {person for draft in asked if (person := _person(draft))}
		self.gate = gate.look_at(sorted(persons)) if persons else None
		self.answers: dict[tuple[str, str, tuple[str, str]], str | None] = {}
		persons_of: dict[tuple[str, str], set[tuple[str, str]]] = {}
		for draft in asked:
			if person := _person(draft):
				persons_of.setdefault((draft.channel, self.purpose(draft)), set()).add(person)
		for (channel, purpose), wanted in sorted(persons_of.items()):
			found = message_gate.may_send_many(sorted(wanted), channel, KINDS[purpose], self.gate)
			self.answers |= {(channel, purpose, person): code for person, (_may, code) in found.items()}
		known = self.gate.unwanted if self.gate else {}
		self.unwanted = dict(known)
		for channel in sorted({draft.channel for draft in asked}):
			given = {draft.to for draft in asked if draft.to and draft.channel == channel} - set(known)
			self.unwanted |= register.entries_of(given, [channel]) if given else {}

	def _address(self, draft: Draft) -> str:
		"""Where it goes: what was given, else the patient's first mobile or email address that is open."""
		is_right = _is_email if _is_mail(draft) else phones.may_receive_sms
		if draft.to:
			return draft.to if is_right(draft.to) else ""
		person = self.people.get(draft.patient)
		if not person or not self.gate or not (known := self.gate.known.get((PATIENT, draft.patient))):
			return ""
		first, others = (
			((person.email or "").lower(), known.emails) if _is_mail(draft) else (person.mobile, known.phones)
		)
		for address in filter(None, [first, *sorted(others - {first})]):
			if is_right(address) and not self._is_closed(address, draft):
				return address
		return ""

	def _is_closed(self, address: str, draft: Draft) -> bool:
		entries = self.unwanted.get(address, ())
		return rules.is_channel_closed(entries, draft.channel, _PURPOSES.get(self.purpose(draft)))

	def _counted(self, field: str, channel: str, drafts: Sequence[Draft]) -> dict[str, int]:
		wanted = {self.addresses[id(draft)] for draft in drafts if draft.channel == channel} - {""}
		return _counts(field, wanted, self.now)

	def wording(self, draft: Draft, language: str) -> tuple[str, str, str]:
		"""(language, text, subject of an email) of its template, for the language that is wished."""
		wished = draft.template, language
		if wished not in self.wordings:
			template = self.templates[draft.template]
			found, text = template.text_in(language, self.otherwise)
			self.wordings[wished] = found, text, template.subject_in(language, self.otherwise)
		return self.wordings[wished]

	def against(self, draft: Draft) -> str | None:
		"""The code of what stands against it."""
		purpose, template = self.purpose(draft), self.templates[draft.template]
		if draft.why_not:
			return draft.why_not
		if not template or not template.is_active:
			return wording.TEMPLATE_OFF
		if draft.expires_at and draft.expires_at <= self.now:
			return wording.EXPIRED
		person = _person(draft)
		if purpose in KINDS and person and (code := self.answers[draft.channel, purpose, person]):
			return code
		if purpose == states.ADVERTISING and not person:
			return rules.UNKNOWN_PERSON
		address = self.addresses[id(draft)]
		if not address:
			return wording.NO_EMAIL if _is_mail(draft) else wording.NO_MOBILE
		if purpose in KINDS and self._is_closed(address, draft):
			return rules.DO_NOT_CONTACT
		if _is_mail(draft) and not self.has_account:
			return wording.NO_ACCOUNT
		return wording.LIMIT if self._is_enough(address) else None

	def _is_enough(self, address: str) -> bool:
		"""Counts the message in: the next one to this address is one more."""
		self.counts[address] = self.counts.get(address, 0) + 1
		return self.counts[address] > self.limit


def _is_mail(draft: Draft) -> bool:
	return draft.channel == states.EMAIL


def _is_email(text: str) -> bool:
	return bool(validate_email_address(text))


def _person(draft: Draft) -> tuple[str, str] | None:
	"""Whom the gate is asked about: the patient, or the lead or contact the message is about."""
	if draft.patient:
		return PATIENT, draft.patient
	if draft.reference and draft.reference[0] in frappe.get_hooks("clinic_person_doctypes"):
		return draft.reference
	return None


def _people(patients: set[str]) -> dict[str, Any]:
	if not patients:
		return {}
	fields = ["name", "full_name", "mobile", "email", "preferred_language"]
	rows = frappe.get_all(PATIENT, {"name": ("in", sorted(patients))}, fields, order_by="name asc")
	return {row.name: row for row in rows}


def _counts(field: str, addresses: set[str], now: datetime.datetime) -> dict[str, int]:
	"""How many messages each number (or email address) got, or will get, within a day."""
	if not addresses:
		return {}
	table = frappe.qb.DocType(DOCTYPE)
	count = frappe.query_builder.functions.Count(table.name)
	rows = (
		frappe.qb.from_(table)
		.select(table[field], count)
		.where(table[field].isin(sorted(addresses)) & (table.creation > add_to_date(now, days=-1)))
		.where(table.status != states.NOT_SENT)
		.groupby(table[field])
		.run()
	)
	return dict(rows)


def _finished(draft: Draft, look: _Look) -> dict[str, Any]:
	purpose, person = look.purpose(draft), look.people.get(draft.patient)
	language = draft.language or (person and person.preferred_language) or look.otherwise
	address = look.addresses[id(draft)] or draft.to or None
	row = {
		"channel": draft.channel,
		"status": states.NOT_SENT,
		"is_prepared": 1,
		"purpose": purpose,
		"priority": states.PRIORITY[purpose],
		"patient_name": person.full_name if person else None,
		"recipient": None if _is_mail(draft) else address,
		"email": address if _is_mail(draft) else None,
		"language": None,
		"subject": None,
		"text": None,
		"sealed_text": None,
		"segments": 0,
		"not_before": timing.earliest(purpose, look.now, *look.quiet),
		"error_code": look.against(draft),
		"error": None,
	}
	if not row["error_code"]:
		row |= _written(draft, look, language, person)
	if row["error_code"]:
		row["error"] = wording.sentence(row["error_code"])
	else:
		row["status"] = states.QUEUED
	return row


def _written(draft: Draft, look: _Look, language: str, person: Any) -> dict[str, Any]:
	"""The text in the language of the receiver, or the code of what is wrong with it."""
	template = look.templates[draft.template]
	language, pattern, subject = look.wording(draft, language)
	given = {"patient": person.full_name if person else None, **draft.values}
	said = values.shown(given, language)
	text = texts.fill(pattern, said)
	if _is_mail(draft):
		return _letter(language, text, texts.fill(subject, said), said.get("link", ""))
	size = segments.measure(text)
	code = None
	if not size.parts:
		code = wording.EMPTY
	elif size.is_too_long:
		code = wording.TOO_LONG
	elif not texts.is_allowed(text, template.purpose):
		code = wording.PAYMENT_LINK
	row = {"language": language, "text": text, "segments": size.parts, "error_code": code}
	if template.purpose == states.CODE:
		one_time = str(draft.values.get(CODE_VALUE) or "")
		hidden = {CODE_VALUE: "•" * len(one_time)}
		row["sealed_text"] = sealing.seal(text, one_time)
		row["text"] = texts.fill(pattern, values.shown({**given, **hidden}, language))
	return row


def _letter(language: str, text: str, subject: str, link: str) -> dict[str, Any]:
	"""What an email says: it has room for the address to follow the appointment, whatever the text is."""
	if text and link and link not in text:
		text = f"{text}\n{link}"
	code = None if text else wording.EMPTY
	return {"language": language, "text": text, "subject": subject[:140], "error_code": code}
