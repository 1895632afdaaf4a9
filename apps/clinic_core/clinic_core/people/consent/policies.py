"""Versions of policies: which one holds, its text in a language, the next version (E013). Permission-free."""

import re
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from clinic_core.foundation.digits import to_latin
from clinic_core.foundation.errors import refuse_input
from clinic_core.people.consent import policy_rules

DOCTYPE = "Clinic Policy"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_LENGTH = 60


def slug_of(doc: Document) -> str:
	"""The address of a policy: as given, else after its kind. Raises InvalidInputError."""
	slug = to_latin(doc.slug or "").strip("/ ").lower() or doc.kind.lower().replace(" ", "-")
	if not _SLUG.fullmatch(slug) or len(slug) > SLUG_LENGTH:
		refuse_input(
			_("Address"), _("Use small Latin letters, digits and hyphens, for example marketing-sms.")
		)
	kind = frappe.db.get_value(DOCTYPE, {"slug": slug, "name": ("!=", doc.name or "")}, "kind")
	if kind and kind != doc.kind:
		refuse_input(_("Address"), _("It belongs to a policy of the kind {0}.").format(_(kind)))
	return slug


def next_version(slug: str) -> int:
	"""The number of the next version at an address."""
	last = frappe.get_all(
		DOCTYPE, {"slug": slug}, pluck="version_no", order_by="version_no desc", limit_page_length=1
	)
	return (last[0] if last else 0) + 1


def current(slug: str) -> Any:
	"""The version that holds today, {name, title, kind, slug, version_no}, or None."""
	return current_of([slug]).get(slug)


def current_of(slugs: list[str]) -> dict[str, Any]:
	"""The same for several addresses in one query."""
	if not slugs:
		return {}
	rows = frappe.get_all(
		DOCTYPE,
		{
			"slug": ("in", sorted(set(slugs))),
			"status": policy_rules.PUBLISHED,
			"valid_from": ("<=", getdate()),
		},
		["name", "title", "kind", "slug", "version_no"],
		order_by="version_no asc",
	)
	return {row.slug: row for row in rows}


def current_of_kind(kind: str) -> Any:
	"""The version of a kind that holds today; of several addresses, the one published first."""
	slugs = frappe.get_all(
		DOCTYPE,
		{"kind": kind, "status": policy_rules.PUBLISHED, "valid_from": ("<=", getdate())},
		["slug", "creation"],
		order_by="creation asc",
	)
	return current(slugs[0].slug) if slugs else None


def in_force(purpose_label: str | None = None) -> list[Any]:
	"""All versions that hold today, one per address; with a purpose, those that cover it."""
	filters: dict[str, Any] = {"status": policy_rules.PUBLISHED, "valid_from": ("<=", getdate())}
	if purpose_label:
		covering = frappe.get_all(
			"Clinic Policy Purpose", {"purpose": purpose_label}, pluck="parent", order_by="parent asc"
		)
		filters["name"] = ("in", covering or [""])
	rows = frappe.get_all(
		DOCTYPE, filters, ["name", "title", "kind", "slug", "version_no"], order_by="version_no asc"
	)
	return sorted({row.slug: row for row in rows}.values(), key=lambda row: row.slug)


def text_of(policy: str, language: str | None) -> dict[str, str]:
	"""{language, title, body} of a version, in the first language of the order it has."""
	rows = {
		row.language: row
		for row in frappe.get_all(
			"Clinic Policy Text",
			{"parent": policy, "parenttype": DOCTYPE},
			["language", "title", "body"],
			order_by="idx asc",
		)
	}
	for one in policy_rules.language_order(language, frappe.db.get_default("lang")):
		if one in rows:
			return {"language": one, "title": rows[one].title, "body": rows[one].body}
	return {"language": "", "title": "", "body": ""}


def languages_of(policy: str) -> list[str]:
	"""The languages a version is written in, in their order."""
	return frappe.get_all(
		"Clinic Policy Text", {"parent": policy, "parenttype": DOCTYPE}, pluck="language", order_by="idx asc"
	)


def publish(policy: str) -> dict[str, Any]:
	"""Publish a draft: from its day on it is what people are asked to agree to."""
	doc = frappe.get_doc(DOCTYPE, policy, for_update=True)
	doc.status = policy_rules.PUBLISHED
	doc.save()
	return {"policy": doc.name, "status": doc.status, "version_no": doc.version_no}


def retire(policy: str) -> dict[str, Any]:
	"""Take a version out of use; what was agreed to under it stays."""
	doc = frappe.get_doc(DOCTYPE, policy, for_update=True)
	doc.status = policy_rules.RETIRED
	doc.save()
	return {"policy": doc.name, "status": doc.status}


def new_version(policy: str) -> dict[str, Any]:
	"""A draft with the same text and the next number; the published one stays as it is."""
	old = frappe.get_doc(DOCTYPE, policy)
	new = frappe.copy_doc(old)
	new.update({"status": policy_rules.DRAFT, "published_at": None, "valid_from": getdate()})
	new.insert()
	return {"policy": new.name, "version_no": new.version_no}
