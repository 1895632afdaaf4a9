"""One form is one login: roles, branches, limits (2.1 "Staff", E150, F87)."""

import pytest


def roles_of(site, user):
	return set(site.get_all("Has Role", {"parent": user, "parenttype": "User"}, pluck="role"))


def branches_of(site, user):
	return set(site.get_all("User Permission", {"user": user, "allow": "Clinic Branch"}, pluck="for_value"))


def refused(match):
	from clinic_core.foundation.errors import InvalidInputError

	return pytest.raises(InvalidInputError, match=match)


def test_saving_makes_the_login(site, manager, staff, branch):
	here, there = branch("Here"), branch("There")
	doc = staff(mobile="۰۹۹۰ ۱۱۱ ۲۲ ۳۳", is_cashier=1, branches=[{"branch": here}])
	assert doc.mobile == "+989901112233" and doc.full_name == "Nika Rad"
	user = site.get_doc("User", doc.user)
	assert user.mobile_no == "09901112233" and user.enabled and user.user_type == "System User"
	assert roles_of(site, doc.user) == {"Clinic Receptionist", "Clinic Cashier"}
	assert user.module_profile == "Clinic Staff" and branches_of(site, doc.user) == {here}
	doc.is_cashier = 0
	doc.set("branches", [{"branch": there}])
	doc.save()
	assert roles_of(site, doc.user) == {"Clinic Receptionist"} and branches_of(site, doc.user) == {there}


def test_a_new_login_leaves_the_cache_of_everybody(manager, staff, count_queries):
	"""Frappe empties it whenever a user is saved: every form's meta would be read again, by all who work."""
	staff()
	with count_queries() as queries:
		staff()
	assert len(queries) < 200 and not [query for query in queries if "tabDocField" in query]


def test_nobody_becomes_a_system_manager_by_the_way(site, manager, staff):
	"""Frappe gives the first System User of a site that role; the demo clinic has none but Administrator."""
	doc = staff(is_manager=1)
	doc.position = "Head"
	doc.is_accountant = 1
	doc.save()
	assert roles_of(site, doc.user) == {"Clinic Manager", "Clinic Receptionist", "Clinic Accountant"}


def test_one_number_is_one_staff_member(staff):
	staff(mobile="09905556677")
	with refused("Mobile"):
		staff(mobile="+98 990 555 6677")


def test_a_login_without_a_role_is_none(staff):
	with refused("role"):
		staff(is_receptionist=0)
	assert staff(is_receptionist=0, login_allowed=0).user is None


def test_taking_the_login_away_closes_it(site, staff):
	doc = staff()
	site.db.set_value("User", doc.user, "api_key", "abc")
	doc.login_allowed = 0
	doc.save()
	assert site.db.get_value("User", doc.user, ["enabled", "api_key"]) == (0, None)
	doc.login_allowed = 1
	doc.save()
	assert site.db.get_value("User", doc.user, "enabled") == 1


def test_a_manager_reaches_no_superior(site, manager, user_with, staff):
	ruler = user_with("System Manager")
	with pytest.raises(site.PermissionError):
		staff(email=ruler)
	doc = staff()
	site.set_user("Administrator")
	site.get_doc("User", doc.user).add_roles("System Manager")
	site.set_user(manager)
	doc.reload()
	doc.position = "New"
	with pytest.raises(site.PermissionError):
		doc.save()


def test_who_is_no_manager_gives_only_his_own_roles(site, staff, user_with):
	site.set_user(user_with("Clinic Branch Supervisor"))
	doc = site.get_doc(
		{"doctype": "Clinic Staff Member", "first_name": "X", "mobile": "09901231231", "is_manager": 1}
	)
	with pytest.raises(site.PermissionError, match="Manager"):
		doc.insert(ignore_permissions=True)


def test_a_patients_login_is_not_taken(user_with, staff):
	with refused("patient"):
		staff(email=user_with("Clinic Portal User"))


def test_nobody_locks_himself_out(site, staff):
	doc = staff(is_manager=1)
	staff(is_manager=1)  # somebody else could let him in again
	site.set_user(doc.user)
	for change in ({"is_manager": 0}, {"login_allowed": 0}):
		mine = site.get_doc("Clinic Staff Member", doc.name).update(change)
		with refused("lock yourself out"):
			mine.save()


def test_the_last_manager_stays(site, staff):
	doc = staff(is_manager=1)
	others = site.get_all("Has Role", {"role": "Clinic Manager", "parent": ("!=", doc.user)}, pluck="parent")
	site.db.set_value("User", {"name": ("in", others)}, "enabled", 0)
	doc.is_manager = 0
	with refused("last manager"):
		doc.save()


def test_fields_of_the_system_are_not_typed(site, manager, staff, user_with):
	doc = staff()
	other = user_with("System Manager")
	doc.update(
		{"user": other, "has_pin": 1, "status": "Departed", "pin_failures": -9, "left_on": "2020-01-01"}
	)
	doc.save()
	doc.reload()
	assert (doc.user != other, doc.has_pin, doc.status, doc.left_on) == (True, 0, "Active", None)


def test_what_is_changed_in_frappes_own_lists_is_seen_here(site, staff, branch):
	doc, here = staff(), branch()
	site.get_doc("User", doc.user).add_roles("Clinic Cashier")
	permission = site.get_doc(
		{"doctype": "User Permission", "user": doc.user, "allow": "Clinic Branch", "for_value": here}
	).insert()
	doc.reload()
	assert doc.is_cashier == 1 and [row.branch for row in doc.branches] == [here]
	site.delete_doc("User Permission", permission.name)
	doc.reload()
	assert doc.branches == []


def test_staff_is_never_deleted(site, staff):
	with pytest.raises(site.PermissionError):
		site.delete_doc("Clinic Staff Member", staff().name)


def test_a_number_of_another_login_is_refused(site, staff, user_with):
	site.db.set_value("User", user_with("Clinic Cashier"), "mobile_no", "09907778899")
	with refused("Another login"):
		staff(mobile="0990 777 8899")


@pytest.mark.parametrize(
	("typed", "form"),
	[
		("۰۹۱۲ ۳۴۵ ۶۷۸۹", "09123456789"),
		("+98 912 345 6789", "09123456789"),
		("+90 532 123 4567", "+905321234567"),
		("12", "12"),
		("", ""),
		(None, ""),
	],
)
def test_the_form_a_number_signs_in_with(site, typed, form):
	from clinic_core.people.staff import mobile_login

	assert mobile_login.login_form(typed) == form


def test_the_structure_of_the_staff(site, staff, count_queries):
	from clinic_core.people.report.clinic_staff_by_department import clinic_staff_by_department as report

	department = site.get_doc({"doctype": "Clinic Department", "title": "Laser of a test"}).insert().name
	doc = staff(departments=[{"department": department}], position="Operator", is_operator=1)
	alone = staff()
	report.execute()  # what Frappe knows of the DocTypes is kept from here on
	with count_queries() as queries:
		rows = report.execute()[1]
	place = next(n for n, row in enumerate(rows) if row["node"] == department)
	below = rows[place + 1]
	assert below["parent_node"] == department and below["full_name"] == doc.full_name and below["indent"] == 1
	assert "Operator" in below["roles"] and below["position"] == "Operator"
	assert any(row.get("staff_member") == alone.name and row["parent_node"] == "-" for row in rows)
	assert len(queries) <= 8
