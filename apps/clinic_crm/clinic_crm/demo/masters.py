"""Channels, a team and the public lead form of the demo clinic."""

import frappe
from clinic_core.demo.masters import retitle
from clinic_core.demo.world import World

from clinic_crm.seeds import SEEDS

TEAM, ROUTE = "ONLINE", "contact"
TITLES = {
	"Phone call": ("تماس تلفنی", "Phone call"),
	"Text message": ("پیامک", "Text message"),
	"WhatsApp": ("واتس‌اپ", "WhatsApp"),
	"Email message": ("ایمیل", "Email message"),
	"In person": ("حضوری", "In person"),
	"Social network": ("شبکهٔ اجتماعی", "Social network"),
	"Interested": ("علاقه‌مند", "Interested"),
	"Wants an appointment": ("نوبت می‌خواهد", "Wants an appointment"),
	"Thinking about it": ("در حال فکر کردن", "Thinking about it"),
	"Call again later": ("بعداً تماس گرفته شود", "Call again later"),
	"No answer": ("پاسخ نداد", "No answer"),
	"Too expensive": ("قیمت بالاست", "Too expensive"),
	"Not interested": ("علاقه‌مند نیست", "Not interested"),
	"Wrong number": ("شماره اشتباه", "Wrong number"),
	"Instagram page": ("صفحهٔ اینستاگرام", "Instagram page"),
	"Website form": ("فرم وب‌سایت", "Website form"),
	"Walk-in": ("مراجعهٔ حضوری", "Walk-in"),
	"Recommended by a patient": ("معرفی مراجعان", "Recommended by a patient"),
	"CRM team": ("تیم ارتباط با مشتری", "CRM team"),
}
# code, title, kind, method
CHANNELS = [
	("GOOGLEADS", ("تبلیغات جست‌وجو", "Search advertising"), "Search", ("کلیک", "Clicks")),
	("BILLBOARD", ("بیلبورد اتوبان", "Highway billboard"), "Print", ("تابلو", "Board")),
	("TELEGRAM", ("کانال تلگرام", "Telegram channel"), "Messenger", ("پست", "Posts")),
]


def build(world: World) -> None:
	"""Insert the masters and leave `channels`, `team` and `lead_form` in `shared`."""
	retitle(world, SEEDS, TITLES)
	for code, title, kind, method in CHANNELS:
		world.master(
			"Clinic Marketing Channel",
			code,
			title=world.text(title),
			kind=kind,
			method=world.text(method),
			budget=500_000_000,
			referral_source="AD" if frappe.db.exists("Clinic Referral Source", "AD") else None,
		)
	world.shared["channels"] = frappe.get_all(
		"Clinic Marketing Channel", filters={"status": "Active"}, pluck="name", order_by="name asc"
	)
	world.shared["team"] = world.master(
		"Clinic Team",
		TEAM,
		title=world.text(("مشاوران آنلاین", "Online consultants")),
		members=[
			{"user": world.user("crm"), "is_leader": 1},
			{"user": world.user("agent")},
			{"user": world.user("call")},
			{"user": world.user("consultant")},
		],
	)
	world.shared["lead_form"] = _lead_form(world)


def _lead_form(world: World) -> str:
	"""The public form at /lead/contact, unless the clinic has one there already."""
	known = frappe.db.get_value("Clinic Lead Form", {"route": ROUTE}, ["name", "team"], as_dict=True)
	if known:
		# Of a team without people nobody would see what comes in.
		if not frappe.db.exists("Clinic Team Member", {"parenttype": "Clinic Team", "parent": known.team}):
			world.change("Clinic Lead Form", known.name, "team", world.shared["team"])
		return known.name
	fields = [("first_name", 1), ("last_name", 0), ("mobile", 1), ("description", 0)]
	form = world.document(
		"Clinic Lead Form",
		form_name=world.text(("درخواست مشاورهٔ رایگان", "Ask for a free consultation")),
		route=ROUTE,
		status="Active",
		visibility="Public",
		team=world.shared["team"],
		channel="WEBSITE" if "WEBSITE" in world.shared["channels"] else None,
		branch=world.shared["branches"][0],
		thank_you_message=world.text(
			("درخواست شما ثبت شد. به‌زودی با شما تماس می‌گیریم.", "Thank you. We will call you soon.")
		),
		form_fields=[{"fieldname": name, "is_required": required} for name, required in fields],
	)
	world.adopt("Web Form", form.web_form)
	return form.name
