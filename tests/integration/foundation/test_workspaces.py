"""Charts, number cards and the sidebar of the workspaces."""

import pytest


@pytest.fixture
def charts(site):
	from clinic_core.foundation import charts

	return charts


@pytest.fixture
def branches(site):
	"""Three resources in one branch, none of them elsewhere."""
	site.get_doc(
		{"doctype": "Clinic Branch", "code": "CHART", "title": "Chart Street", "legal_entity": "MAIN"}
	).insert()
	for index, kind in enumerate(("Room", "Room", "Device")):
		site.get_doc(
			{
				"doctype": "Clinic Resource",
				"code": f"CHART-{index}",
				"title": f"Thing {index}",
				"kind": kind,
				"branch": "CHART",
			}
		).insert()
	return [["Clinic Resource", "branch", "=", "CHART"]]


def test_linked_records_are_shown_by_their_titles(charts, branches):
	assert charts.counts_by("Clinic Resource", "branch", branches) == [("Chart Street", 3)]


def test_options_are_translated(charts, branches, in_persian, site):
	from frappe import _

	assert charts.counts_by("Clinic Resource", "kind", branches) == [(_("Room"), 2), (_("Device"), 1)]
	assert _("Room") != "Room"


def test_counting_takes_two_queries_whatever_there_is(charts, branches, count_queries):
	charts.counts_by("Clinic Resource", "branch", [])
	with count_queries() as queries:
		charts.counts_by("Clinic Resource", "branch", [])
	assert len(queries) <= 2


def test_only_who_may_read_counts(charts, branches, site, user_with):
	site.set_user(user_with())
	with pytest.raises(site.PermissionError):
		charts.counts_by("Clinic Resource", "kind", branches)


def test_a_chart_of_ours_is_answered(charts, site):
	site.get_meta("Clinic Appointment")
	assert (charts.of("Clinic Appointments by Status") or {"labels": []})["labels"] is not None


def test_other_charts_are_not_ours_to_answer(charts, site):
	from clinic_core.foundation.errors import InvalidInputError

	with pytest.raises(InvalidInputError):
		charts.of("Clinic Sales per Day")


def test_days_and_weeks_are_counted_by_the_filters_of_the_chart(charts, site):
	from frappe.utils import add_days, getdate

	def counts(interval):
		return charts.counts_over_time(
			"Clinic Department", "creation", interval, [["Clinic Department", "is_active", "=", 1]]
		)

	before = {interval: counts(interval) for interval in ("Daily", "Weekly")}
	for back, is_active in ((0, 1), (0, 0), (8, 1), (400, 1)):
		name = site.generate_hash(length=8)
		doc = site.get_doc(
			{"doctype": "Clinic Department", "code": name, "title": name, "is_active": is_active}
		).insert()
		doc.db_set("creation", f"{add_days(getdate(), -back)} 23:59:59.5", update_modified=False)
	grown = {
		interval: [new[1] - old[1] for old, new in zip(before[interval], counts(interval), strict=True)]
		for interval in before
	}
	assert grown["Daily"] == [*[0] * 21, 1, *[0] * 7, 1]
	assert sum(grown["Weekly"]) == 2 and grown["Weekly"][-1] == 1


def test_a_chart_over_time_asks_once_for_each_period(charts, site, count_queries, in_persian):
	charts.of("Clinic Appointments per Day")
	with count_queries() as queries:
		answer = charts.of("Clinic Appointments per Day")
	assert len(queries) <= 30
	assert not any("ifnull" in query.lower() for query in queries), "an index must be able to answer"
	assert answer["labels"][-1] == charts.day_label(site.utils.getdate()) and "/" in answer["labels"][-1]


def test_small_groups_are_put_together(charts):
	rows = [(str(n), 10 - n) for n in range(8)]
	shown = charts.with_rest(rows, "Others")
	assert len(shown) == charts.MOST_LABELS
	assert shown[-1] == ("Others", 5 + 4 + 3)
	assert charts.with_rest(rows[:6], "Others") == rows[:6]


