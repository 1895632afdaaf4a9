"""Staff over HTTP: nobody gives himself rights, links open once, PINs are not guessed, covers hold (E151, G10)."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.journeys.client import Client

STAFF, DESK = "clinic_core.people.staff.api", "clinic_core.people.desk.api"
MEMBER = "Clinic Staff Member"
PASSWORD, PIN = "a long enough one", "2739"


@pytest.fixture(scope="module")
def manager(url, admin, run_in_site):
	"""A manager made by the form: with the rights of one and no more."""
	run_in_site("frappe.cache.delete_keys", key="clinic_join_tries")
	made = admin.resource(
		"POST", MEMBER, first_name="Mona", mobile=f"0990{random.randrange(10**7):07d}", is_manager=1
	)
	assert made.status_code == 200, made.text[:400]
	return join(url, token(admin, made.json()["data"]), made.json()["data"])


@pytest.fixture
def member(manager):
	"""A new receptionist, made over REST by a manager."""

	def make(**fields):
		values = {"first_name": "Nika", "last_name": "Rad", "is_receptionist": 1, **fields}
		values["mobile"] = f"0990{random.randrange(10**7):07d}"
		answer = manager.resource("POST", MEMBER, **values)
		assert answer.status_code == 200, answer.text[:400]
		return answer.json()["data"]

	return make


@pytest.fixture
def joined(url, manager, member, run_in_site):
	"""A new receptionist who has opened his link: (member, his session)."""

	def make(**fields):
		run_in_site("frappe.cache.delete_keys", key="clinic_join_tries")
		doc = member(**fields)
		return doc, join(url, token(manager, doc), doc)

	return make


def token(manager, doc):
	return manager.post(f"{STAFF}.invite", staff_member=doc["name"])["link"].rsplit("/", 1)[1]


def join(url, secret, doc, **more):
	client = Client(url)
	values = {
		"first_name": doc["first_name"],
		"mobile": doc["mobile"],
		"password": PASSWORD,
		"pin": PIN,
		**more,
	}
	client._message("join", client.request("POST", f"{STAFF}.join", token=secret, **values))
	client.user = doc["mobile"]
	client._learn_csrf_token()
	return client


def who(client):
	return client.get("frappe.auth.get_logged_user")


def test_a_link_opens_once_and_gives_what_was_prepared(url, manager, member, run_in_site):
	run_in_site("frappe.cache.delete_keys", key="clinic_join_tries")
	doc = member(is_cashier=1)
	secret = token(manager, doc)
	guest = Client(url)
	page = guest.session.get(f"{url}/join/{secret}", headers={"Accept": "text/html"})
	assert page.status_code == 200 and "Nika" in page.text and "no-referrer" in page.text
	bad = guest.session.get(f"{url}/join/{'x' * 43}", headers={"Accept": "text/html"})
	assert bad.status_code == 404 and "Nika" not in bad.text
	weak = guest.request(
		"POST", f"{STAFF}.join", token=secret, first_name="N", mobile=doc["mobile"], password="1234", pin=PIN
	)
	assert weak.status_code == 422, weak.text[:300]
	client = join(url, secret, doc)
	assert who(client) == doc["user"]
	roles = set(client.get("frappe.core.doctype.user.user.get_roles", uid=doc["user"]))
	assert {"Clinic Receptionist", "Clinic Cashier"} <= roles
	assert not roles & {"System Manager", "Clinic Manager"}
	again = guest.request(
		"POST",
		f"{STAFF}.join",
		token=secret,
		first_name="N",
		mobile=doc["mobile"],
		password=PASSWORD,
		pin=PIN,
	)
	assert again.status_code == 404


def test_joining_is_limited_per_address(url, run_in_site):
	run_in_site("frappe.cache.delete_keys", key="clinic_join_tries")
	guest = Client(url)
	values = {"token": "x" * 43, "first_name": "N", "mobile": "0912", "password": "x", "pin": "1"}
	codes = [guest.request("POST", f"{STAFF}.join", **values).status_code for _ in range(32)]
	assert codes[0] == 404 and codes[-1] == 429
	run_in_site("frappe.cache.delete_keys", key="clinic_join_tries")


def test_nobody_gives_himself_rights(joined, manager, sign_in):
	doc, client = joined()
	for verb, doctype, name, content in (
		("PUT", MEMBER, doc["name"], {"is_manager": 1}),
		("PUT", "User", doc["user"], {"roles": [{"role": "Clinic Manager"}]}),
		("POST", "User Permission", "", {"user": doc["user"], "allow": "Clinic Branch", "for_value": "MAIN"}),
		("POST", "Has Role", "", {"parent": doc["user"], "parenttype": "User", "role": "Clinic Manager"}),
		("POST", MEMBER, "", {"first_name": "X", "mobile": "09900000000", "is_manager": 1}),
		("POST", "Clinic Staff Invite", "", {"staff_member": doc["name"], "token_hash": "x"}),
		("GET", MEMBER, doc["name"], {}),
		("GET", "Clinic Session Lock", "", {}),
		("GET", "Clinic Desk Event", "", {}),
	):
		answer = client.resource(verb, doctype, name, **content)
		ignored = (
			(200,) if doctype == "User" else ()
		)  # one's own name may be changed; roles are looked at below
		assert answer.status_code in (403, 404, 417, *ignored), (
			verb,
			doctype,
			answer.status_code,
			answer.text[:200],
		)
	held = client.get("frappe.core.doctype.user.user.get_roles", uid=doc["user"])
	assert "Clinic Manager" not in held
	assert client.refused("POST", f"{STAFF}.invite", staff_member=doc["name"]) == 403
	assert client.refused("POST", f"{DESK}.remove_pin", staff_member=doc["name"]) == 403


def test_a_manager_writes_no_login_but_through_the_form(manager, member, admin):
	doc = member()
	assert manager.resource("POST", "User", email="x@y.example", first_name="X").status_code == 403
	changed = manager.resource(
		"PUT", MEMBER, doc["name"], user="Administrator", has_pin=1, status="Departed", pin_failures=-99
	)
	assert changed.status_code == 200
	data = changed.json()["data"]
	assert (data["user"], data["has_pin"], data["status"]) == (doc["user"], 0, "Active")
	taken = manager.resource(
		"POST", MEMBER, first_name="X", mobile="09901110099", email="Administrator", is_manager=1
	)
	assert taken.status_code in (417, 422)
	assert manager.resource("DELETE", MEMBER, doc["name"]).status_code == 403
	admin.resource(
		"PUT", "User", doc["user"], roles=[{"role": "System Manager"}, {"role": "Clinic Receptionist"}]
	)
	assert manager.refused("POST", f"{STAFF}.invite", staff_member=doc["name"]) == 403
	assert manager.refused("POST", f"{DESK}.remove_pin", staff_member=doc["name"]) == 403


def test_signing_in_with_a_mobile_number(url, joined):
	doc, _client = joined()
	national = "0" + doc["mobile"][3:]
	assert who(Client(url, national, PASSWORD)) == doc["user"]


def desk_of(manager, *members):
	made = manager.resource(
		"POST", "Clinic Shared Desk", title="Test", people=[{"staff_member": one["name"]} for one in members]
	)
	assert made.status_code == 200, made.text[:300]
	name = made.json()["data"]["name"]
	manager.post(f"{DESK}.register_desk", shared_desk=name)
	cookie = manager.session.cookies.pop("clinic_desk", None) or manager.session.cookies.get("clinic_desk")
	return name, cookie


def seat(client, cookie):
	client.session.cookies.set("clinic_desk", cookie)


def test_another_person_takes_over_by_pin(url, manager, joined):
	(first, here), (second, _other) = joined(), joined(first_name="Bita")
	_name, cookie = desk_of(manager, first, second)
	assert cookie
	assert here.refused("POST", f"{DESK}.switch", staff_member=second["name"], pin=PIN) == 422, (
		"no shared desk"
	)
	seat(here, cookie)
	state = here.get(f"{DESK}.state")
	assert [one["staff_member"] for one in state["people"]] == [second["name"]]
	old = here.session.cookies["sid"]
	assert here.refused("POST", f"{DESK}.switch", staff_member=second["name"], pin="0000") == 422
	here._message("switch", here.request("POST", f"{DESK}.switch", staff_member=second["name"], pin=PIN))
	assert here.session.cookies["sid"] != old
	assert who(here) == second["user"]
	stale = Client(url)
	stale.session.cookies.set("sid", old)
	assert stale.request("GET", "frappe.auth.get_logged_user").status_code in (401, 403), (
		"the old session is over"
	)
	# The token of the session before is not that of the new one.
	assert here.refused("POST", f"{DESK}.cover", how="hand") in (400, 403, 417)
	here._learn_csrf_token()
	events = manager.rows("Clinic Desk Event", {"user": second["user"]}, ("what", "previous_user"))
	assert {"what": "Switched", "previous_user": first["user"]} in events


def test_a_stolen_cookie_of_an_old_registration_is_nothing(manager, joined):
	first, here = joined()
	name, cookie = desk_of(manager, first)
	manager.post(f"{DESK}.register_desk", shared_desk=name)
	seat(here, cookie)
	assert here.get(f"{DESK}.state")["desk"] is None
	seat(here, name + ".x")
	assert here.get(f"{DESK}.state")["desk"] is None


def test_a_pin_is_not_guessed_not_even_in_parallel(url, manager, joined):
	(first, here), (second, _other) = joined(), joined(first_name="Bita")
	_name, cookie = desk_of(manager, first, second)
	seat(here, cookie)

	def guess(number):
		return here.request(
			"POST", f"{DESK}.switch", staff_member=second["name"], pin=f"{5000 + number}"
		).status_code

	with ThreadPoolExecutor(5) as pool:
		assert set(pool.map(guess, range(10))) <= {422, 409}
	locked = here.request("POST", f"{DESK}.switch", staff_member=second["name"], pin=PIN)
	assert locked.status_code == 422 and who(here) == first["user"]
	wrong = manager.rows(
		"Clinic Desk Event", {"user": second["user"], "what": ["in", ["Wrong PIN", "PIN Locked"]]}
	)
	assert 5 <= len(wrong) <= 11  # the right one that came too late included
	Client(url, "0" + second["mobile"][3:], PASSWORD)  # the password opens it again
	here._message("switch", here.request("POST", f"{DESK}.switch", staff_member=second["name"], pin=PIN))
	assert who(here) == second["user"]


def test_a_system_manager_shares_no_desk(admin, manager, joined):
	first, _here = joined()
	_name, cookie = desk_of(manager, first)
	seat(admin, cookie)
	assert admin.refused("POST", f"{DESK}.switch", staff_member=first["name"], pin=PIN) == 403
	admin.session.cookies.pop("clinic_desk", None)


def test_a_covered_session_is_answered_nothing(url, joined):
	_doc, here = joined()
	here.post(f"{DESK}.cover", how="idle")
	refused = here.request("GET", "clinic_core.people.api.find_patients", text="a")
	assert refused.status_code == 403 and "ScreenCovered" in refused.text
	assert here.resource("GET", "Clinic Patient").status_code == 403
	assert here.session.get(f"{url}/?cmd=frappe.client.get_list&doctype=Clinic Patient").status_code == 403
	# What Frappe runs is `cmd`, whatever the address says.
	sly = here.session.get(f"{url}/api/method/{DESK}.state", params={"cmd": "frappe.auth.get_logged_user"})
	assert sly.status_code == 403
	page = here.session.get(
		f"{url}/app/clinic-front-desk", headers={"Accept": "text/html"}, allow_redirects=False
	)
	assert page.status_code == 302 and page.headers["Location"].startswith("/locked?next=")
	cover = here.session.get(f"{url}/locked", headers={"Accept": "text/html"})
	assert cover.status_code == 200 and "Nika" in cover.text
	assert here.refused("POST", f"{DESK}.set_my_pin", pin="4826", password=PASSWORD) == 403
	assert here.refused("POST", f"{DESK}.uncover", pin="0000") == 422
	assert here.request("POST", f"{DESK}.uncover", pin=PIN).status_code == 200
	assert here.resource("GET", "Clinic Patient", limit_page_length=1).status_code == 200
	here.post(f"{DESK}.cover", how="hand")
	assert here.request("POST", f"{DESK}.uncover", password=PASSWORD).status_code == 200


def test_guessing_at_a_cover_ends_the_session(joined):
	_doc, here = joined()
	here.post(f"{DESK}.cover", how="hand")
	for _ in range(5):
		assert here.request("POST", f"{DESK}.uncover", pin="0000").status_code == 422
	assert here.request("GET", "frappe.auth.get_logged_user").status_code in (401, 403)


def test_who_left_is_out_at_once(url, manager, joined):
	doc, here = joined()
	manager.post(f"{STAFF}.leave", staff_member=doc["name"], on="2020-01-01", reason="Moved away")
	assert here.request("GET", "frappe.auth.get_logged_user").status_code in (401, 403)
	login = Client(url).session.post(
		f"{url}/api/method/login", data={"usr": "0" + doc["mobile"][3:], "pwd": PASSWORD}
	)
	assert login.status_code == 401
