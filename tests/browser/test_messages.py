"""Messages at the desk: a template as it arrives, the list, a failed one sent again (G04, N9)."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps.hands import SECONDS, say
from tests.demo_site import in_site

SMS = "clinic_core.messaging.frappe_sms.send_sms"
MESSAGE = "Clinic Message"


@pytest.fixture
def failed(admin, site_name, sites_path):
	"""`failed(mobile)`: the name of a message to this number that the gateway refused."""

	def make(mobile):
		admin.post(SMS, receiver_list=[mobile], msg="Browser test", success_msg=0)
		number = f"+98{mobile[1:]}"
		name = admin.rows(MESSAGE, {"recipient": number}, ("name",), "creation desc")[0]["name"]
		said = {"status": "Failed", "error_code": "411", "error": "دریافت کننده نامعتبر است"}
		in_site(site_name, sites_path, "frappe.db.set_value", dt=MESSAGE, dn=name, field=said)
		return name

	return make


def see_the_template(screen, lang):
	"""Each language as it arrives; the words of the boxes change the bubble at once."""
	page = screen.page
	screen.open("clinic-message-template/booking")
	bubbles = page.locator(".clinic-sms")
	expect(bubbles).to_have_count(4, timeout=SECONDS)
	expect(bubbles.filter(has_text="گرامی")).to_be_visible()
	expect(bubbles.first.locator(".clinic-sms__facts")).not_to_be_empty()
	expect(page.locator(".clinic-sms__placeholder").first).to_be_visible()
	bubbles.first.scroll_into_view_if_needed()
	screen.picture(f"messages-template-{lang}")
	page.locator(".clinic-segmented__item[data-value='Email']").click()
	mails = page.locator(".clinic-mail")
	expect(mails).to_have_count(4, timeout=SECONDS)
	body = mails.filter(has_text="نوبت شما").frame_locator("iframe").locator("div[dir='rtl']")
	expect(body).to_contain_text("گرامی", timeout=SECONDS)
	expect(body.get_by_text("دیدن یا تغییر نوبت")).to_be_visible()


def see_the_list(screen, lang, mobile):
	page = screen.page
	screen.open("clinic-message")
	tabs = page.locator(".clinic-list-tabs")
	expect(tabs).to_be_visible(timeout=SECONDS)
	screen.picture(f"messages-list-{lang}")
	tabs.get_by_text(say(page, "Failed or unknown")).click()
	expect(page.locator(".list-row").first).to_be_visible(timeout=SECONDS)


@pytest.mark.parametrize(("lang", "mobile"), [("en", "09123450011"), ("fa", "09123450012")])
def test_a_template_the_list_and_a_failed_message(screen_of, admin, failed, lang, mobile):
	name = failed(mobile)
	screen = screen_of("manager", lang=lang)
	see_the_template(screen, lang)
	see_the_list(screen, lang, mobile)
	screen.open(f"clinic-message/{name}")
	page = screen.page
	expect(page.get_by_text("دریافت کننده نامعتبر است").first).to_be_visible(timeout=SECONDS)
	page.get_by_role("button", name=say(page, "Send again")).click()
	expect(page.get_by_role("button", name=say(page, "Send again"))).to_have_count(0, timeout=SECONDS)
	assert admin.value(MESSAGE, name, "status") in ("Queued", "Sending", "Sent")
