"""How often a public form may be sent. Pure.

Mobile operators put thousands of people behind one address: an address alone never blocks with a
low limit, whatever the settings say.
"""

REPEAT_MINUTES = 10
ADDRESS_FLOOR = 20
"""No setting makes an address block sooner than this many submissions an hour."""

NUMBER = "number"
ADDRESS = "address"


def flood(number_count: int, address_count: int, number_limit: int, address_limit: int) -> str | None:
	"""Which limit one more submission would break: `number`, `address` or None.

	`number_count` of the last day, `address_count` of the last hour. A limit of 0 is no limit.
	"""
	if number_limit and number_count >= number_limit:
		return NUMBER
	if address_limit and address_count >= max(address_limit, ADDRESS_FLOOR):
		return ADDRESS
	return None