# --- number cards ---------------------------------------------------------------------------------


@pytest.fixture
def unit(site):
	"""`unit("Toman", 10)`: the unit amounts are shown in; none shows the stored one."""

	def choose(label=None, factor=1):
		doc = site.get_doc("Clinic Settings")
		doc.currency = "IRR"
		doc.money_units = []
		if label:
			doc.append("money_units", {"valid_from": "2020-01-01", "label": label, "factor": factor})
		doc.type_in_display_unit = int(bool(label))
		doc.save()

	return choose


def test_a_card_says_its_amount_in_words_of_the_language(site, unit, in_persian):
	from clinic_core.foundation import cards

	unit()
	assert cards.short_amount(7_673_240_000) == "۷٫۶۷ میلیارد ریال"
	unit("Toman", 10)
	assert cards.short_amount(7_673_240_000) == "۷۶۷٫۳۲ میلیون تومان"
	assert cards.short_amount(2_500_000) == "۲۵۰٬۰۰۰ تومان"


def test_a_card_in_english(site, unit):
	from clinic_core.foundation import cards

	site.local.lang = "en"
	unit()
	assert cards.short_amount(7_673_240_000) == "7.67 billion Rial"
	assert cards.short_amount(481_500_000) == "481.5 million Rial"
	assert cards.short_amount(0) == "0 Rial"


def test_a_card_adds_up_and_links_to_the_list(site, unit):
	from clinic_core.foundation import cards

	site.local.lang = "en"
	unit()
	text = cards.total("Clinic Service", "amount", [["Clinic Service", "code", "=", "no<such>"]])
	assert ">0 Rial</a>" in text
	assert 'href="/app/clinic-service?code=' in text
	assert "<such>" not in text


def test_a_card_shows_nothing_to_who_may_not_read(site, user_with):
	from clinic_core.foundation import cards

	site.set_user(user_with())
	with pytest.raises(site.PermissionError):
		cards.total("Clinic Service", "amount", [])


# --- the sidebar ----------------------------------------------------------------------------------


def test_the_staff_see_the_workspaces_of_their_work(site, user_with):
	from clinic_core.foundation import staff_desk
	from frappe.desk.desktop import get_workspace_sidebar_items

	blocked = site.get_doc("Module Profile", staff_desk.NAME).block_modules
	modules = {row.module for row in blocked}
	ours = set(site.get_all("Module Def", {"app_name": ("like", "clinic_%")}, pluck="name"))
	assert {"Core", "Website", "Integrations"} <= modules
	assert not modules & ours
	cases = {
		"Clinic Practitioner": {"Clinic", "Clinic Front Office"},
		"Clinic Operator": {"Clinic", "Clinic Front Office"},
		"Clinic CRM Agent": {"Clinic", "Clinic CRM"},
		"Clinic Accountant": {"Clinic", "Clinic Front Office", "Clinic Services"},
	}
	for role, expected in cases.items():
		user = user_with(role)
		for module in modules:
			site.get_doc(
				{
					"doctype": "Block Module",
					"parent": user,
					"parenttype": "User",
					"parentfield": "block_modules",
					"module": module,
				}
			).db_insert()
		site.set_user(user)
		assert {page["name"] for page in get_workspace_sidebar_items()["pages"]} == expected, role
		site.set_user("Administrator")


def test_without_the_profile_everything_is_as_before(site, user_with):
	from clinic_core.foundation import staff_desk

	user = user_with("Clinic Manager")
	site.db.set_value("User", user, "module_profile", staff_desk.NAME)
	row = {"parent": user, "parenttype": "User", "parentfield": "block_modules", "module": "Core"}
	site.get_doc({"doctype": "Block Module", **row}).db_insert()
	staff_desk.remove()
	assert not site.db.exists("Module Profile", staff_desk.NAME)
	assert not site.db.exists("Block Module", {"parent": user})
	assert not site.db.get_value("User", user, "module_profile")
