"""Ten thousand messages: queued, and handed to a gateway on this machine (N9, issue 7)."""

from typing import Any

import frappe
from clinic_core.foundation import boundary
from clinic_core.messaging import outbox, sending
from clinic_core.messaging.drafts import DOCTYPE, Draft
from clinic_core.messaging.gateways import registry

from tests.bench.case import Job
from tests.bench.cases import rows
from tests.bench.keep import Keeper
from tests.bench.lab import Plain
from tests.kavenegar_server import KEY, Kavenegar

COUNT = 10_000
AT_ONCE = 500
TEMPLATE = "bench-message"
PATTERN = "نوبت شما ثبت شد. شماره {reason}"


def _number(at: int) -> str:
	return f"+98935{at:07d}"


class QueueMessages(Job):
	"""To ten thousand numbers, text and all, five hundred in a transaction."""

	name = "messages-queue-10k"
	items = "messages"

	def prepare(self, keeper: Keeper, times: int) -> None:
		_template()
		self._at = self._floor_at = 0

	def reset(self) -> None:
		"""The floor writes other rows."""

	def chunk(self) -> int:
		if self._at >= COUNT:
			return 0
		wanted = [
			Draft(TEMPLATE, key=str(at), to=_number(at), values={"reason": str(at)})
			for at in range(self._at, self._at + AT_ONCE)
		]
		self._at += AT_ONCE
		return sum(name is not None for name in outbox.queue_many(wanted))

	def floor_chunk(self, sql: Plain) -> int:
		"""One INSERT of rows with their text."""
		if self._floor_at >= COUNT:
			return 0
		found = range(self._floor_at, self._floor_at + AT_ONCE)
		self._floor_at += AT_ONCE
		sql.insert(DOCTYPE, *(_row(sql, at) for at in found))
		sql.commit()
		return AT_ONCE


class SendMessages(Job):
	"""One worker hands them over, two hundred in a call, and records what the gateway said."""

	name = "messages-send-10k"
	items = "messages"

	def prepare(self, keeper: Keeper, times: int) -> None:
		_template()
		self._server = Kavenegar().__enter__()
		values = {"kind": "Kavenegar", "api_key": KEY, "address": self._server.address}
		values["service_line"] = "10004346"
		keeper.keep("__Auth", "doctype = 'Clinic SMS Gateway'")
		gateway = frappe.get_doc(
			{"doctype": "Clinic SMS Gateway", "code": "bench", "title": "Bench", **values}
		).insert()
		self._gateway, self._adapter = registry.get(gateway.name), registry.adapter(gateway)
		for start in range(0, COUNT, AT_ONCE):
			outbox.queue_many(
				[
					Draft(TEMPLATE, key=str(at), to=_number(at), values={"reason": str(at)})
					for at in range(start, start + AT_ONCE)
				]
			)
		frappe.db.commit()

	def step(self) -> int:
		"""Its transactions are its own: claimed and committed, sent, recorded."""
		return self.chunk()

	def chunk(self) -> int:
		batch = boundary.command(
			"bench.claim", None, lambda: sending.claim(self._gateway.name, self._adapter.most_at_once)
		)
		if batch:
			sending.hand_over(self._gateway, self._adapter, batch)
		return len(batch)

	def reset(self) -> None:
		if set(self._server.accepted.values()) != {1} or len(self._server.accepted) != COUNT:
			raise AssertionError("a message was lost or went twice")
		self._floor_at = 0

	def floor_chunk(self, sql: Plain) -> int:
		"""The same calls and one UPDATE for each batch."""
		if self._floor_at >= COUNT:
			self._server.__exit__()
			return 0
		found = range(self._floor_at, self._floor_at + 200)
		self._floor_at += 200
		sender = registry.adapter(self._gateway)
		sender.send([sending.Outgoing(f"floor-{at}", _number(at), PATTERN) for at in found])
		keys = [outbox.key_of(TEMPLATE, str(at)) for at in found]
		marks = ", ".join(["%s"] * len(keys))
		sql.do(f"UPDATE `tab{DOCTYPE}` SET status = 'Sent' WHERE message_key IN ({marks})", *keys)
		sql.commit()
		return len(found)


def _template() -> None:
	texts = [{"language": "fa", "text": PATTERN}]
	frappe.get_doc(
		{"doctype": "Clinic Message Template", "code": TEMPLATE, "title": "Bench", "texts": texts}
	).insert()
	frappe.db.commit()


def _row(sql: Plain, at: int) -> dict[str, Any]:
	text = PATTERN.format(reason=at)
	known = {"recipient": _number(at), "text": text, "status": "Queued", "template": TEMPLATE}
	return rows.document(sql, **known, message_key=f"floor:{at}", local_id=f"9{at:015d}")
