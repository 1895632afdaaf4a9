"""What services cost: one quote, and a thousand in one call (`design.md` §4.4)."""

import json
from typing import Any

from tests.bench.case import Case, agree
from tests.bench.cases import many_services as services
from tests.bench.keep import Keeper
from tests.bench.lab import Plain

_STRIDE = 7_919
_DATED = (
	"SELECT service, amount FROM (SELECT service, amount, ROW_NUMBER() OVER (PARTITION BY service"
	" ORDER BY valid_from DESC, creation DESC) AS place FROM `tabClinic Service Price`"
	" WHERE service IN ({marks}) AND contract IS NULL AND valid_from <= CURRENT_DATE) dated WHERE place = 1"
)


class Quote(Case):
	"""A service for an insured patient: the insurer's price for the department, and its part of it."""

	name = "quote"
	endpoint = "clinic_core.service_catalog.api.get_quote"
	repetitions = 200
	lines = 1

	def prepare(self, keeper: Keeper, times: int) -> None:
		services.add(keeper)
		self._patients = [self.world.ordinary(number * _STRIDE).name for number in range(50)]
		services.insure(keeper, self._patients)

	def patient(self, number: int) -> str:
		return self._patients[number % len(self._patients)]

	def numbers(self, number: int) -> list[int]:
		"""The services of a repetition."""
		return [number * self.lines + at * _STRIDE for at in range(self.lines)]

	def arguments(self, number: int) -> dict[str, Any]:
		[wanted] = self.numbers(number)
		return {"service": services.code(wanted), "patient": self.patient(number), "quantity": 1}

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		"""The services, their prices of today, what the patient is covered by, and the items that fit."""
		wanted = [services.code(one) for one in self.numbers(number)]
		marks = ", ".join(["%s"] * len(wanted))
		rows = sql.rows(
			"SELECT name, department, tax_percent, is_countable, is_fixed_amount, has_insurance FROM"
			f" `tabClinic Service` WHERE name IN ({marks})",
			*wanted,
		)
		dated = dict(sql.rows(_DATED.format(marks=marks), *wanted))
		items = sql.rows(
			"SELECT i.department, i.percent_of_list, c.insurer_percent FROM `tabClinic Patient Coverage` p"
			" JOIN `tabClinic Service Contract` c ON c.insurer = p.insurer AND c.kind = p.kind AND c.is_active = 1"
			" AND c.valid_from <= CURRENT_DATE AND (c.valid_to IS NULL OR c.valid_to >= CURRENT_DATE)"
			" JOIN `tabClinic Service Contract Item` i ON i.parent = c.name"
			" WHERE p.parent = %s AND p.parenttype = 'Clinic Patient'",
			self.patient(number),
		)
		priced = {department: (percent, share) for department, percent, share in items}
		shares = {}
		for service, department, *_flags in rows:
			percent, share = priced[department]
			shares[service] = round(float(dated[service]) * float(percent) / 100 * (100 - float(share)) / 100)
		return [shares[service] for service in wanted]

	def check(self, answer: Any, floor: Any) -> None:
		agree([round(quote["patient_share"]) for quote in self.quotes(answer)], floor, self.name)

	def quotes(self, answer: Any) -> list[dict[str, Any]]:
		return [answer]


class Quotes(Quote):
	"""A thousand services for one insured patient."""

	name = "quotes-1000"
	endpoint = "clinic_core.service_catalog.api.get_quotes"
	repetitions = 30
	lines = 1_000

	def arguments(self, number: int) -> dict[str, Any]:
		lines = [{"service": services.code(wanted)} for wanted in self.numbers(number)]
		return {"lines": json.dumps(lines), "patient": self.patient(number)}

	def quotes(self, answer: Any) -> list[dict[str, Any]]:
		return answer
