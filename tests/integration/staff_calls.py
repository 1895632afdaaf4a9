"""Calls of the endpoints of staff and shared desk, for `budget_calls`, with the browser some of them need."""

from contextlib import contextmanager

STAFF = "clinic_core.people.staff.api"
DESK = "clinic_core.people.desk.api"
PLAN = "clinic_core.scheduling.api"
PIN, SECRET = "2739", "a long enough one"
# What a request has of its own, and what signing in replaces.
OF_A_REQUEST = ("request", "cookie_manager", "login_manager", "session", "session_obj", "lang", "user_lang")


@contextmanager
def own_request(site):
	"""Whatever browser and session a call brings: they are gone after it."""
	before = {name: getattr(site.local, name) for name in OF_A_REQUEST if hasattr(site.local, name)}
	response = dict(site.local.response)
	try:
		yield
	finally:
		if "request" not in before and hasattr(site.local, "request"):
			_forget_session(site, before["session"])
		for name in OF_A_REQUEST:
			if name in before:
				setattr(site.local, name, before[name])
			elif hasattr(site.local, name):
				delattr(site.local, name)
		site.local.response.clear()
		site.local.response.update(response)


def _forget_session(site, before):
	"""The cache knows nothing of a rollback."""
	from clinic_core.people.desk import covering

	now = site.local.session
	if covering.is_covered(now.sid):
		covering.forget(now.sid)
	if now is not before:
		site.cache.hdel("session", now.sid)
		site.clear_cache(user=now.user)


def _browser(demo, **cookies):
	"""The request of a browser with these cookies; `own_request` takes it away again."""
	from frappe.auth import CookieManager, LoginManager
	from werkzeug.test import EnvironBuilder
	from werkzeug.wrappers import Request

	local = demo.site.local
	header = "; ".join(f"{name}={value}" for name, value in cookies.items())
	local.request = Request(EnvironBuilder(method="POST", headers={"Cookie": header}).get_environ())
	local.cookie_manager = CookieManager()
	local.login_manager = manager = LoginManager.__new__(LoginManager)  # resumes no session
	manager.user = manager.info = manager.full_name = manager.user_type = None


def _login(role):
	return f"{role}@clinic.example"


def _shared_desk(demo):
	return demo.one("Clinic Shared Desk")


def _at_the_desk(demo):
	"""The browser of the demo's front desk, registered now."""
	_browser(demo)
	desk = _shared_desk(demo)
	demo.act(f"{DESK}.register_desk", "manager", shared_desk=desk)
	_browser(demo, clinic_desk=demo.site.local.cookie_manager.cookies["clinic_desk"]["value"])
	return desk


def _member(demo, role):
	return demo.one("Clinic Staff Member", user=_login(role))


def _with_pin(demo, role):
	from clinic_core.people.desk import pins

	member = _member(demo, role)
	pins.set_pin(member, PIN)
	return member


def _covered(demo):
	"""The screen of the receptionist, who has a PIN."""
	_browser(demo)
	_with_pin(demo, "reception")
	demo.act(f"{DESK}.cover", how="hand")
	return {"pin": PIN}


def _own_pin(demo):
	from frappe.utils.password import update_password

	update_password(_login("reception"), SECRET)
	return {"pin": PIN, "password": SECRET}


def _invited(demo, role="call"):
	"""A link for somebody."""
	return demo.act(f"{STAFF}.invite", "manager", staff_member=_member(demo, role))["link"]


def _joining(demo):
	"""Frappe empties the whole cache whenever a User is saved (`ask_pass_update`): the count is that of a cold one."""
	token = _invited(demo).rsplit("/", 1)[1]
	_browser(demo)
	person = {"first_name": "Nika", "last_name": "Budget", "mobile": "09120000771"}
	return {"token": token, **person, "password": SECRET, "pin": PIN}


def _leaving(demo):
	"""A practitioner with schedules, a PIN and an open link leaves today."""
	member = _with_pin(demo, "doctor")
	_invited(demo, "doctor")
	heir = _member(demo, "consultant")
	return {"staff_member": member, "on": str(demo.today), "reason": "moved away", "hand_over_to": heir}


def _left(demo):
	wanted = _leaving(demo)
	demo.act(f"{STAFF}.leave", "manager", **wanted)
	return {"staff_member": wanted["staff_member"]}


def _move(demo):
	"""A booking, and another practitioner who works at the same times."""
	wanted = demo.free_time()
	booked = demo.act(f"{PLAN}.book", **wanted)["appointment"]
	other = _double(demo, wanted["practitioner"])
	return {"moves": [{"appointment": booked, "practitioner": other}], "reason": "moved away"}


def _double(demo, practitioner):
	"""A practitioner with the services and schedules of another."""
	site = demo.site
	doc = site.copy_doc(site.get_doc("Clinic Practitioner", practitioner))
	doc.update({"user": None, "code": "BUDGET", "practitioner_name": "Budget"})
	doc.insert()
	for name in site.get_all("Clinic Schedule", {"practitioner": practitioner}, pluck="name"):
		schedule = site.copy_doc(site.get_doc("Clinic Schedule", name))
		schedule.practitioner = doc.name
		schedule.insert()
	return doc.name


CALLS = {
	f"{DESK}.state": ("reception", lambda demo: {"_": _at_the_desk(demo)}),
	f"{DESK}.cover": ("reception", lambda demo: {"how": "hand", "_": _browser(demo)}),
	f"{DESK}.uncover": ("reception", _covered),
	f"{DESK}.switch": (
		"reception",
		lambda demo: {"staff_member": _with_pin(demo, "operator"), "pin": PIN, "_": _at_the_desk(demo)},
	),
	f"{DESK}.set_my_pin": ("reception", _own_pin),
	f"{DESK}.remove_pin": ("manager", lambda demo: {"staff_member": _with_pin(demo, "reception")}),
	f"{DESK}.register_desk": (
		"manager",
		lambda demo: {"shared_desk": _shared_desk(demo), "_": _browser(demo)},
	),
	f"{DESK}.unregister_desk": ("manager", lambda demo: {"shared_desk": _at_the_desk(demo)}),
	f"{STAFF}.invite": (
		"manager",
		lambda demo: {"staff_member": _member(demo, "call"), "_": _invited(demo)},
	),
	f"{STAFF}.revoke_invites": (
		"manager",
		lambda demo: {"staff_member": _member(demo, "call"), "_": _invited(demo)},
	),
	f"{STAFF}.join": ("Guest", _joining),
	f"{STAFF}.leaving_preview": (
		"manager",
		lambda demo: {"staff_member": _member(demo, "doctor"), "on": str(demo.today)},
	),
	f"{STAFF}.leave": ("manager", _leaving),
	f"{STAFF}.rejoin": ("manager", _left),
	f"{STAFF}.to_reassign": (
		"manager",
		lambda demo: {"practitioner": demo.value("Clinic Appointment", demo.coming(), "practitioner")},
	),
	f"{STAFF}.reassign": ("manager", _move),
	f"{STAFF}.cancel_appointments": (
		"manager",
		lambda demo: {"appointments": [demo.coming()], "reason": "nobody is there"},
	),
}
