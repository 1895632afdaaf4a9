"""The tables of a patient's file as its document checks them: phones, addresses, hearings, answers."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html, getdate

from clinic_core.foundation.digits import to_latin
from clinic_core.foundation.errors import refuse_input
from clinic_core.people import phone_rows, phones
from clinic_core.people.patient_file import addresses, answers

QUESTION = "Clinic Patient Question"


def read_phones(doc: Document, before: Document | None) -> None:
	"""Numbers in E.164, none twice, one of them main; `mobile` is the main one."""
	old = before.mobile if before else None
	mobile = phones.normalise(doc.mobile, _("Mobile")) if doc.mobile else None
	for row in doc.phones:
		row.phone = phones.normalise(row.phone or "", _("Phones, row {0}").format(row.idx))
		row.kind = row.kind or "Mobile"
	given = [phone_rows.Row(row.phone, bool(row.is_main)) for row in doc.phones]
	try:
		result = phone_rows.settle(given, mobile, old, mobile_was_typed=mobile != old)
	except phone_rows.TwoMainError as error:
		_refuse_two_main(error)
	by_number = {row.phone: row for row in reversed(doc.phones)}
	doc.set("phones", [])
	for phone, is_main in result:
		row = doc.append("phones", by_number.get(phone) or {"phone": phone, "kind": "Mobile"})
		row.is_main = int(is_main)
	doc.mobile = next((row.phone for row in doc.phones if row.is_main), None)


def _refuse_two_main(error: phone_rows.TwoMainError) -> None:
	one, other = (f"\u2068{phones.local(phone)}\u2069" for phone in error.args[:2])
	refuse_input(
		_("Phones"), _("{0} and {1} are both marked as the main number. Mark only one.").format(one, other)
	)


def read_addresses(doc: Document, before: Document | None) -> None:
	"""One main address; `city` and `address` are its short form."""
	for row in doc.addresses:
		row.city, row.address = (row.city or "").strip(), (row.address or "").strip()
		row.postal_code = to_latin(row.postal_code or "").replace(" ", "").strip() or None
		row.kind = row.kind or "Home"
	doc.set("addresses", [row for row in doc.addresses if row.city or row.address or row.postal_code])
	typed = addresses.Place((doc.city or "").strip(), (doc.address or "").strip())
	old = addresses.Place((before and before.city) or "", (before and before.address) or "")
	given = [(addresses.Place(row.city, row.address), bool(row.is_main)) for row in doc.addresses]
	try:
		places, main = addresses.settle(given, typed, old)
	except addresses.TwoMainError:
		refuse_input(_("Addresses"), _("Two are marked as the main one. Mark only one."))
	for at, place in enumerate(places):
		row = doc.addresses[at] if at < len(doc.addresses) else doc.append("addresses", {"kind": "Home"})
		row.city, row.address, row.is_main = place.city, place.address, int(at == main)
	shown = places[main] if main is not None else addresses.Place("", "")
	doc.city, doc.address = shown.city or None, shown.address or None


def read_hearings(doc: Document) -> None:
	"""How they learned of us: each source once a day, never in the future (D47)."""
	seen = set()
	for row in doc.heard_from:
		place = _("How they learned of us, row {0}").format(row.idx)
		if row.heard_on and getdate(row.heard_on) > getdate():
			refuse_input(place, _("It must not be in the future."))
		key = (row.referral_source, str(row.heard_on or ""))
		if key in seen:
			refuse_input(place, _("This source is there already."))
		seen.add(key)


def read_answers(doc: Document) -> None:
	"""Answers to the clinic's questions, one for each (E211). One query if there are any."""
	rows = [row for row in doc.answers if (row.answer or "").strip()]
	doc.set("answers", rows)
	if not rows:
		return
	asked = frappe.get_all(
		QUESTION,
		filters={"name": ("in", [row.question for row in rows])},
		fields=["name", "question", "kind", "options"],
		order_by="name asc",
	)
	questions = {row.name: row for row in asked}
	seen = set()
	for row in rows:
		question = questions.get(row.question)
		if not question:
			refuse_input(_("Questionnaire"), _("There is no question {0}.").format(escape_html(row.question)))
		if row.question in seen:
			refuse_input(_(question.question), _("It was answered twice."))
		seen.add(row.question)
		try:
			row.answer = answers.read(question.kind, (question.options or "").splitlines(), row.answer)
		except answers.WrongAnswerError as error:
			refuse_input(_(question.question), _said(error.code))
		row.answered_on = row.answered_on or getdate()


def _said(code: str) -> str:
	return {
		"choice": _("Choose one of the answers the question offers."),
		"yes_or_no": _("Answer yes or no."),
		"number": _("Answer with a number."),
		"date": _("Answer with a day, like 1405/08/30 or 2026-11-21."),
		"too_long": _("At most {0} letters, please.").format(answers.MAX_LENGTH),
	}[code]
