"""What the people at work know together: who came, who has to pay, which visit is where.

In a clinic they see it on the board and call it across the room; here it is shared memory. So nobody
receives a patient twice, and whatever the server refuses besides a taken time is a fault.
"""

import random
import threading
from collections import deque


class Clinic:
	"""One clinic's day. `subjects` as `subjects.of_world` gives them."""

	def __init__(self, subjects, sessions, seed=1405):
		self.subjects, self.sessions = subjects, sessions
		self.dice = random.Random(seed)
		self.expected, self.arrived, self.to_pay = deque(), deque(), deque()
		self.debtors = deque(subjects["debtors"])
		self.visits, self.leads = {}, {}
		self._seen, self._turns, self._number = set(), {}, self.dice.randrange(10**6)
		self.shift_lock = threading.Lock()

	def session_of(self, role):
		"""The next session of a role; people of one login share theirs."""
		known = self.sessions[role]
		self._turns[role] = self._turns.get(role, -1) + 1
		return known[self._turns[role] % len(known)]

	def somebody(self):
		"""A patient with an ordinary history."""
		return self.dice.choice(self.subjects["patients"])

	def new_number(self):
		"""A mobile number that nobody has used in this run."""
		self._number += 1
		return f"0990{self._number * 7919 % 10**7:07d}"

	def learn_board(self, lanes):
		"""Take in a board: who is expected, who is here, which visits are open."""
		for row in lanes["appointments"]:
			name = row["appointment"]
			if name in self._seen:
				continue
			if row["status"] in ("Booked", "Confirmed"):
				self._seen.add(name)
				self.expected.append(row)
			elif row["status"] == "Arrived":
				self._seen.add(name)
				self.arrived.append(row)
		for lane in ("reception", "consultation", "treatment"):
			for row in lanes[lane]:
				self.visits.setdefault(row["visit"], row["status"])

	def received(self, patient, answer):
		"""A bill was made: its patient goes to the till, the visit to a doctor."""
		self.visits[answer["visit"]] = "Waiting"
		if answer.get("patient_share"):
			self.to_pay.append(patient)

	def next_visit(self):
		"""(visit, next status) of a patient in the house, or None; his place is taken meanwhile."""
		for visit, status in self.visits.items():
			if status in ("Waiting", "Triaged", "In Service"):
				self.visits[visit] = None
				return visit, "Done" if status == "In Service" else "In Service"
		return None

	def next_debtor(self):
		"""Whoever has a bill of today, else somebody who owes since long; None when all have paid."""
		for line in (self.to_pay, self.debtors):
			if line:
				return line.popleft()
		return None
