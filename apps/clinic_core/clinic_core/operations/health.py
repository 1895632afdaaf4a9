"""How the system is, part by part, and what needs attention (E123)."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import frappe

from clinic_core.operations import findings, machine, queues, records, texts
from clinic_core.operations.findings import RED, Finding

PARTS: dict[str, Callable[[], dict[str, Any]]] = {
	"database": machine.database,
	"redis": machine.redis,
	"queues": queues.read,
	"scheduler": queues.scheduler,
	"failures": records.failures,
	"night": records.night,
	"backup": records.backup,
	"mail": records.mail,
	"disk": machine.disk,
	"memory": machine.memory,
}

HOOK = "clinic_health"
"""Parts of other apps: `() -> {part, facts, findings: [{code, severity, title, advice}]}`."""


def is_well() -> bool:
	"""Whether pages can be served: the database and the cache answer."""
	return all("error" not in _guarded(PARTS[part]) for part in ("database", "redis"))


def report() -> dict[str, Any]:
	"""Every part with its facts and its own `ok`, one `ok` for all, versions, and the findings in words.

	A red finding makes its part not ok; a yellow one does not.
	"""
	parts, found = examine()
	red = {finding["part"] for finding in found if finding["severity"] == RED}
	return {
		"ok": not red,
		**{part: {"ok": part not in red, **facts} for part, facts in parts.items()},
		"versions": machine.versions(parts["database"].get("version"), parts["redis"].get("version")),
		"findings": [{**row, "title": row["title"](), "advice": row["advice"]()} for row in found],
	}


def examine() -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
	"""(facts of every part, findings {key, code, part, severity, title, advice}), red ones first.

	`title` and `advice` are functions that say it in the language of the moment.
	"""
	parts = {part: _guarded(read) for part, read in PARTS.items()}
	found = [_worded(finding) for finding in findings.judge(parts)]
	for handler in frappe.get_hooks(HOOK):
		answer = _guarded(partial(frappe.call, handler))
		if "error" in answer:
			part = handler.split(".")[0]
			answer = {"part": part, "facts": answer, "findings": []}
			found += [_worded(finding) for finding in findings.judge({part: answer["facts"]})]
		parts[answer["part"]] = answer["facts"]
		found += [
			{"key": f"{answer['part']}:{finding['code']}", "part": answer["part"], **finding}
			for finding in answer["findings"]
		]
	return parts, sorted(found, key=lambda finding: finding["severity"] != RED)


def read_or(read: Callable[[], Any], otherwise: Any) -> Any:
	"""What `read` gives, or `otherwise` if it cannot be read."""
	try:
		return read()
	except Exception:
		return otherwise


def _worded(finding: Finding) -> dict[str, Any]:
	return {
		"key": finding.key,
		"code": finding.code,
		"part": finding.part,
		"severity": finding.severity,
		"title": lambda: texts.title(finding),
		"advice": lambda: texts.advice(finding),
	}


def _guarded(read: Callable[[], Mapping[str, Any]]) -> dict[str, Any]:
	"""A part that does not answer is a finding, not a failure of the report."""
	try:
		return dict(read())
	except Exception as error:
		return {"error": type(error).__name__}
