"""The chain names the first row that was changed, deleted or left out."""

import datetime
from decimal import Decimal

import pytest
from clinic_reception.cash_desk import chain


def entry(number: int, **changes) -> dict:
	base = {
		"name": f"e{number}",
		"creation": datetime.datetime(2026, 11, 21, 10, 0, number),
		"account": "Cash",
		"amount": Decimal(100 * number),
		"voucher_no": f"v{number}",
		"posting_date": datetime.date(2026, 11, 21),
	}
	return {**base, **changes}


@pytest.fixture
def sealed() -> list:
	rows, previous = [], chain.GENESIS
	for number in range(1, 6):
		row = entry(number)
		digest = chain.entry_hash(row, number, previous)
		seal = {
			"sequence": number,
			"ledger_entry": row["name"],
			"previous_hash": previous,
			"entry_hash": digest,
		}
		rows.append((seal, row))
		previous = digest
	return rows


def test_an_untouched_chain_holds_in_one_walk_and_in_two(sealed):
	end, broken = chain.check(sealed)
	assert broken is None
	middle, _none = chain.check(sealed[:2])
	assert chain.check(sealed[2:], middle) == (end, None)


@pytest.mark.parametrize("column", [c for c in chain.SEALED_COLUMNS])
def test_every_sealed_column_counts(sealed, column):
	seal, row = sealed[2]
	sealed[2] = (seal, {**row, column: "x"})
	_end, broken = chain.check(sealed)
	assert broken == chain.Broken(3, "e3", "changed")


def test_a_deleted_entry_is_named(sealed):
	sealed[3] = (sealed[3][0], None)
	assert chain.check(sealed)[1] == chain.Broken(4, "e4", "deleted")


def test_a_missing_seal_is_a_gap(sealed):
	del sealed[1]
	assert chain.check(sealed)[1] == chain.Broken(2, "e3", "gap")


def test_a_forged_seal_breaks_the_next_one(sealed):
	row = {**sealed[1][1], "amount": Decimal(1)}
	seal = {**sealed[1][0], "entry_hash": chain.entry_hash(row, 2, sealed[0][0]["entry_hash"])}
	sealed[1] = (seal, row)
	assert chain.check(sealed)[1] == chain.Broken(3, "e3", "order")


def test_numbers_hash_alike_whatever_the_driver_returns():
	assert chain.entry_hash(entry(1, amount=100.0), 1, "x") == chain.entry_hash(entry(1), 1, "x")
