"""Inviting by link (E151): once, in time, with exactly the roles that were prepared."""

import pytest
from frappe.utils.password import check_password


@pytest.fixture
def invites(site):
	from clinic_core.people.staff import invites

	return invites


def token_of(made):
	return made["link"].rsplit("/", 1)[1]


GOOD = ("Nika", "Radmanesh", "09901237654", "a long enough one", "2739")


def test_joining_sets_password_and_pin_and_nothing_else(site, invites, staff):
	doc = staff(is_cashier=1)
	token = token_of(invites.invite(doc.name))
	site.set_user("Guest")
	seen = invites.preview(token)
	assert seen["first_name"] == "Nika" and "•" not in seen["mobile"], "his own number, not a masked one"
	user = invites.join(token, *GOOD)
	site.set_user("Administrator")
	assert user == doc.user and check_password(user, "a long enough one") == user
	doc.reload()
	assert (doc.last_name, doc.mobile, doc.has_pin) == ("Radmanesh", "+989901237654", 1)
	held = set(site.get_all("Has Role", {"parent": user, "parenttype": "User"}, pluck="role"))
	assert held == {"Clinic Receptionist", "Clinic Cashier"}
	with pytest.raises(invites.LinkGoneError, match="used"):
		invites.join(token, *GOOD)


def test_the_token_is_not_kept(site, invites, staff):
	made = invites.invite(staff().name)
	row = site.get_doc("Clinic Staff Invite", made["invite"])
	assert token_of(made) not in site.as_json(row)


def test_a_new_link_makes_the_old_one_useless(invites, staff):
	doc = staff()
	first, second = token_of(invites.invite(doc.name)), token_of(invites.invite(doc.name))
	with pytest.raises(invites.LinkGoneError):
		invites.find(first)
	assert invites.find(second)
	assert invites.revoke(doc.name) == 1
	with pytest.raises(invites.LinkGoneError):
		invites.find(second)


def test_links_end(site, invites, staff):
	made = invites.invite(staff().name)
	site.db.set_value("Clinic Staff Invite", made["invite"], "expires_at", "2020-01-01 00:00:00")
	with pytest.raises(invites.LinkGoneError, match="too old"):
		invites.find(token_of(made))
	with pytest.raises(invites.LinkGoneError, match="not valid"):
		invites.find("x" * 43)


@pytest.mark.parametrize(
	("position", "value", "match"),
	[
		(3, "short", "Password"),
		(3, "09901237654", "Password"),
		(4, "1234", "PIN"),
		(4, "12", "PIN"),
		(2, "12", "Mobile"),
	],
)
def test_what_is_refused_leaves_the_link_open(site, invites, staff, position, value, match):
	from clinic_core.foundation.errors import InvalidInputError

	token = token_of(invites.invite(staff().name))
	values = list(GOOD)
	values[position] = value
	site.db.savepoint("before_join")
	with pytest.raises(InvalidInputError, match=match):
		invites.join(token, *values)
	site.db.rollback(save_point="before_join")
	assert invites.find(token)


def test_nobody_is_invited_who_may_not_sign_in(site, invites, staff):
	from clinic_core.foundation.errors import InvalidInputError

	with pytest.raises(InvalidInputError, match="may not sign in"):
		invites.invite(staff(login_allowed=0).name)
	with pytest.raises(InvalidInputError, match="between"):
		invites.invite(staff().name, 0)


def test_a_manager_invites_nobody_to_the_login_of_a_superior(site, invites, staff, user_with):
	"""Whoever opens the link sets the password: it would be his."""
	doc = staff()
	earlier = token_of(invites.invite(doc.name))
	site.get_doc("User", doc.user).add_roles("System Manager")
	with pytest.raises(invites.LinkGoneError):
		invites.find(earlier)
	site.set_user(user_with("Clinic Manager"))
	with pytest.raises(site.PermissionError):
		invites.invite(doc.name)
