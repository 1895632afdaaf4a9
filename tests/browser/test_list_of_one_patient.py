"""A list opened for one patient shows that patient's rows, however slow the name is to come."""

import json
import urllib.parse

TITLE = "**/api/method/frappe.desk.search.get_link_title*"
ROWS = "**/api/method/frappe.desk.reportview.get"


def test_a_list_is_narrowed_before_the_name_is_known(screen_of, admin):
	patient = admin.rows("Clinic Reception", {"docstatus": 1}, ("patient",))[0]["patient"]
	screen = screen_of("manager")
	held = []
	screen.page.route(TITLE, lambda route: held.append(route))
	with screen.page.expect_request(ROWS) as asked:
		screen.page.goto(f"{screen.url}/app/clinic-reception/view/list?patient={patient}")
	sent = urllib.parse.parse_qs(asked.value.post_data)
	for route in held:
		route.continue_()
	assert json.loads(sent["filters"][0]) == [["Clinic Reception", "patient", "=", patient]]
	screen.settle()


def test_a_name_that_comes_late_narrows_no_other_list(screen_of, admin):
	"""The list remembers the patient; a figure then leads to it before that name is known (A29)."""
	patient = admin.rows("Clinic Reception", {"docstatus": 1}, ("patient",))[0]["patient"]
	screen = screen_of("manager")
	page = screen.page
	screen.open(f"clinic-reception/view/list?patient={patient}")
	held = []
	page.route(TITLE, lambda route: held.append(route))
	page.goto(f"{screen.url}/app/clinic-reception/view/list?docstatus=1")
	page.wait_for_function(
		"() => window.cur_list?.doctype === 'Clinic Reception' && cur_list.data?.length > 1"
	)
	for route in held:
		route.continue_()
	screen.settle()
	assert page.evaluate("cur_list.get_filters_for_args()") == [["Clinic Reception", "docstatus", "=", "1"]]
