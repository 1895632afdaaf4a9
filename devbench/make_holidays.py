"""Writes the official holidays of Iran as data of clinic_core, from the package `holidays` (a tool for us alone).

    python -m venv /tmp/holidays && /tmp/holidays/bin/pip install holidays==0.109
    /tmp/holidays/bin/python -m devbench.make_holidays 2026 2031

The apps do not need the package: it wants a newer python-dateutil than Frappe 15 allows.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "apps/clinic_core/clinic_core/scheduling/holidays/data/iran.json"
ESTIMATED = re.compile(r"\s*\((?:تخمینی|estimated)\)")
BETWEEN = "; "
ONCE = "Public Holiday"
"""Days the government closed once."""


def read(first: int, last: int) -> list[dict[str, Any]]:
	"""One row for each occasion: {code, date, fa, en, is_estimated}; the code stays when its date is corrected."""
	persian, english = _days("fa_IR", first, last), _days("en_US", first, last)
	words = _words()
	rows, seen = [], {}
	for day in sorted(english):
		is_estimated = int(bool(ESTIMATED.search(persian[day])))
		for said in english[day].split(BETWEEN):
			en = ESTIMATED.sub("", said).strip()
			if en == ONCE:
				continue
			key = f"IR-{day.year}-" + re.sub(r"[^a-z0-9]+", "-", en.lower()).strip("-")
			seen[key] = seen.get(key, 0) + 1
			code = key if seen[key] == 1 else f"{key}-{seen[key]}"
			# On a day with two occasions only the lunar one is estimated, and Nowruz is never.
			doubtful = int(is_estimated and bool(ESTIMATED.search(said)))
			rows.append(
				{"code": code, "date": day.isoformat(), "fa": words[en], "en": en, "is_estimated": doubtful}
			)
	return rows


def _days(language: str, first: int, last: int) -> Any:
	import holidays

	return holidays.country_holidays("IR", years=range(first, last + 1), language=language)


def _words() -> dict[str, str]:
	"""English name → Persian name, from the days with one occasion: the two lists are sorted by themselves."""
	persian, english = _days("fa_IR", 1990, 2031), _days("en_US", 1990, 2031)
	found = {}
	for day, said in english.items():
		if BETWEEN not in said:
			fa = ESTIMATED.sub("", persian[day]).replace("؛", "؛ ").replace("عیدنوروز", "عید نوروز")
			found[ESTIMATED.sub("", said).strip()] = fa.strip()
	return found


def main() -> None:
	"""The years as arguments, both included."""
	rows = read(int(sys.argv[1]), int(sys.argv[2]))
	lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
	TARGET.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
	main()
