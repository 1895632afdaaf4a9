"""Five thousand services with dated prices and an insurer's contract, for the cases of the service catalog.

They are added by a case and taken away after it, so that the other cases keep their small catalog. Which
department, price and name a service has is a function of its number.
"""

import datetime
from typing import Any

import frappe
from clinic_core.service_catalog.dated_prices import prices
from clinic_core.service_catalog.definition import search_text

from tests.bench.data.staff import DEPARTMENTS
from tests.bench.keep import Keeper

COUNT = 5_000
CONTRACT, INSURER = "B-CONTRACT", "B-INSURER"
INSURER_PERCENT = 70
PERCENT_OF_LIST = 80
_CHUNK = 1_000
_WORDS = ("لیزر", "مزوتراپی", "پاکسازی", "تزریق", "ویزیت", "ماساژ", "لایه‌برداری", "آزمایش", "مشاوره", "ترمیم")
_COLUMNS = (
	"name", "creation", "modified", "owner", "modified_by", "docstatus", "idx", "code", "service_name",
	"department", "amount", "status", "priority", "duration_minutes", "barcode", "has_insurance",
	"show_in_profile", "booking_method", "service_type", "counts_in_performance",
)  # fmt: skip


def code(number: int) -> str:
	"""The code of a service, which is its name."""
	return f"B-S{number % COUNT:05d}"


def amount(number: int) -> int:
	"""Today's list price in Rial."""
	return 1_000_000 + (number % COUNT) * 10_000


def title(number: int) -> str:
	"""Its name: two words and a number."""
	number %= COUNT
	return f"{_WORDS[number % 10]} {_WORDS[number // 10 % 10]} {number}"


def department(number: int) -> str:
	"""The department it belongs to."""
	return DEPARTMENTS[number % len(DEPARTMENTS)][0]


def add(keeper: Keeper) -> None:
	"""Insert the services with three prices each, and commit. The keeper takes them away again."""
	keeper.lab.fresh("Administrator")
	for first in range(0, COUNT, _CHUNK):
		frappe.db.bulk_insert("Clinic Service", list(_COLUMNS), map(_row, range(first, first + _CHUNK)))
	search_text.rewrite(code(number) for number in range(COUNT))
	today = frappe.utils.getdate()
	for days, percent in ((700, 60), (300, 80), (10, 100)):
		prices.record([_price(number, today, days, percent) for number in range(COUNT)], prices.FORM)
	frappe.db.commit()
	frappe.clear_cache()


def insure(keeper: Keeper, patients: list[str]) -> None:
	"""An insurer's contract over all departments, and these patients covered by it."""
	keeper.keep("tabClinic Patient Coverage", "TRUE")
	keeper.lab.fresh("Administrator")
	frappe.get_doc({"doctype": "Clinic Insurer", "code": INSURER, "title": INSURER}).insert()
	frappe.get_doc(
		{
			"doctype": "Clinic Service Contract",
			"code": CONTRACT,
			"title": CONTRACT,
			"kind": "Insurer",
			"insurer": INSURER,
			"valid_from": frappe.utils.add_days(frappe.utils.getdate(), -30),
			"insurer_percent": INSURER_PERCENT,
			"items": [
				{
					"applies_to": "Department",
					"department": known,
					"pricing_method": "Percent of List",
					"percent_of_list": PERCENT_OF_LIST,
				}
				for known, _title, _kind in DEPARTMENTS
			],
		}
	).insert()
	place = {"parenttype": "Clinic Patient", "parentfield": "coverages", "idx": 1}
	for patient in patients:
		row = frappe.new_doc("Clinic Patient Coverage")
		row.update({**place, "parent": patient, "kind": "Insurer", "insurer": INSURER}).db_insert()
	frappe.db.commit()


def patient_share(number: int, quantity: int = 1) -> int:
	"""What a covered patient pays: the insurer leaves its part of the contract's price."""
	return amount(number) * quantity * PERCENT_OF_LIST * (100 - INSURER_PERCENT) // 10_000


def _row(number: int) -> tuple[Any, ...]:
	now = frappe.utils.now_datetime()
	return (
		code(number), now, now, "Administrator", "Administrator", 0, 0, code(number), title(number),
		department(number), amount(number), "Active", 1_000 + number, 30, f"626{number:010d}", 1,
		0, "Fixed", "In Person", 1,
	)  # fmt: skip


def _price(number: int, today: datetime.date, days: int, percent: int) -> prices.PriceChange:
	since = today - datetime.timedelta(days=days)
	return prices.PriceChange(code(number), None, None, amount(number) * percent // 100, None, since)
