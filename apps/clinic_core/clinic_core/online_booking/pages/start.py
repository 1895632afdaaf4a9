"""What /book shows: the services, or for one of them who gives it and the free times."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr

from clinic_core.foundation import settings
from clinic_core.online_booking import catalogue, opening, times
from clinic_core.online_booking.payments import choosing
from clinic_core.service_catalog.public_page import reads
from clinic_core.service_catalog.public_page.visit import Visit


def context(visit: Visit) -> dict[str, Any]:
	"""Context of start.html. Raises NotOnlineError while online booking is off, or for another service."""
	opening.require()
	name = cstr(frappe.form_dict.get("service") or "")
	if not name:
		return {"title": _("Book an appointment"), "service": None, "groups": _groups(visit)}
	row = catalogue.service(name)
	people = catalogue.practitioners(row.name)
	areas = catalogue.areas(row.name)
	asks_gender = catalogue.asks_gender(row, people)
	chosen = cstr(frappe.form_dict.get("practitioner") or "")
	chosen = chosen if chosen in {one.name for one in people} else ""
	gender = row.gender if row.gender in ("Female", "Male") else ""
	is_ready = not areas and (not asks_gender or bool(gender))
	first = times.of_service(row.name, chosen or None, None, gender) if is_ready else None
	return {
		"title": catalogue.title_of(row),
		"service": {**_card(visit, row), "summary": row.summary or "", "gender": gender},
		"people": people,
		"people_names": {one.name: one.title for one in people},
		"checks_mobile": opening.checks_mobile(),
		"asks_email": bool(settings.get("email_messages")),
		"chosen": chosen,
		"areas": [
			{"code": one.code, "title": _(one.title), "price": _price(visit, row, one.code)} for one in areas
		],
		"asks_gender": asks_gender and not gender,
		"first": first,
		"pays": _pays(visit, row, bool(areas)),
		"hold_minutes": visit.words.number(opening.hold_minutes()),
	}


def _groups(visit: Visit) -> list[dict[str, Any]]:
	"""Departments with their services; one question for the prices of all would be dear: none are shown here."""
	rows = catalogue.services()
	found = []
	for department in reads.departments():
		own = [_card(visit, row, with_price=False) for row in rows if row.department == department.name]
		if own:
			found.append({"title": _(department.title), "services": own})
	return found


def _card(visit: Visit, row: Any, with_price: bool = True) -> dict[str, Any]:
	return {
		"name": row.name,
		"title": catalogue.title_of(row),
		"link": f"/book?service={frappe.utils.quoted(row.name)}"
		+ (f"&_lang={visit.lang}" if visit.is_chosen else ""),
		"duration": visit.words.minutes(row.duration_minutes),
		"price": _price(visit, row) if with_price else "",
	}


def _price(visit: Visit, row: Any, area: str | None = None) -> str:
	if not row.show_price:
		return ""
	amount = catalogue.price(row.name, area)
	return visit.words.money(amount) if amount else ""


def _pays(visit: Visit, row: Any, by_area: bool) -> str:
	"""What is paid at once, before anything is chosen."""
	if not row.pay_online or by_area or not choosing.name():
		return ""
	amount = catalogue.amount_to_pay(row)
	return visit.words.money(amount) if amount else ""
