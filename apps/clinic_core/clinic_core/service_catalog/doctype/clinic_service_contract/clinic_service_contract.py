from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from clinic_core.foundation.coded_master import CodedMaster
from clinic_core.foundation.digits import to_latin
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.money import to_decimal
from clinic_core.service_catalog.dated_prices import prices
from clinic_core.service_catalog.price_levels import (
	contract_checks,
	contract_clashes,
	contract_facts,
	contract_texts,
	contracts,
)


class ClinicServiceContract(CodedMaster):
	"""A price level with its validity: normal, VIP, an insurer's, a company's (A21, A28, A87, F34)."""

	code_prefix = "CON"

	def save(self, *args: Any, **kwargs: Any) -> "ClinicServiceContract":
		"""Lock the level before Frappe locks the row: one order for everybody who writes contracts."""
		if not self.is_new():
			contract_clashes.lock_level(self)
		return super().save(*args, **kwargs)

	def before_validate(self) -> None:
		"""Read what was typed; what the kind has no use for is emptied, as the form hides it."""
		super().before_validate()
		self._read_codes()
		self._empty_unused()

	def validate(self) -> None:
		facts = contract_facts.of_services(row.service for row in self.items if row.service)
		for problem in contract_checks.problems(self._plain(), facts):
			contract_texts.refuse(self, problem)
		self._title_targets(facts)
		self._check_payer()
		contract_clashes.lock_level(self)
		contract_clashes.refuse_clash(self)

	def on_update(self) -> None:
		self._record_prices()

	def on_trash(self) -> None:
		prices.forget(contract=self.name)

	def _plain(self) -> dict[str, Any]:
		"""The contract with dates as dates, as the pure checks read it."""
		plain = self.as_dict()
		for row in [plain, *plain["k_values"]]:
			for field in ("valid_from", "valid_to"):
				row[field] = getdate(row[field]) if row.get(field) else None
		return plain

	def _read_codes(self) -> None:
		for row in self.items:
			row.code_prefix = to_latin(row.code_prefix or "").strip()

	def _empty_unused(self) -> None:
		if self.kind not in contracts.KINDS_WITH_PAYER:
			self.insurer = None
			self.insurer_percent = self.outpatient_insurer_percent = self.insurer_ceiling = 0
		if self.kind != contracts.INSURER:
			self.is_supplementary = 0
		for row in self.items:
			_empty_unused_of_row(row, self.kind, bool(self.is_supplementary))

	def _title_targets(self, facts: Mapping[str, contract_checks.ServiceFacts]) -> None:
		"""What a row covers beside its service, as the table shows it."""
		departments = contract_facts.department_titles(row.department for row in self.items)
		for row in self.items:
			if row.applies_to == contracts.SERVICE:
				row.target_title = facts[row.service].areas.get(row.area) if row.area else None
			elif row.applies_to == contracts.DEPARTMENT:
				row.target_title = departments.get(row.department)
			else:
				row.target_title = f"{row.code_prefix}…" if row.code_prefix else None

	def _check_payer(self) -> None:
		if not self.insurer:
			return
		kind = frappe.db.get_value("Clinic Insurer", self.insurer, "kind")
		code = contract_checks.payer_problem(self.kind, bool(self.is_supplementary), kind)
		if code:
			refuse_input(_("Insurer or company"), contract_texts.sentence(code))

	def _record_prices(self) -> None:
		"""A fixed price that was changed holds from today; what it was stays in the history."""
		before = _fixed_prices(self.get_doc_before_save())
		changes = [
			prices.PriceChange(
				service, area or None, self.name, amount, before.get((service, area)), getdate()
			)
			for (service, area), amount in _fixed_prices(self).items()
			if before.get((service, area)) != amount
		]
		prices.record(changes, prices.IMPORT if frappe.flags.in_import else prices.FORM)


def _empty_unused_of_row(row: Any, kind: str, is_supplementary: bool) -> None:
	"""Empty what the choices of the row leave no room for."""
	for applies_to, fields in (
		(contracts.SERVICE, ("service", "area")),
		(contracts.DEPARTMENT, ("department",)),
		(contracts.CODE, ("code_prefix",)),
	):
		if row.applies_to != applies_to:
			row.update(dict.fromkeys(fields))
	if is_supplementary:
		row.pricing_method = contracts.LIST_PRICE  # it pays a part of what is left, and prices nothing
	for method, fields in (
		(contracts.FIXED_PRICE, ("amount",)),
		(contracts.PERCENT_OF_LIST, ("percent_of_list",)),
		(contracts.RELATIVE_VALUE, ("professional_units", "technical_units")),
	):
		if row.pricing_method != method:
			row.update(dict.fromkeys(fields, 0))
	if kind not in contracts.KINDS_WITH_PAYER:
		row.share_method = contracts.AS_CONTRACT
		row.insurer_ceiling = 0
	if row.share_method != contracts.SHARE_PERCENT:
		row.insurer_percent = 0
	if row.share_method != contracts.SHARE_AMOUNT:
		row.insurer_amount = 0


def _fixed_prices(doc: Any) -> dict[tuple[str, str], Decimal]:
	"""(service, area) → fixed price of a contract; nothing for None."""
	return {
		(row.service, row.area or ""): to_decimal(row.amount)
		for row in (doc.items if doc else ())
		if row.pricing_method == contracts.FIXED_PRICE
	}


def on_doctype_update() -> None:
	"""Every quote asks for the contracts in force of some levels."""
	frappe.db.add_index("Clinic Service Contract", ["kind", "insurer"], "clinic_contract_level")
