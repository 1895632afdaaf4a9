"""Rules a practitioner sets for his own calendar (2.1 "Staff"): notice, horizon, number a day, new patients. Pure."""

from dataclasses import dataclass

MINUTES_OF_HOUR, MINUTES_OF_DAY = 60, 24 * 60


@dataclass(frozen=True)
class OwnRules:
	"""What one practitioner wants; 0 is no rule of his own."""

	notice_hours: int = 0
	horizon_days: int = 0
	most_a_day: int = 0
	takes_new: bool = True

	def first_minute(self, now: int) -> int:
		"""The first minute that keeps his notice."""
		return now + self.notice_hours * MINUTES_OF_HOUR

	def last_minute(self, now: int) -> int | None:
		"""The minute after the last day he is booked for; None: no limit of his own."""
		if not self.horizon_days:
			return None
		return (now // MINUTES_OF_DAY + self.horizon_days + 1) * MINUTES_OF_DAY

	def allows(self, start: int, now: int, *, at_the_desk: bool = False) -> bool:
		"""Whether a start keeps notice and horizon. The front desk needs to give no notice."""
		last = self.last_minute(now)
		if last is not None and start >= last:
			return False
		return at_the_desk or start >= self.first_minute(now)


NO_RULES = OwnRules()
