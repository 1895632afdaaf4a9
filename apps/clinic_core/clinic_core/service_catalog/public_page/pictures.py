"""Pictures as the templates show them: every address and size a browser may choose from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import frappe

from clinic_core.service_catalog.pictures import image_rules
from clinic_core.service_catalog.pictures.images import DOCTYPE, FOLDER


@dataclass(frozen=True)
class Shown:
	"""A picture with its public copies. `webp` and `jpeg` are `srcset` values; sizes are in pixels."""

	webp: str
	jpeg: str
	source: str
	large: str
	preview: str
	width: int
	height: int
	colour: str


class Gallery:
	"""The public pictures of some documents, found by document and address of the original."""

	def __init__(self, rows: Iterable[Any]) -> None:
		self._found = {(row.reference_doctype, row.reference_name, row.source): _shown(row) for row in rows}

	def of(self, doctype: str, name: str, source: str | None) -> Shown | None:
		"""The picture, None where there is none or its copies are still being made."""
		return self._found.get((doctype, name, source or ""))


def load(documents: Iterable[tuple[str, str]]) -> Gallery:
	"""The public pictures of these (DocType, name). One query."""
	asked = list(documents)
	if not asked:
		return Gallery([])
	return Gallery(
		frappe.get_all(
			DOCTYPE,
			{
				"reference_doctype": ("in", sorted({doctype for doctype, _name in asked})),
				"reference_name": ("in", sorted({name for _doctype, name in asked})),
			},
			[
				"reference_doctype", "reference_name", "source", "file_hash",
				"width", "height", "widths", "colour",
			],
			order_by="name asc",
		)
	)  # fmt: skip


def _shown(row: Any) -> Shown:
	widths = [int(one) for one in row.widths.split(",")]
	jpeg = image_rules.fallback_widths(widths)
	largest = widths[-1]
	return Shown(
		webp=_srcset(row.file_hash, widths, "webp"),
		jpeg=_srcset(row.file_hash, jpeg, "jpg"),
		source=_address(row.file_hash, jpeg[0], "jpg"),
		large=_address(row.file_hash, largest, "webp"),
		preview=_address(row.file_hash, jpeg[-1], "jpg"),
		width=largest,
		height=image_rules.scaled_height(row.width, row.height, largest),
		colour=row.colour or "#e6eeee",
	)


def _srcset(file_hash: str, widths: Iterable[int], extension: str) -> str:
	return ", ".join(f"{_address(file_hash, width, extension)} {width}w" for width in widths)


def _address(file_hash: str, width: int, extension: str) -> str:
	return f"/files/{FOLDER}/{image_rules.file_name(file_hash, width, extension)}"
