"""Sealing a large number of ledger entries (N2, `design.md` §4.5)."""

from clinic_reception.cash_desk import chain, sealer

from tests.bench.case import Job
from tests.bench.cases import rows
from tests.bench.keep import Keeper
from tests.bench.lab import Plain
from tests.bench.world import SHOP_ENTITY


class Seal(Job):
	"""The shop's books, which nobody has sealed: 100,000 entries in L."""

	name = "seal-100k"
	items = "entries"

	def prepare(self, keeper: Keeper, times: int) -> None:
		keeper.keep("tabClinic Ledger Seal", "legal_entity = %s", SHOP_ENTITY)

	def reset(self) -> None:
		"""What was sealed is unsealed again, but for what was before: nothing, in these sets."""
		self.lab.run("DELETE FROM `tabClinic Ledger Seal` WHERE legal_entity = %s", SHOP_ENTITY)
		self._last = None

	def chunk(self) -> int:
		return sealer.seal_batch(SHOP_ENTITY)

	def floor_chunk(self, sql: Plain) -> int:
		"""Lock the entity, read the next entries after the last, hash, one INSERT."""
		sql.lock("Clinic Legal Entity", SHOP_ENTITY)
		after = self._last or ("1970-01-01", "", 0, chain.GENESIS)
		columns = ", ".join(f"`{column}`" for column in chain.SEALED_COLUMNS)
		found = sql.rows(
			f"SELECT {columns} FROM `tabClinic Ledger Entry` WHERE legal_entity = %s"
			" AND (posted_at, name) > (%s, %s) AND posted_at >= %s"
			f" ORDER BY posted_at, name LIMIT {sealer.BATCH}",
			*(SHOP_ENTITY, after[0], after[1], after[0]),
		)
		if not found:
			return 0
		sequence, previous, sealed, now = after[2], after[3], [], sql.now()
		for values in found:
			entry = dict(zip(chain.SEALED_COLUMNS, values, strict=True))
			sequence += 1
			digest = chain.entry_hash(entry, sequence, previous)
			place = {"sequence": sequence, "previous_hash": previous, "entry_hash": digest, "sealed_at": now}
			sealed.append(rows.document(sql, legal_entity=SHOP_ENTITY, ledger_entry=entry["name"], **place))
			previous = digest
		sql.insert("Clinic Ledger Seal", *sealed)
		sql.commit()
		self._last = (entry["posted_at"], entry["name"], sequence, previous)
		return len(found)
