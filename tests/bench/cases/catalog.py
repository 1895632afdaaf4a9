"""The service catalog with 5,000 services: picker, list, bulk price update, and what visitors see."""

from typing import Any

import frappe
from clinic_core.people.names import fold
from clinic_core.service_catalog.public_page import page_cache
from frappe.desk import reportview
from frappe.website.serve import get_response
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from tests.bench import world
from tests.bench.case import Case, WrongAnswer, agree
from tests.bench.cases import many_services as services
from tests.bench.cases import rows
from tests.bench.keep import Keeper
from tests.bench.lab import Plain, counted
from tests.bench.measure import Sample

_STRIDE = 7_919
_PAGE = 20


class _WithServices(Case):
	def prepare(self, keeper: Keeper, times: int) -> None:
		services.add(keeper)


class Picker(_WithServices):
	"""Two words of a name typed into a service picker."""

	name = "service-picker"
	endpoint = "clinic_core.service_catalog.api.list_services"
	repetitions = 150

	def arguments(self, number: int) -> dict[str, Any]:
		*_first, second, at = services.title(number * _STRIDE).split()
		return {"text": f"{second} {at}", "limit": 50}

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		"""The departments' order, and the services whose search text has every word."""
		words = fold(arguments["text"]).split()
		found = " AND ".join(["s.search_text LIKE %s"] * len(words))
		expected = sql.rows(
			"SELECT s.name, s.service_name, s.department, d.title, s.amount, s.duration_minutes, s.barcode FROM"
			" `tabClinic Service` s JOIN `tabClinic Department` d ON d.name = s.department"
			f" WHERE s.status = 'Active' AND {found}"
			" ORDER BY d.priority, d.title, s.priority, s.service_name, s.name LIMIT 50",
			*(f"%{word}%" for word in words),
		)
		return {row[0] for row in expected}

	def check(self, answer: Any, floor: Any) -> None:
		agree({row["name"] for row in answer}, floor, self.name)
		if not floor:
			raise WrongAnswer("service-picker: nothing was found")


class ServiceList(_WithServices):
	"""A page of the desk's list of services, of one department, by name; as Frappe's list view asks."""

	name = "service-list"
	endpoint = "frappe.desk.reportview.get"
	role = "manager"
	repetitions = 150
	fields = (
		"name",
		"service_name",
		"department",
		"amount",
		"duration_minutes",
		"status",
		"is_session_based",
	)

	def arguments(self, number: int) -> dict[str, Any]:
		return {
			"doctype": "Clinic Service",
			"fields": frappe.as_json([f"`tabClinic Service`.`{field}`" for field in self.fields]),
			"filters": frappe.as_json(
				[
					["Clinic Service", "status", "=", "Active"],
					["Clinic Service", "department", "=", services.department(number)],
				]
			),
			"order_by": "`tabClinic Service`.`priority` asc",
			"start": _PAGE * (number % 40),
			"page_length": _PAGE,
			"view": "List",
		}

	def _ask(self, arguments: dict[str, Any]) -> tuple[Sample, Any]:
		self.lab.fresh(world.user(self.role))
		frappe.local.form_dict = frappe._dict(arguments, cmd=self.endpoint)
		return counted(reportview.get)

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		return sql.rows(
			f"SELECT {', '.join(self.fields)} FROM `tabClinic Service` WHERE status = 'Active' AND department = %s"
			f" ORDER BY priority LIMIT {_PAGE} OFFSET {arguments['start']}",
			services.department(number),
		)

	def check(self, answer: Any, floor: Any) -> None:
		names = [row[answer["keys"].index("name")] for row in answer["values"]]
		agree(names, [row[0] for row in floor], self.name)


class PriceUpdate(_WithServices):
	"""Submitting a price update of all 5,000 services; the list was looked at just before."""

	name = "price-update-5000"
	endpoint = "clinic_core.service_catalog.price_updates.api.submit"
	role = "manager"
	repetitions = 10
	seconds = 120.0
	warm_up = 1

	def prepare(self, keeper: Keeper, times: int) -> None:
		super().prepare(keeper, times)
		# The services of the data set are changed as well.
		keeper.keep("tabClinic Service", "name NOT LIKE 'B-S0%%'")
		keeper.keep("tabClinic Service Price", "service NOT LIKE 'B-S0%%'")

	def arguments(self, number: int) -> dict[str, Any]:
		self.lab.fresh(world.user(self.role))
		update = frappe.get_doc(
			{
				"doctype": "Clinic Price Update",
				"applies_to": "All Services",
				"method": "Percent",
				"change_percent": 10 if number % 2 else -9,
				"rounding_step": 1000,
				"valid_from": frappe.utils.getdate(),
			}
		).insert()
		frappe.db.commit()
		return {"update": update.name}

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		"""Lock and read the prices, one INSERT of the new ones, one UPDATE; not committed, or the draft is stale."""
		found = sql.rows("SELECT name, amount FROM `tabClinic Service` WHERE status = 'Active' FOR UPDATE")
		today = sql.now().date()
		sql.insert(
			"Clinic Service Price",
			*(
				rows.document(sql, service=name, amount=amount, previous_amount=amount, valid_from=today)
				for name, amount in found
			),
		)
		sql.do("UPDATE `tabClinic Service` SET amount = ROUND(amount * 1.1, -3) WHERE status = 'Active'")
		return len(found)

	def check(self, answer: Any, floor: Any) -> None:
		agree(answer["changed"], floor, self.name)


