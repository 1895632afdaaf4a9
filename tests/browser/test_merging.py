"""Registered twice → suggested → merged with choices → one statement → undone (D43–D45, N6)."""

import pytest

WORDS = {
	"en": {"merge": "Merge files", "undo": "Undo merge", "compare": "Compare and merge", "undone": "Undone"},
	"fa": {
		"merge": "ادغام پرونده‌ها",
		"undo": "برگرداندن ادغام",
		"compare": "مقایسه و ادغام",
		"undone": "برگشت‌خورده",
	},
}
NAMES = {"en": ("Merrin", "Doublefold"), "fa": ("مهرنوش", "دوتاپور")}


@pytest.fixture
def two_files(admin, request):
	"""One person with two files, each with a debt."""
	lang = request.node.callspec.params["lang"]
	first, last = NAMES[lang]
	files = []
	for mobile, occupation in (("09127770101", "Baker"), ("09127770101", "Teacher")):
		made = admin.post(
			"clinic_core.people.api.register_patient",
			first_name=first,
			last_name=last,
			mobile=mobile,
			referral_source="WALKIN",
		)
		files.append(made)
		admin.resource("PUT", "Clinic Patient", files[-1]["name"], occupation=occupation)
		admin.post(
			"clinic_reception.front_desk.api.receive",
			patient=files[-1]["name"],
			visit_type="Consultation",
			services=[{"service": "VISIT-SKIN", "quantity": 1, "action": "Perform Now"}],
		)
	assert files[1]["duplicates"], "the second registration warns of the first"
	admin.post(
		"clinic_core.people.merging.api.set_verdict",
		patient=files[0]["name"],
		other=files[1]["name"],
		status="Open",
	)
	return [file["name"] for file in files]


def owed(admin, patient):
	return admin.get("clinic_reception.statement.api.get_statement", patient=patient)["header"]["balance"]


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_two_files_become_one_and_two_again(screen_of, admin, two_files, lang):
	words = WORDS[lang]
	debts = [owed(admin, patient) for patient in two_files]
	screen = screen_of("manager", lang)
	page = screen.page
	screen.open("clinic-merge")
	pair = page.locator(f".clinic-merge-list__pair:has([data-patient='{two_files[1]}'])").first
	pair.wait_for()
	screen.picture(f"people-duplicates-{lang}")

	pair.get_by_role("button", name=words["compare"]).click()
	dialog = page.locator(".modal.show")
	dialog.locator(".clinic-merge__fields").wait_for()
	dialog.locator("[data-field=occupation] [data-value=duplicate]").click()
	dialog.locator("textarea").fill("registered twice")
	screen.settle()
	screen.picture(f"people-merge-{lang}")
	dialog.get_by_role("button", name=words["merge"]).click()
	dialog.wait_for(state="hidden")

	[merge] = admin.rows(
		"Clinic Patient Merge",
		{"kept": ["in", two_files], "duplicate": ["in", two_files], "status": "Done"},
		("name", "kept", "duplicate"),
	)
	assert owed(admin, merge["kept"]) == owed(admin, merge["duplicate"]) == sum(debts)

	# The merged file leads to the kept one.
	page.goto(f"{screen.url}/app/clinic-patient/{merge['duplicate']}")
	page.wait_for_url(f"**/clinic-patient/{merge['kept']}")
	screen.settle()

	screen.open(f"clinic-patient-merge/{merge['name']}")
	page.get_by_role("button", name=words["undo"]).first.click()
	page.locator(".modal.show textarea").fill("two people after all")
	screen.picture(f"people-undo-merge-{lang}")
	page.locator(".modal.show").get_by_role("button", name=words["undo"]).click()
	page.locator(".indicator-pill").filter(has_text=words["undone"]).first.wait_for()
	assert [owed(admin, patient) for patient in two_files] == debts
