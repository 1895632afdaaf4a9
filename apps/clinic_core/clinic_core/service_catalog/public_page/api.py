"""Endpoints of the public page."""

from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import boundary, wire
from clinic_core.foundation.errors import refuse_input
from clinic_core.service_catalog.public_page import reviews
from clinic_core.service_catalog.public_page.review_states import REVIEW

_API = "clinic_core.service_catalog.public_page.api"
MOST_AT_ONCE = 200


@frappe.whitelist(allow_guest=True, methods=["POST"])
def submit_review(
	kind: str,
	name: str,
	visitor_name: str,
	text: str,
	stars: str | int | None = None,
	mobile: str | None = None,
	email: str | None = None,
	website: str | None = None,
	seconds: str | int | float | None = None,
	idempotency_key: str | None = None,
) -> dict[str, Any]:
	"""A visitor comments on a service or an article (A03) → {status, message}; shown once it was read.

	`kind`: `service` or `article`, `name` its name; `website` is a trap for machines and stays empty;
	`seconds`: how long the page was open. Its permission is the page itself: shown, and open for comments.
	Answers 404 for a page that is not, 422 naming the field, 429 for more than a person would send.
	"""
	address = getattr(frappe.local, "request_ip", None)
	reviews.check_tries(address)
	values = {
		"visitor_name": visitor_name,
		"text": text,
		"stars": wire.parse_number(stars, _("Stars")),
		"mobile": mobile,
		"email": email,
		"website": website,
		"seconds": seconds,
	}
	content = {"kind": kind, "name": name, **{key: str(value) for key, value in values.items()}}

	def work() -> dict[str, Any]:
		reviews.receive(kind, name, values, address)
		return {
			"status": "received",
			"message": _("Thank you. Your comment appears here once we have read it."),
		}

	return boundary.command(f"{_API}.submit_review", idempotency_key, work, content=content)


@frappe.whitelist(methods=["POST"])
def moderate_reviews(
	names: str | list, status: str, reply: str | None = None, idempotency_key: str | None = None
) -> dict[str, Any]:
	"""Publish, reject or put aside comments, all or none (A03) → {changed}.

	`names`: of comments, at most 200; `reply`: the centre's answer, for a single one. Raises
	ForbiddenMoveError for a move the table does not know.
	"""
	wire.require_permission(reviews.DOCTYPE, "write")
	asked = wire.parse_list(names, _("Comments"))
	if not asked or not all(isinstance(name, str) for name in asked):
		refuse_input(_("Comments"), _("Send a list of names."))
	if len(asked) > MOST_AT_ONCE:
		refuse_input(_("Comments"), _("At most {0} at once.").format(MOST_AT_ONCE))
	if status not in {to for _from, to in REVIEW.moves}:
		refuse_input(_("Status"), _("“{0}” is not a status.").format(frappe.utils.escape_html(status)))
	if reply is not None and len(asked) > 1:
		refuse_input(_("Reply of the centre"), _("A reply belongs to one comment."))

	def work() -> dict[str, Any]:
		for name in sorted(set(asked)):
			wire.require_permission(reviews.DOCTYPE, "write", name)
			reviews.moderate(name, status, reply)
		return {"changed": len(set(asked))}

	content = {"names": sorted(asked), "status": status, "reply": reply}
	return boundary.command(f"{_API}.moderate_reviews", idempotency_key, work, content=content)
