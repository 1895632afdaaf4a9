"""Finding a patient while somebody types (D05, D17, B19)."""

from typing import Any

import frappe
from clinic_core.people import names, pinyin, tokens

from tests.bench.case import Case, WrongAnswer, agree
from tests.bench.keep import Keeper
from tests.bench.lab import Plain

LIMIT = 10
PATIENT = "Clinic Patient"
# Odd multiples walk through all patients without order, so that pages are met as in real life.
_STRIDE = 7_919
_SEARCH = "`tabClinic Search Key`"
_PATIENT = "`tabClinic Patient`"
_COLUMNS = "p.name, p.full_name, p.file_no, p.mobile, p.gender, p.birth_date, p.alerts, p.status"


class _Find(Case):
	endpoint = "clinic_core.people.api.find_patients"
	repetitions = 200

	def text(self, number: int) -> str:
		raise NotImplementedError

	def arguments(self, number: int) -> dict[str, Any]:
		return {"text": self.text(number), "limit": LIMIT}

	def check(self, answer: Any, floor: Any) -> None:
		found, expected = [row["name"] for row in answer], [row[0] for row in floor]
		agree(found, expected, self.name)
		if not found:
			raise WrongAnswer(f"{self.name}: nobody was found")

	def somebody(self, number: int) -> Any:
		return self.world.ordinary(number * _STRIDE)


class FindPhoneTail(_Find):
	"""Four digits: the end of a phone first of all, but also a file number; a code is found as a whole only."""

	name = "find-phone-tail"

	def text(self, number: int) -> str:
		return self.somebody(number).phone_tail

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		digits = arguments["text"]
		plain = digits.lstrip("0") or "0"
		looks = [
			(1, "file", "LIKE", f"{digits}%"),
			(2, "number", "=", plain),
			(3, "tail", "LIKE", f"{digits[::-1]}%"),
			(4, "phone", "LIKE", f"{plain if digits[0] == '0' else digits}%"),
		]
		if digits[0] == "0":
			looks.append((3, "tail", "LIKE", f"{plain[::-1]}%"))
		branches, values = [], []
		for rank, kind, operator, token in looks:
			if len(token.rstrip("%")) < 3 and kind in ("tail", "phone"):
				continue
			branches.append(
				f"(SELECT reference_name, {rank} AS rank, token FROM {_SEARCH} WHERE"
				f" reference_doctype = 'Clinic Patient' AND kind = %s AND token {operator} %s)"
			)
			values += [kind, token]
		return sql.rows(
			f"SELECT {_COLUMNS} FROM {_PATIENT} p JOIN (SELECT reference_name, MIN(rank) AS rank,"
			f" MIN(token) AS token FROM ({' UNION ALL '.join(branches)}) found GROUP BY reference_name"
			f" ORDER BY rank, token, reference_name LIMIT {2 * LIMIT}) best ON best.reference_name = p.name"
			f" WHERE p.status <> 'Merged' ORDER BY best.rank, best.token, p.name LIMIT {LIMIT}",
			*values,
		)


class FindName(_Find):
	"""Two words with Arabic letters and a space where the file has a half-space, as phones type them."""

	name = "find-name"

	def text(self, number: int) -> str:
		person = self.somebody(number)
		typed = f"{person.first_name} {person.last_name}".translate(str.maketrans("یک", "يك"))
		return typed.replace("\u200c", " ")

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		"""The names themselves, joined or all words at once; who only sounds alike comes after them."""
		plan = tokens.plan(arguments["text"])
		first, *others = [word[0].text for word in plan.words]
		of_patient = "reference_doctype = 'Clinic Patient' AND kind = 'name' AND token LIKE %s"
		joins = "".join(
			f" JOIN (SELECT DISTINCT reference_name FROM {_SEARCH} WHERE {of_patient}) w{at}"
			f" ON w{at}.reference_name = a.reference_name"
			for at in range(len(others))
		)
		whole = self._best(
			sql,
			f"SELECT reference_name, token FROM {_SEARCH} WHERE {of_patient}",
			"".join([first, *others]) + "%",
		)
		if len(whole) < 2 * LIMIT and others:
			words = self._best(
				sql,
				f"SELECT a.reference_name, a.token FROM {_SEARCH} a {joins} WHERE a.{of_patient}",
				*(*(f"{word}%" for word in others), f"{first}%"),
			)
			whole += [row for row in words if row[0] not in {known[0] for known in whole}]
		return whole[:LIMIT]

	def _best(self, sql: Plain, found: str, *values: str) -> list[tuple]:
		return sql.rows(
			f"SELECT {_COLUMNS} FROM {_PATIENT} p JOIN (SELECT reference_name, MIN(token) AS token FROM ({found})"
			f" found GROUP BY reference_name ORDER BY token, reference_name LIMIT {2 * LIMIT}) best"
			" ON best.reference_name = p.name WHERE p.status <> 'Merged' ORDER BY best.token, p.name",
			*values,
		)

	def check(self, answer: Any, floor: Any) -> None:
		found, expected = [row["name"] for row in answer], [row[0] for row in floor]
		agree(found[: len(expected)], expected, self.name)
		if not expected:
			raise WrongAnswer(f"{self.name}: nobody was found")


