"""What a visitor of /book waits for: the free times of two weeks, the hold, the booking (A07, E175, F05)."""

import datetime
import hashlib
from typing import Any

import frappe
from clinic_core.people import tokens
from frappe.website.serve import get_response
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from tests.bench.case import WrongAnswer, agree
from tests.bench.cases import rows
from tests.bench.cases.book import Book
from tests.bench.cases.slots import _Slots
from tests.bench.data import people
from tests.bench.lab import Plain, counted
from tests.bench.measure import Sample
from tests.bench.world import SEARCHED_SERVICE

_API = "clinic_core.online_booking.api"
_NEW_FROM = 8_000_000
"""Numbers of invented people who are in no data set."""
_DAYS = 14


class OnlineTimes(_Slots):
	"""Whoever is free, in the two weeks from one of the coming days on."""

	name = "online-times"
	endpoint = f"{_API}.free_times"
	role = "guest"

	def arguments(self, number: int) -> dict[str, Any]:
		return {"service": SEARCHED_SERVICE, "from_date": str(self.world.working_day(1 + number % 5))}

	def people(self, arguments: dict[str, Any]) -> list[str]:
		return [doctor.code for doctor in self.world.doctors]

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		first = datetime.date.fromisoformat(arguments["from_date"])
		last = first + datetime.timedelta(days=_DAYS - 1)
		found = super().floor(sql, number, {**arguments, "to_date": str(last), "limit": None})
		closed = {str(day) for (day,) in sql.rows("SELECT date FROM `tabClinic Holiday`")}
		return sorted({start for start, _person in found if start[:10] not in closed})

	def check(self, answer: Any, floor: Any) -> None:
		agree([time["start"] for day in answer["days"] for time in day["times"]], floor, self.name)
		if not floor:
			raise WrongAnswer(f"{self.name}: nothing is free")


class OnlinePage(OnlineTimes):
	"""The page of a service, with its first two weeks written into it."""

	name = "online-page"
	endpoint = "book"

	def arguments(self, number: int) -> dict[str, Any]:
		return {"service": SEARCHED_SERVICE}

	def _ask(self, arguments: dict[str, Any]) -> tuple[Sample, Any]:
		self.lab.fresh("Guest")
		frappe.local.request = Request(EnvironBuilder(path="/book", method="GET").get_environ())
		frappe.local.form_dict = frappe._dict(arguments)
		frappe.local.lang = "fa"
		sample, page = counted(lambda: get_response("book"))
		return sample, page

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		return super().floor(sql, number, {**arguments, "from_date": str(self.world.working_day(1))})

	def check(self, answer: Any, floor: Any) -> None:
		text = answer.get_data(as_text=True)
		if answer.status_code != 200 or not floor or floor[0] not in text:
			raise WrongAnswer(f"online-page: {answer.status_code}, {floor[:1]} is not on it")


class OnlineHold(Book):
	"""A visitor holds a time before he says who he is."""

	name = "online-hold"
	endpoint = f"{_API}.hold"
	role = "guest"

	def arguments(self, number: int) -> dict[str, Any] | None:
		wanted = super().arguments(number)
		return wanted and {
			"token": hashlib.md5(f"{self.name}{number}".encode(), usedforsecurity=False).hexdigest(),
			**{key: wanted[key] for key in ("service", "practitioner", "start")},
		}

	def check(self, answer: Any, floor: Any) -> None:
		if answer["seconds"] <= 0 or floor:
			raise WrongAnswer(f"{self.name}: {answer}, taken {floor}")


class OnlineConfirm(OnlineHold):
	"""Somebody whom the clinic does not know books the time he holds."""

	name = "online-confirm"
	endpoint = f"{_API}.confirm"

	def prepare(self, keeper: Any, times: int) -> None:
		super().prepare(keeper, times)
		self._counter = rows.newest_counter(self.lab, "file_no")

	def arguments(self, number: int) -> dict[str, Any] | None:
		held = super().arguments(number)
		if held:
			self.lab.request(OnlineHold.endpoint, held, "Guest")
			frappe.db.commit()
		return held and {**held, **self._person(2 * number)}

	def _person(self, number: int) -> dict[str, Any]:
		first, last = people.given_and_family(43, number, "Female")
		mobile = "0" + people.mobile(_NEW_FROM + number)[3:]
		return {"first_name": first, "last_name": last, "mobile": mobile, "gender": "Female"}

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		"""Look for the person, write his file with a number, then as at the desk."""
		person = self._person(2 * number + 1)
		phone, full_name = "+98" + person.pop("mobile")[1:], f"{person['first_name']} {person['last_name']}"
		sql.rows("SELECT parent FROM `tabClinic Patient Phone` WHERE phone = %s", phone)
		file_no = f"floor-{sql.number(self._counter):06d}"
		patient = rows.document(
			sql, **person, full_name=full_name, mobile=phone, file_no=file_no, status="Active"
		)
		sql.insert("Clinic Patient", patient)
		sql.insert(
			"Clinic Patient Phone",
			rows.child(sql, patient["name"], "Clinic Patient", "phones", phone=phone, is_main=1),
		)
		about = {"reference_doctype": "Clinic Patient", "reference_name": patient["name"]}
		keys = tokens.all_tokens([full_name], [(phone, phone[3:])], [], []) | tokens.file_tokens(file_no)
		sql.insert(
			"Clinic Search Key",
			*(rows.document(sql, kind=one.kind, token=one.token, **about) for one in sorted(keys)),
		)
		return super().floor(sql, number, arguments)

	def check(self, answer: Any, floor: Any) -> None:
		if answer["state"] != "booked" or floor:
			raise WrongAnswer(f"{self.name}: {answer}, taken {floor}")
