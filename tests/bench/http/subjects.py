"""Whom the people at work ask about: what the load generator needs to know of a data set. Pure.

The generator runs in an environment without our apps; it gets this as a file.
"""

import datetime
from typing import Any

from tests.bench.data.mixing import mix
from tests.bench.world import PASSWORD, SEARCHED_SERVICE, World, user

PATIENTS = 2000
"""So many different people come up in a run; what they have in common with the rest is the distribution."""
DAYS_AHEAD = 14


def of_world(world: World) -> dict[str, Any]:
	"""Everything as plain values that JSON can carry."""
	count = min(PATIENTS, world.size.patients - world.first_ordinary)
	people = [world.ordinary(mix(71, number)) for number in range(count)]
	return {
		"day": str(world.anchor),
		"first_day": str(world.working_day(1)),
		"week_end": str(world.working_day(1) + datetime.timedelta(days=6)),
		"last_day": str(world.working_day(1) + datetime.timedelta(days=DAYS_AHEAD - 1)),
		"service": SEARCHED_SERVICE,
		"practitioners": [p.code for p in world.doctors],
		"branches": list(world.branches),
		"patients": [
			{
				"name": p.name,
				"full_name": p.full_name,
				"phone_tail": p.phone_tail,
				"code": p.national_code,
			}
			for p in people
		],
		"heavy": world.heavy.name,
		"debtors": [world.debtor(number).name for number in range(world.size.debtors)],
		"form": "contact",
		"tills": world.tills,
		"accounts": {role: [[user(login), PASSWORD] for login in logins] for role, logins in _logins(world)},
	}


def _logins(world: World) -> list[tuple[str, list[str]]]:
	"""Who works as what; visitors do not sign in."""
	return [
		("reception", [*world.logins("reception"), *world.logins("supervisor")]),
		("cashier", world.logins("cashier")),
		("agent", world.logins("agent")[1:]),
		("call", world.logins("call")),
		("doctor", [*world.logins("doctor"), *world.logins("operator")]),
		("manager", world.logins("manager")),
	]
