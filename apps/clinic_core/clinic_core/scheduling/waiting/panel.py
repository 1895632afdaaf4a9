"""What the front desk sees: freed times with those who can take them, and the offers that are open (F08)."""

from typing import Any

import frappe
from frappe.utils import get_datetime

from clinic_core.people import phones
from clinic_core.scheduling.cells import moment_of
from clinic_core.scheduling.waiting import freed, reading, states
from clinic_core.scheduling.waiting.matching import Found, Match, ranked
from clinic_core.scheduling.waiting.starts import FreeStarts

MOST_MATCHES = 20
MOST_OFFERS = 50


def find(rows: list[frappe._dict], *, for_user: bool) -> tuple[list[Found], dict[str, reading.Waiting]]:
	"""Freed times with those who can take them, in turn, and the wishes by name; times nobody can take too.

	A constant number of queries, however many times and wishes there are.
	"""
	times = [reading.freed_of(row) for row in rows]
	if not times:
		return [], {}
	days = [moment_of(minute).date() for one in times for minute in (one.start, one.end)]
	waiting = {one.wish.name: one for one in reading.wishes(min(days), max(days), for_user=for_user)}
	wishes = [one.wish for one in waiting.values()]
	starts = FreeStarts(times, wishes)
	return [Found(one, ranked(one, wishes, starts, MOST_MATCHES)) for one in times], waiting


def show() -> dict[str, list[dict[str, Any]]]:
	"""{freed: […, people: [first in turn, …]], offers: […]}, only what the user may see."""
	rows = freed.coming(for_user=True)
	found, waiting = find(rows, for_user=True)
	by_name = {row.name: row for row in rows}
	return {
		"freed": [
			_freed_row(
				by_name[one.freed.name],
				[_person(match, waiting[match.wish.name].row) for match in one.matches],
			)
			for one in found
			if one.matches
		],
		"offers": _open_offers(),
	}


def _freed_row(row: frappe._dict, people: list[dict[str, Any]]) -> dict[str, Any]:
	return {
		"freed": row.name,
		"practitioner": row.practitioner,
		"practitioner_name": row.practitioner_name,
		"branch": row.branch,
		"start": str(get_datetime(row.start)),
		"end": str(get_datetime(row.end)),
		"cause": row.cause,
		"people": people,
	}


def _person(match: Match, row: dict[str, Any]) -> dict[str, Any]:
	return {
		"entry": match.wish.name,
		"patient": row["patient"],
		"full_name": row["full_name"],
		"file_no": row["file_no"],
		"mobile": phones.local(row["mobile"]),
		"service": row["service"],
		"service_name": row["service_name"],
		"area_title": row["area_title"],
		"is_urgent": match.wish.is_urgent,
		"since": str(row["creation"]),
		"note": row["note"],
		"start": str(moment_of(match.slot.start)),
		"end": str(moment_of(match.slot.end)),
		"practitioner": match.slot.practitioner,
		"branch": match.slot.branch,
	}


def _open_offers() -> list[dict[str, Any]]:
	doctype = reading.OFFER
	rows = frappe.get_list(
		doctype,
		filters=[[doctype, "status", "=", states.OPEN]],
		fields=[
			"name as offer",
			"entry",
			"patient",
			"patient.full_name as full_name",
			"patient.file_no as file_no",
			"patient.mobile as mobile",
			"service",
			"service.service_name as service_name",
			"practitioner",
			"practitioner.practitioner_name as practitioner_name",
			"branch",
			"start",
			"expires_at",
			"is_automatic",
		],
		order_by=f"`tab{doctype}`.expires_at asc, `tab{doctype}`.name asc",
		limit_page_length=MOST_OFFERS,
		ignore_ifnull=True,
	)
	return [
		{
			**row,
			"mobile": phones.local(row.mobile),
			"start": str(row.start),
			"expires_at": str(row.expires_at),
		}
		for row in rows
	]
