"""The manager brings patients in: a file with errors, the corrected one, complete, and taken back."""

import io
import uuid

import pytest
from openpyxl import load_workbook

HEADER = "نام,نام خانوادگی,موبایل,جنسیت,تاریخ تولد,شماره پرونده,نحوه آشنایی"
NAMES = ("سمیرا,کاظمی", "رضا,ناظری", "لیلا,باقری", "هومن,صادقی")
TAKE_BACK = {"en": "Take back", "fa": "پس گرفتن"}


def table(tag):
	"""Four patients; the second has an impossible day, the third a phone that is none."""
	days = ("۱۳۶۹/۱۰/۱۲", "1370/13/1", "1375/2/3", "1380/12/29")
	phones = [f"0912{int(tag[:6], 16) % 10**6:06d}{n}" for n in range(4)]
	phones[2] = "12345"
	rows = [
		f"{name},{phones[n]},{'مرد' if n % 2 else 'خانم'},{days[n]},{tag}-{n},WALKIN"
		for n, name in enumerate(NAMES)
	]
	return "\n".join([HEADER, *rows]).encode()


def corrected(content):
	"""What the manager does in a spreadsheet: the day and the phone, in the file that says what is wrong."""
	book = load_workbook(io.BytesIO(content))
	sheet = book.active
	heads = [cell.value for cell in sheet[1]]
	assert sheet.max_row == 3 and len(heads) == 8
	assert all(row[-1].value for row in sheet.iter_rows(min_row=2))
	sheet.cell(2, heads.index("تاریخ تولد") + 1, "1370/12/1")
	sheet.cell(3, heads.index("موبایل") + 1, "02188770011")
	out = io.BytesIO()
	book.save(out)
	return out.getvalue()


def count(admin, tag):
	return len(admin.rows("Clinic Patient", {"file_no": ["like", f"{tag}-%"]}, ("name",), "creation asc"))


def start(page):
	page.locator(".clinic-import__preview tbody tr").first.wait_for()
	page.locator(".clinic-import__start").click()
	page.locator("[data-status=Complete]").wait_for(timeout=120_000)


def take_back(page, words):
	page.get_by_role("button", name=words, exact=True).click()
	page.locator(".modal.show textarea").fill("a walk of the tests")
	page.locator(".modal.show .btn-primary").click()
	page.locator('[data-status="Taken Back"]').wait_for(timeout=120_000)


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_errors_corrected_complete_taken_back(screen_of, admin, lang):
	tag = uuid.uuid4().hex[:8]
	screen = screen_of("manager", lang=lang)
	page = screen.page
	screen.open("clinic-importing")
	page.locator(".clinic-import__kind").first.wait_for()
	file = {"name": f"{tag}.csv", "mimeType": "text/csv", "buffer": table(tag)}
	page.set_input_files("input[data-kind=patients]", file)
	page.locator(".clinic-import__cell--bad").nth(1).wait_for()
	screen.settle()
	screen.picture(f"people-import-{lang}")
	start(page)
	assert count(admin, tag) == 2
	first = page.url

	with page.expect_download() as waiting:
		page.locator(".clinic-import__faulty").click()
	with open(waiting.value.path(), "rb") as faulty:
		content = corrected(faulty.read())
	screen.picture(f"people-import-result-{lang}")
	page.set_input_files(
		"input[data-corrected]",
		{"name": f"{tag}-2.xlsx", "mimeType": "application/octet-stream", "buffer": content},
	)
	page.wait_for_url(lambda url: url != first)
	page.locator(".clinic-tag--success").first.wait_for()  # the columns are remembered
	start(page)
	assert count(admin, tag) == 4
	take_back(page, TAKE_BACK[lang])
	page.goto(first)
	page.locator("[data-status=Complete]").wait_for()
	take_back(page, TAKE_BACK[lang])
	assert count(admin, tag) == 0