class FindCode(_Find):
	"""All ten digits of a national code."""

	name = "find-code"

	def text(self, number: int) -> str:
		at = number * _STRIDE
		while not self.world.ordinary(at).national_code:
			at += 1
		return self.world.ordinary(at).national_code

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		return sql.rows(
			f"SELECT {_COLUMNS} FROM {_PATIENT} p JOIN `tabClinic Patient Identity` i ON i.patient = p.name"
			" WHERE i.number = %s AND p.status <> 'Merged'",
			arguments["text"],
		)


_LATIN = {"$": "sh", "c": "ch", "x": "kh", "q": "gh"}


class _BySound(_Find):
	"""Who is found by one kind of token, by its beginning."""

	kind: str

	def token(self, text: str) -> str:
		raise NotImplementedError

	def check(self, answer: Any, floor: Any) -> None:
		"""Who fits otherwise comes after those of this kind."""
		found, expected = [row["name"] for row in answer], [row[0] for row in floor]
		agree(found[: len(expected)], expected, self.name)
		if not expected:
			raise WrongAnswer(f"{self.name}: nobody was found")

	def floor(self, sql: Plain, number: int, arguments: dict[str, Any]) -> Any:
		return sql.rows(
			f"SELECT {_COLUMNS} FROM {_PATIENT} p JOIN (SELECT reference_name, MIN(token) AS token FROM {_SEARCH}"
			" WHERE reference_doctype = 'Clinic Patient' AND kind = %s AND token LIKE %s GROUP BY reference_name"
			f" ORDER BY token, reference_name LIMIT {2 * LIMIT}) best ON best.reference_name = p.name"
			f" WHERE p.status <> 'Merged' ORDER BY best.token, p.name LIMIT {LIMIT}",
			self.kind,
			self.token(arguments["text"]) + "%",
		)


class FindLatin(_BySound):
	"""First and last name as one, by their sound in Latin letters: `mhmdrzakrym` finds محمدرضا کریمی."""

	name = "find-latin"
	kind = "sound"

	def text(self, number: int) -> str:
		at = number * _STRIDE
		while True:
			sound = names.skeleton("".join(names.words(self.world.ordinary(at).full_name)))
			text = "".join(_LATIN.get(letter, letter) for letter in sound)
			# An s before an h would be read as sh: another name.
			if names.skeleton(text) == sound:
				return text
			at += 1

	def token(self, text: str) -> str:
		return "l" + names.skeleton(text)


class FindPinyin(_BySound):
	"""Three initials of a Chinese name (G15)."""

	name = "find-pinyin"
	kind = "initials"
	FAMILIES, GIVEN = "王李张刘陈杨赵黄周吴", "小明国华芳英伟娜强磊"
	MANY = 1000

	def prepare(self, keeper: Keeper, times: int) -> None:
		"""A thousand patients are known by a Chinese name as well; the keys go with the run."""
		now = frappe.utils.now_datetime()
		keys = [
			(f"zz-{number:06d}-{at}", now, now, PATIENT, self.world.ordinary(number).name, *token)
			for number in range(self.MANY)
			for at, token in enumerate(sorted(tokens.name_tokens(self.chinese(number))))
		]
		columns = ["name", "creation", "modified", "reference_doctype", "reference_name", "kind", "token"]
		frappe.db.bulk_insert("Clinic Search Key", columns, keys)
		frappe.db.commit()

	def check(self, answer: Any, floor: Any) -> None:
		"""All of them; among equals the product also looks at how else the text fits."""
		expected = {row[0] for row in floor}
		agree(expected - {row["name"] for row in answer}, set(), self.name)
		if not expected:
			raise WrongAnswer(f"{self.name}: nobody was found")

	def chinese(self, number: int) -> str:
		at = number % self.MANY
		return self.FAMILIES[at % 10] + self.GIVEN[at // 10 % 10] + self.GIVEN[at // 100]

	def text(self, number: int) -> str:
		return "".join(syllable[0] for syllable in pinyin.variants(self.chinese(number * 37))[0])

	def token(self, text: str) -> str:
		return text


class FindBox(FindName):
	"""The box itself: the same search with what tells people apart."""

	name = "find-box"
	endpoint = "clinic_core.people.finding.api.find"

	def check(self, answer: Any, floor: Any) -> None:
		super().check(answer["patients"], floor)