class _Page(Case):
	"""A page made anew for a guest; every visitor of the next minutes gets the one that was kept."""

	role = "guest"
	repetitions = 100
	endpoint = "center"

	def path(self, number: int) -> str:
		raise NotImplementedError

	def arguments(self, number: int) -> dict[str, Any]:
		return {"path": self.path(number)}

	def _ask(self, arguments: dict[str, Any]) -> tuple[Sample, Any]:
		self.lab.fresh("Guest")
		self._visit(arguments["path"])
		page_cache._begin_anew()
		sample, made = counted(lambda: get_response(arguments["path"]))
		self.lab.fresh("Guest")
		self._visit(arguments["path"])
		kept, again = counted(lambda: get_response(arguments["path"]))
		agree((again.status_code, len(again.get_data())), (200, len(made.get_data())), self.name)
		self._kept = [*getattr(self, "_kept", []), kept]
		slowest = sorted(one.ms for one in self._kept)[int(0.95 * (len(self._kept) - 1))]
		most = max(one.queries for one in self._kept)
		self.notes = {"said": f"kept pages: P95 {slowest:.1f} ms, {most} queries"}
		return sample, made.get_data(as_text=True)

	def _visit(self, path: str) -> None:
		frappe.local.request = Request(EnvironBuilder(path=f"/{path}", method="GET").get_environ())
		frappe.local.form_dict = frappe._dict()
		frappe.local.lang = "fa"


class CenterPage(_Page):
	"""The public page of the centre: departments and all services they show."""

	name = "center-page"

	def path(self, number: int) -> str:
		return "center"

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		sql.rows(
			"SELECT name, title, colour FROM `tabClinic Department` WHERE is_active = 1 ORDER BY priority"
		)
		return sql.rows(
			"SELECT s.service_name, s.display_name, s.department, s.summary, s.photo, s.route, s.amount, s.show_price,"
			" s.duration_minutes FROM `tabClinic Service` s WHERE s.status = 'Active' AND s.show_in_profile = 1"
			" ORDER BY s.priority, s.service_name"
		)

	def check(self, answer: Any, floor: Any) -> None:
		if not floor or not any(row[0] in answer for row in floor):
			raise WrongAnswer("center-page: no service is on the page")


class ServicePage(_Page):
	"""The page of one service: gallery, areas, comments, articles, others of the department."""

	name = "service-page"

	def prepare(self, keeper: Keeper, times: int) -> None:
		self._services = self.lab.rows(
			"SELECT COALESCE(NULLIF(route, ''), name), service_name FROM `tabClinic Service`"
			" WHERE status = 'Active' AND show_in_profile = 1 ORDER BY name"
		)

	def path(self, number: int) -> str:
		return f"center/{self._services[number % len(self._services)][0]}"

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		"""The service, and one query for each kind of thing on its page."""
		name = self._services[number % len(self._services)][1]
		[(service, department)] = sql.rows(
			"SELECT name, department FROM `tabClinic Service` WHERE service_name = %s", name
		)
		sql.rows(
			"SELECT image, caption FROM `tabClinic Service Image` WHERE parent = %s ORDER BY idx", service
		)
		sql.rows("SELECT title, amount FROM `tabClinic Service Area` WHERE parent = %s ORDER BY idx", service)
		sql.rows(
			"SELECT * FROM `tabClinic Service Review` WHERE service = %s AND status = 'Published'", service
		)
		sql.rows(
			"SELECT service_name, route, photo FROM `tabClinic Service` WHERE department = %s AND show_in_profile = 1"
			" AND status = 'Active' LIMIT 6",
			department,
		)
		return name

	def check(self, answer: Any, floor: Any) -> None:
		if floor not in answer:
			raise WrongAnswer(f"service-page: {floor} is not on its page")
