"""The online consultants' work (C003, C010)."""

from typing import Any

from tests.bench.case import Case, WrongAnswer, agree
from tests.bench.cases import rows
from tests.bench.data import people
from tests.bench.lab import Plain
from tests.bench.world import user

_PAGE = 200
_NEW_FROM = 8_000_000


class Office(Case):
	"""Today, everything the agent sees of his own and of his team."""

	name = "crm-office"
	endpoint = "clinic_crm.pipeline.api.office"
	role = "agent01"
	repetitions = 60

	def prepare(self, keeper: Any, times: int) -> None:
		found = self.lab.rows("SELECT parent FROM `tabClinic Team Member` WHERE user = %s", user(self.role))
		self._teams = [team for (team,) in found] or [""]

	def arguments(self, number: int) -> dict[str, Any]:
		return {}

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		"""For each of the five lists its newest page and its count."""
		now = sql.now()
		today = now.replace(hour=0, minute=0, second=0, microsecond=0)
		me = user(self.role)
		marks = ", ".join(["%s"] * len(self._teams))
		mine = f"(assigned_to = %s OR team IN ({marks}) OR owner = %s)"
		who = (me, *self._teams, me)
		leads = "status IN ('New Lead', 'In Progress')"
		count, newest = self._list(sql, "Clinic Lead", f"{leads} AND {mine}", "creation DESC", *who)
		activities = self._list(
			*(sql, "Clinic Activity", f"status = 'Not Done' AND date <= %s AND {mine}", "date, creation"),
			*(today.date(), *who),
		)
		done = self._list(
			*(sql, "Clinic Activity", f"status = 'Done' AND done_at >= %s AND {mine}", "done_at DESC"),
			*(today, *who),
		)
		return (count, newest), activities[0], done[0]

	def _list(self, sql: Plain, doctype: str, where: str, order: str, *values: Any) -> tuple[int, list[str]]:
		[(count,)] = sql.rows(f"SELECT COUNT(*) FROM `tab{doctype}` WHERE {where}", *values)
		page = sql.rows(f"SELECT * FROM `tab{doctype}` WHERE {where} ORDER BY {order} LIMIT {_PAGE}", *values)
		return count, [row[0] for row in page]

	def check(self, answer: Any, floor: Any) -> None:
		(count, newest), planned, done = floor
		agree(answer["leads"]["count"], count, "leads")
		agree({row["name"] for row in answer["leads"]["rows"]}, set(newest), "newest leads")
		agree(answer["current_activities"]["count"], planned, "planned activities")
		agree(answer["activities"]["count"], done, "activities of today")
		if not count:
			raise WrongAnswer("crm-office: an empty office was measured")


class LeadSubmission(Case):
	"""A visitor, seen for the first time, from an address of his own."""

	name = "lead-submission"
	endpoint = "clinic_crm.pipeline.api.submit_lead_form"
	role = "guest"

	def prepare(self, keeper: Any, times: int) -> None:
		[self._form] = self.lab.rows(
			"SELECT name, route, team, channel FROM `tabClinic Lead Form`"
			" WHERE status = 'Active' AND visibility = 'Public' ORDER BY name LIMIT 1"
		)

	def _person(self, number: int) -> dict[str, Any]:
		first, last = people.given_and_family(42, number, "Female")
		mobile = "0" + people.mobile(_NEW_FROM + number)[3:]
		return {"first_name": first, "last_name": last, "mobile": mobile, "description": f"لیزر {number}"}

	def arguments(self, number: int) -> dict[str, Any]:
		return {"route": self._form[1], "values": self._person(2 * number)}

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		"""Lock the form, look for a repetition and for the person, one INSERT for each table."""
		form, _route, team, channel = self._form
		person = self._person(2 * number + 1)
		phone = "+98" + person.pop("mobile")[1:]
		full_name = f"{person['first_name']} {person['last_name']}"
		sql.lock("Clinic Lead Form", form)
		sql.rows(
			"SELECT lead FROM `tabClinic Lead Submission` WHERE content_hash = %s AND status = 'Accepted'",
			phone,
		)
		sql.rows("SELECT COUNT(*) FROM `tabClinic Lead Submission` WHERE mobile = %s", phone)
		known = sql.rows("SELECT name, full_name FROM `tabClinic Contact` WHERE mobile = %s LIMIT 20", phone)
		names = {"first_name": person["first_name"], "last_name": person["last_name"], "mobile": phone}
		contact = rows.document(sql, **names, full_name=full_name, channel=channel)
		lead = rows.document(
			sql,
			title=person["description"],
			status="New Lead",
			person_type="Contact",
			contact=contact["name"],
			person_name=full_name,
			mobile=phone,
			channel=channel,
			team=team,
			lead_form=form,
		)
		sql.insert("Clinic Contact", contact)
		sql.insert("Clinic Lead", lead)
		sql.insert(
			"Clinic Lead Status Log",
			rows.document(sql, lead=lead["name"], to_status="New Lead", changed_at=sql.now()),
		)
		sql.insert(
			"Clinic Lead Submission",
			rows.document(
				sql, lead_form=form, lead=lead["name"], contact=contact["name"], status="Accepted",
				content_hash=phone, **names,
			),
		)  # fmt: skip
		sql.commit()
		return len(known)

	def check(self, answer: Any, floor: Any) -> None:
		if answer["status"] != "received" or floor:
			raise WrongAnswer(f"lead-submission: {answer}, {floor} known")
