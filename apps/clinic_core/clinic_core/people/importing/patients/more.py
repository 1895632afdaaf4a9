"""What a row says beside the person himself: tags, insurance, a second address (rows of the patient's tables)."""

from collections.abc import Mapping
from typing import Any

import frappe
from frappe.model.document import Document

from clinic_core.people.importing import masters
from clinic_core.people.importing.columns import Field
from clinic_core.people.importing.kind import Run
from clinic_core.people.importing.rows import Row
from clinic_core.people.names import fold
from clinic_core.service_catalog.price_levels.contracts import CORPORATE, INSURER

TABLES = ("tags", "coverages", "addresses")
FIELDS = (
	Field(
		"work_phone",
		"Work phone",
		reader="phones",
		headings=("office phone", "business phone", "تلفن محل کار", "تلفن کار", "iş telefonu"),
	),
	Field(
		"family_phone",
		"Phone of the family",
		reader="phones",
		headings=("emergency phone", "emergency contact", "تلفن همراهان", "تلفن اضطراری", "تلفن خانواده"),
	),
	Field("postal_code", "Postal code", reader="code", headings=("zip", "zip code", "کد پستی", "posta kodu")),
	Field(
		"work_address",
		"Work address",
		reader="long_text",
		headings=("office address", "address 2", "آدرس محل کار", "نشانی محل کار", "آدرس ۲", "iş adresi"),
	),
	Field(
		"tags",
		"Tags",
		reader="long_text",
		headings=("tag", "labels", "groups", "برچسب", "برچسب ها", "تگ", "گروه", "دسته", "etiket"),
		is_default=True,
		options="Clinic Tag",
	),
	Field(
		"insurer",
		"Insurer",
		headings=("insurance", "basic insurance", "بیمه", "بیمه پایه", "نوع بیمه", "بیمه گر", "sigorta"),
		is_default=True,
		options="Clinic Insurer",
	),
	Field(
		"policy_no",
		"Policy number",
		reader="code",
		headings=(
			"insurance number",
			"policy no",
			"شماره بیمه",
			"شماره بیمه نامه",
			"سریال دفترچه",
			"poliçe no",
		),
	),
	Field(
		"insured_until",
		"Insured until",
		reader="date",
		headings=("insurance expiry", "policy expiry", "اعتبار بیمه", "پایان بیمه", "انقضای بیمه"),
	),
	Field(
		"supplementary_insurer",
		"Supplementary insurer",
		headings=("supplementary insurance", "second insurance", "بیمه تکمیلی", "بیمه مکمل"),
	),
)
_INSURERS = ("insurer", "supplementary_insurer")
_UNINSURED = frozenset(
	fold(word) for word in ("آزاد", "ندارد", "بدون بیمه", "none", "no", "self pay", "cash", "yok", "özel")
)
"""What stands in a column of insurers for somebody who pays himself."""


def begin(run: Run) -> None:
	"""The tags and insurers that rows may name."""
	run.context.update(
		tags=masters.load("Clinic Tag", "Tags", "title", "code", filters={"is_active": 1}),
		insurer=masters.load("Clinic Insurer", "Insurer", "title", "code", filters={"is_active": 1}),
		insurer_kinds=dict(
			frappe.get_all("Clinic Insurer", fields=["name", "kind"], as_list=True, order_by="name asc")
		),
	)


def settle(run: Run, row: Row) -> None:
	"""Tags and insurers by name; what nobody knows is refused by its column."""
	values = row.values
	values["tags"] = run.context["tags"].find_all(row, "tags")
	for key in _INSURERS:
		if fold(str(values.get(key) or "")) in _UNINSURED:
			values[key] = None
		values[key] = run.context["insurer"].find(row, key)
	if values["insurer"] and values["insurer"] == values["supplementary_insurer"]:
		values["supplementary_insurer"] = None


def tables_of(row: Row, kinds: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
	"""The rows a row makes in the patient's tables."""
	return {
		"tags": [{"tag": tag} for tag in row.values.get("tags") or []],
		"coverages": _coverages(row.values, kinds),
		"addresses": _addresses(row.values),
	}


def _coverages(values: Mapping[str, Any], kinds: Mapping[str, str]) -> list[dict[str, Any]]:
	found = []
	if insurer := values.get("insurer"):
		kind = CORPORATE if kinds.get(insurer) == "Company" else INSURER
		more = {"policy_no": values.get("policy_no"), "valid_to": values.get("insured_until")}
		found.append({"kind": kind, "insurer": insurer, "is_supplementary": 0, **more})
	if second := values.get("supplementary_insurer"):
		found.append({"kind": INSURER, "insurer": second, "is_supplementary": 1})
	return found


def _addresses(values: Mapping[str, Any]) -> list[dict[str, Any]]:
	"""Nothing where the short boxes say it all."""
	home = {key: values.get(key) for key in ("city", "address", "postal_code") if values.get(key)}
	if not (values.get("work_address") or values.get("postal_code")):
		return []
	found = [{"kind": "Home", "is_main": 1, **home}] if home else []
	if work := values.get("work_address"):
		found.append({"kind": "Work", "is_main": int(not home), "address": work})
	return found


def shown(run: Run, values: dict[str, Any]) -> None:
	"""As people read them, in place."""
	titles = run.context["tags"].titles
	values["tags"] = [titles.get(tag, tag) for tag in values.get("tags") or []]
	for key in _INSURERS:
		values[key] = run.context["insurer"].titles.get(values.get(key))


def snapshot(doc: Document) -> dict[str, list[dict[str, Any]]]:
	"""The tables as they are, for the way back; what rules gave is theirs."""
	return {
		"tags": [{"tag": row.tag} for row in doc.tags if row.given != "By Rule"],
		"coverages": [_plain(row) for row in doc.coverages],
		"addresses": [_plain(row) for row in doc.addresses],
	}


def _plain(row: Document) -> dict[str, Any]:
	return {
		df.fieldname: row.get(df.fieldname) for df in row.meta.fields if row.get(df.fieldname) is not None
	}


def fill_in(doc: Document, given: Mapping[str, list[dict[str, Any]]]) -> None:
	"""Add to an existing file what it lacks; a policy that is there already is brought up to date."""
	have = {row.tag for row in doc.tags}
	for row in given["tags"]:
		if row["tag"] not in have:
			doc.append("tags", row)
	policies = {(row.insurer, int(row.is_supplementary or 0)): row for row in doc.coverages}
	for row in given["coverages"]:
		known = policies.get((row["insurer"], row["is_supplementary"]))
		if known:
			known.update({key: value for key, value in row.items() if value})
		else:
			doc.append("coverages", row)
	for row in given["addresses"]:
		_fill_in_address(doc, row)


def _fill_in_address(doc: Document, given: Mapping[str, Any]) -> None:
	known = next((row for row in doc.addresses if row.kind == given["kind"]), None)
	values = {key: value for key, value in given.items() if value and key != "is_main"}
	if known:
		known.update(values)
	else:
		doc.append("addresses", {**values, "is_main": int(not doc.addresses)})
