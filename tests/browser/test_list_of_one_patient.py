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
