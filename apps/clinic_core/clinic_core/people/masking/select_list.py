"""Which columns of a query are made of hidden fields, whatever they are called (F80). Pure.

A reader of the text, not of the grammar: where it is in doubt it says that a column is hidden.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

GONE = "Gone"
"""Made of hidden fields by an expression: parts of a number would be put together again."""

_TABLE = re.compile(r"`?tab([A-Z][^`\n]*?)`")
_TOKEN = re.compile(
	r"--[^\n]*|#[^\n]*|/\*.*?\*/|'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|\w+|\S", re.DOTALL
)
_COMMENTS = ("--", "#", "/*")
_NAME = re.compile(r"^[`'\"]?\w")
_COUNTS = ("count", "(")
_PLAIN = 3  # `table . field`


@dataclass
class _Select:
	depth: int
	items: list[list[str]] = field(default_factory=lambda: [[]])


def hidden_columns(query: str, fields: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
	"""Column (as `as_key` has it) → kind of the fact, or GONE. `fields`: DocType → field → kind."""
	tables = set(_TABLE.findall(query)) & fields.keys()
	known: dict[str, str] = {}
	for table in sorted(tables):
		known |= {as_key(name): kind for name, kind in fields[table].items()}
	if not known:
		return {}
	items = [item for select in _selects(query) for item in select.items if item]
	found: dict[str, str] = {}
	for _round in range(len(items) + 1):
		more = dict(part for item in items if (part := _told_by(item, {**known, **found})))
		if more.keys() <= found.keys():
			break
		found |= more
	return found


def _selects(query: str) -> Iterator[_Select]:
	"""Every list of columns in a query, those of queries within it too."""
	depth, opened = 0, []
	for token in (token for token in _TOKEN.findall(query) if not token.startswith(_COMMENTS)):
		word = token.lower()
		depth -= word == ")"
		while opened and opened[-1].depth > depth:
			yield opened.pop()
		if word == "from" and opened and opened[-1].depth == depth:
			yield opened.pop()
			continue
		if word == "," and opened and opened[-1].depth == depth:
			opened[-1].items.append([])
		else:
			for select in opened:
				select.items[-1].append(token)
		if word == "select":
			opened.append(_Select(depth))
		depth += word == "("
	yield from opened


def _told_by(item: list[str], known: Mapping[str, str]) -> tuple[str, str] | None:
	"""(column, kind or GONE) of one item of a list of columns, None if it is made of nothing hidden."""
	made_of, name = _named(item)
	kinds = [known[word] for token in made_of if (word := as_key(token.strip("`"))) in known]
	if not kinds or tuple(token.lower() for token in made_of[:2]) == _COUNTS:
		return None
	plain = len(made_of) <= _PLAIN and all(token == "." or _NAME.match(token) for token in made_of)
	return name, kinds[0] if plain else GONE


def _named(item: list[str]) -> tuple[list[str], str]:
	"""What an item is made of, and what its column is called."""
	item = item[1:] if item[0].lower() == "distinct" else item
	last = _bare(item[-1]) if item else ""
	if len(item) > 1 and _NAME.match(item[-1]) and item[-2] != ".":
		before = item[:-1]
		if before[-1].lower() == "as":
			return before[:-1], last
		if _NAME.match(before[-1]) or before[-1] == ")":
			return before, last
	if len(item) == 1 or (len(item) > 1 and item[-2] == "."):
		return item, last
	return item, as_key("".join(item))


def _bare(token: str) -> str:
	"""An alias as a key; old reports write `Label:Type:Width` in it."""
	return as_key(token.strip("`'\"").split(":")[0])


def as_key(name: str) -> str:
	"""A column's name for comparing: small letters, no blanks."""
	return "".join(name.lower().split()).replace("_", "")
