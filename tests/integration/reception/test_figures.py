"""The money of the workspace: cards and sales per day, for those who may see money."""

import pytest


def test_sales_per_day_add_up_what_was_submitted(site):
	from clinic_core.foundation import settings
	from clinic_reception.front_desk import figures
	from frappe.utils import add_days, getdate

	chart = figures.sales_per_day(days=7)
	rows = site.get_all(
		"Clinic Reception",
		filters={"docstatus": 1, "posted_at": (">=", add_days(getdate(), -6))},
		fields=["total"],
	)
	unit = settings.shown_unit()
	factor = float(unit.factor) if unit else 1
	assert len(chart["labels"]) == len(chart["datasets"][0]["values"]) == 7
	assert sum(chart["datasets"][0]["values"]) == pytest.approx(sum(r.total for r in rows) / factor)


def test_days_are_named_in_the_calendar_of_the_language(site):
	from clinic_core.foundation.digits import in_language
	from clinic_core.foundation.jalali import jalali_day
	from clinic_reception.front_desk import figures
	from frappe.utils import getdate

	old, site.local.lang = site.local.lang, "fa"
	try:
		assert figures.sales_per_day(days=2)["labels"][-1] == in_language(jalali_day(getdate()), "fa")
	finally:
		site.local.lang = old


@pytest.mark.parametrize(
	"path",
	[
		"clinic_reception.front_desk.api.card_sales",
		"clinic_reception.front_desk.api.card_debts",
		"clinic_reception.front_desk.api.chart_sales",
		"clinic_reception.cash_desk.api.card_received",
		"clinic_reception.cash_desk.api.card_deposits",
	],
)
def test_a_practitioner_sees_no_amounts(site, user_with, path):
	answer = site.get_attr(path)
	assert answer()
	site.set_user(user_with("Clinic Practitioner"))
	with pytest.raises(site.PermissionError):
		answer()


def test_a_practitioner_is_not_shown_the_cards_and_charts_of_money(site, user_with):
	"""A card or chart that is shown and then refused would greet him with an error."""
	money = [("Number Card", c) for c in ("Clinic Sales This Month", "Clinic Open Debts")]
	money += [("Number Card", "Clinic Payments Today"), ("Number Card", "Clinic Open Deposits")]
	money += [("Dashboard Chart", "Clinic Sales per Day")]
	for role, expected in (("Clinic Practitioner", False), ("Clinic Cashier", True)):
		site.set_user(user_with(role))
		for doctype, name in money:
			shown = bool(site.has_permission(doctype, doc=site.get_doc(doctype, name)))
			assert shown is expected, (role, name)
