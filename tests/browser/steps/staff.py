"""Steps of a new employee: invited, joined on a phone, at the shared desk, gone again."""

import datetime
import random
import re

PASSWORD, PIN = "a long enough one", "2739"
DESK, STAFF = "clinic_core.people.desk.api", "clinic_core.people.staff.api"
WORDS = {
	"en": {
		"invite": "Invite by link",
		"make": "Make a link",
		"join": "Join",
		"register": "Make this computer the desk",
		"switch": "Switch person",
		"go": "Go on",
		"leave": "Leave of the centre",
		"actions": "Actions",
		"move": "Move the chosen ones",
		"welcome": "Welcome",
		"none": "No appointment is left",
	},
	"fa": {
		"invite": "دعوت با پیوند",
		"make": "ساخت پیوند",
		"join": "پیوستن",
		"register": "ثبت همین رایانه",
		"switch": "تعویض کاربر",
		"go": "ادامه",
		"leave": "ترک مرکز",
		"actions": "عملیات",
		"move": "انتقال انتخاب‌شده‌ها",
		"welcome": "خوش آمدید",
		"none": "نوبتی برای انتقال نمانده",
	},
}


class Employee:
	"""A practitioner who is about to begin: with hours, and appointments of next week."""

	def __init__(self, lang, admin, demo):
		self.lang, self.admin, self.demo, self.words = lang, admin, demo, WORDS[lang]
		self.mobile = f"0990{random.randrange(10**7):07d}"
		self.names = ("Nika", "Radmanesh") if lang == "en" else ("نیکا", "رادمنش")
		self.practitioner = self._made(
			"Clinic Practitioner",
			practitioner_name=" ".join(self.names),
			kind="Doctor",
			department="SKIN",
			branch="MAIN",
			services=[{"service": "VISIT-SKIN"}],
		)
		days = ("Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday")
		self._made(
			"Clinic Schedule",
			practitioner=self.practitioner,
			valid_from="2020-01-01",
			shifts=[{"weekday": d, "start": "09:00:00", "end": "13:00:00", "branch": "MAIN"} for d in days],
		)

	def _made(self, doctype, **values):
		answer = self.admin.resource("POST", doctype, **values)
		assert answer.status_code == 200, answer.text[:400]
		return answer.json()["data"]["name"]

	def book(self):
		"""Two appointments, at times a colleague is free as well."""
		first = datetime.date.today() + datetime.timedelta(days=2)
		asked = {
			"service": "VISIT-SKIN",
			"from_date": str(first),
			"to_date": str(first + datetime.timedelta(days=6)),
		}
		find = "clinic_core.scheduling.api.find_slots"
		mine = {
			row["start"] for row in self.admin.get(find, practitioner=self.practitioner, limit=500, **asked)
		}
		theirs = {row["start"] for row in self.admin.get(find, practitioner="DR-01", limit=500, **asked)}
		patients = self.admin.rows("Clinic Patient", {"gender": "Female", "status": "Active"}, ("name",))
		both = sorted(mine & theirs)
		for start, patient in zip((both[0], both[-1]), random.sample(patients, 2), strict=True):
			self.admin.post(
				"clinic_core.scheduling.api.book",
				patient=patient["name"],
				service="VISIT-SKIN",
				practitioner=self.practitioner,
				start=start,
			)

	def take_away(self):
		"""Nobody finds him in other tests."""
		self.admin.resource("PUT", "Clinic Practitioner", self.practitioner, is_active=0)


def make_and_invite(boss, who):
	"""The manager fills in one form and makes a link."""
	page = boss.page
	boss.open("clinic-staff-member/new")
	for field, value in zip(("first_name", "last_name", "mobile"), (*who.names, who.mobile), strict=True):
		page.fill(f"[data-fieldname={field}] input", value)
	page.evaluate("practitioner => cur_frm.set_value('practitioner', practitioner)", who.practitioner)
	page.locator(".form-tabs .nav-link").nth(1).click()
	page.check("[data-fieldname=is_practitioner] input[type=checkbox]")
	boss.settle()
	boss.picture(f"people-staff-access-{who.lang}")
	page.keyboard.press("Control+s")
	page.wait_for_function("cur_frm && !cur_frm.is_new() && !cur_frm.is_dirty()")
	who.member = page.evaluate("cur_frm.doc.name")
	boss.settle()
	page.get_by_role("button", name=who.words["invite"]).click()
	page.get_by_role("button", name=who.words["make"]).click()
	box = page.locator(".modal.show input[readonly]")
	box.wait_for()
	who.link = box.input_value()
	boss.picture(f"people-staff-invite-{who.lang}")
	page.keyboard.press("Escape")


