"""The appointments of a branch's day on paper, from right to left in Persian: data, HTML, PDF (G09)."""

import datetime
import functools
from collections import defaultdict
from pathlib import Path
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, get_datetime, now_datetime
from jinja2 import Environment, FileSystemLoader

from clinic_core.foundation import settings
from clinic_core.foundation.digits import in_language
from clinic_core.people import phones
from clinic_core.scheduling import states
from clinic_core.scheduling.day_lists import texts

APPOINTMENT = "Clinic Appointment"
SHOWN = (states.BOOKED, states.CONFIRMED, states.ARRIVED, states.ADMITTED, states.COMPLETED)
RTL = frozenset({"fa", "ar"})
FONTS = Path(__file__).parents[2] / "public" / "fonts"


def rows_of(branch: str, day: datetime.date) -> list[frappe._dict]:
	"""Who is expected, in order of time. One query, no permissions: the caller has asked for them."""
	table, patient = frappe.qb.DocType(APPOINTMENT), frappe.qb.DocType("Clinic Patient")
	service, person = frappe.qb.DocType("Clinic Service"), frappe.qb.DocType("Clinic Practitioner")
	begin = get_datetime(day)
	return (
		frappe.qb.from_(table)
		.left_join(patient)
		.on(patient.name == table.patient)
		.left_join(service)
		.on(service.name == table.service)
		.left_join(person)
		.on(person.name == table.practitioner)
		.select(
			*(table.patient, table.start, table.end, table.status, table.practitioner),
			*(patient.full_name, patient.file_no, patient.mobile),
			*(service.service_name, person.practitioner_name),
		)
		.where((table.branch == branch) & table.status.isin(SHOWN))
		.where((table.start >= begin) & (table.start < add_days(begin, 1)))
		.orderby(table.start)
		.orderby(table.name)
		.run(as_dict=True)
	)


def pdf(branch: str, day: datetime.date) -> bytes:
	"""The list as a PDF in the language of the site."""
	import weasyprint  # slow to load, and only here

	return weasyprint.HTML(string=html(branch, day), base_url=FONTS.as_uri() + "/").write_pdf()


def html(branch: str, day: datetime.date) -> str:
	"""The same as a page."""
	before = frappe.local.lang
	frappe.local.lang = lang = frappe.db.get_single_value("System Settings", "language") or "en"
	try:
		return _environment().get_template("day_list.html").render(_=_, **_data(branch, day, lang))
	finally:
		frappe.local.lang = before


def _data(branch: str, day: datetime.date, lang: str) -> dict[str, Any]:
	found = rows_of(branch, day)
	place = frappe.db.get_value("Clinic Branch", branch, ["title", "legal_entity"], as_dict=True)
	entity = place.legal_entity or settings.get("default_legal_entity")
	wish = settings.get("day_list_numbers") or texts.MASKED
	groups: dict[str, list[dict[str, str]]] = defaultdict(list)
	for row in found:
		groups[row.practitioner_name or row.practitioner].append(_row(row, wish, lang))
	now = now_datetime()
	return {
		"lang": lang,
		"dir": "rtl" if lang in RTL else "ltr",
		"clinic": frappe.db.get_value("Clinic Legal Entity", entity, "title") if entity else "",
		"branch": place.title,
		"day": texts.day_text(day, lang),
		"count": _("{0} appointments").format(in_language(str(len(found)), lang)),
		"made_at": _("Made on {0} at {1}").format(texts.day_text(now.date(), lang), texts.clock(now, lang)),
		"with_phones": wish != texts.NONE,
		"groups": list(groups.items()),
	}


def _row(row: frappe._dict, wish: str, lang: str) -> dict[str, str]:
	return {
		"time": texts.clock(row.start, lang),
		"until": texts.clock(row.end, lang),
		"name": row.full_name or "",
		"file_no": in_language(row.file_no or "", lang),
		"phone": texts.phone(phones.local(row.mobile), wish, lang),
		"service": row.service_name or "",
		"status": _(row.status),
	}


@functools.cache
def _environment() -> Environment:
	folder = Path(__file__).parent / "templates"
	return Environment(loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True)