def join_on_a_phone(phone, who):
	"""The link is opened once, on a phone."""
	page = phone.page
	page.goto(f"{phone.url}/join/{who.link.rsplit('/', 1)[1]}?_lang={who.lang}")
	assert who.words["welcome"] in page.locator("h1").inner_text()
	page.fill("#password", PASSWORD)
	page.fill("#again", PASSWORD)
	page.fill("#pin", PIN)
	phone.picture(f"people-join-{who.lang}")
	assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "wider than the phone"
	page.get_by_role("button", name=who.words["join"], exact=True).click()
	page.wait_for_url(re.compile("/(app|desk)"))
	gone = phone.context.request.get(f"{phone.url}/join/{who.link.rsplit('/', 1)[1]}")
	assert gone.status == 404


def take_over_the_desk(boss, who):
	"""The manager makes this computer a desk; the new employee takes it over by PIN."""
	desk = who._made(
		"Clinic Shared Desk", title="Walk", idle_minutes=1, people=[{"staff_member": who.member}]
	)
	page = boss.page
	boss.open(f"clinic-shared-desk/{desk}")
	page.get_by_role("button", name=who.words["register"]).click()
	page.wait_for_function("cur_frm?.doc.registered_at")
	# Whoever sits there is no System Manager: the receptionist, who signed in with the password.
	page.request.post(
		f"{boss.url}/api/method/login", form={"usr": "reception@clinic.example", "pwd": who.demo}
	)
	boss.open("clinic-front-desk")
	page.evaluate("clinic.people.switch_person()")
	frame = page.frame_locator(".clinic-cover iframe")
	frame.locator("#faces button").first.wait_for()
	boss.picture(f"people-switch-{who.lang}")
	frame.locator("#faces button").first.click()
	frame.locator("#pin").fill("0000")
	frame.get_by_role("button", name=who.words["go"]).click()
	frame.locator("#notice:not(:empty)").wait_for()
	frame.locator("#pin").fill(PIN)
	with page.expect_navigation():
		frame.get_by_role("button", name=who.words["go"]).click()
	page.wait_for_function("window.frappe?.session?.user")
	assert page.evaluate("frappe.session.user") == who.admin.value("Clinic Staff Member", who.member, "user")
	boss.settle()


def leave_it_alone(desk, who):
	"""Nobody touches it: the screen is covered, also after a reload, until the PIN is typed."""
	page = desk.page
	desk.open("clinic-patient")
	page.evaluate("localStorage.setItem('clinic_touched_at', String(Date.now() - 120000))")
	frame = page.frame_locator(".clinic-cover iframe")
	frame.locator("#pin").wait_for()
	assert not page.locator(".frappe-list").first.is_visible()
	desk.picture(f"people-covered-{who.lang}")
	page.goto(f"{desk.url}/app/clinic-patient")
	assert "/locked" in page.url
	page.locator("#pin").fill(PIN)
	page.get_by_role("button", name=who.words["go"]).click()
	page.wait_for_url(re.compile("clinic-patient"))
	desk.settle()
	assert page.locator(".frappe-list").first.is_visible()


def go_home(screen):
	"""Close the desk: left open for a minute more, it would ask to be covered for somebody who is gone by then.

	What the browser said of answers the walk asked for is forgiven: a wrong PIN (422), a covered session (403).
	"""
	screen.page.goto("about:blank")
	screen.complaints[:] = [
		text for text in screen.complaints if "status of 422" not in text and "status of 403" not in text
	]


def send_away(boss, who):
	"""Leave of the centre; the appointments go to a colleague."""
	page = boss.page
	boss.open(f"clinic-staff-member/{who.member}")
	page.get_by_role("button", name=who.words["actions"]).first.click()
	page.locator(
		".dropdown-menu.show, .inner-group-button.show, .inner-group-button .dropdown-menu"
	).get_by_text(who.words["leave"]).first.click()
	page.locator(".modal.show textarea").fill("Moved to another city")
	boss.settle()
	boss.picture(f"people-leave-{who.lang}")
	page.locator(".modal.show .btn-modal-primary").click()
	rows = page.locator(".clinic-handover__row")
	rows.first.wait_for()
	assert rows.count() == 2
	boss.picture(f"people-handover-{who.lang}")
	page.get_by_role("button", name=who.words["move"]).click()
	page.get_by_text(who.words["none"]).wait_for()
	assert who.admin.value("Clinic Staff Member", who.member, "status") == "Departed"
