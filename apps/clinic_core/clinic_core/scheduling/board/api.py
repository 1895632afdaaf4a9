"""Stand in for Frappe's own endpoints of kanban boards (hook `override_whitelisted_methods`).

Boards of other documents, and of other fields, go to Frappe's as they came.
"""

from typing import Any

import frappe

from clinic_core.foundation import compat, wire
from clinic_core.foundation.boundary import command
from clinic_core.scheduling.board import cards


@frappe.whitelist(methods=["POST"])
def update_order(board_name: str, order: str | dict) -> tuple[Any, list[Any]]:
	"""The cards as the browser shows them: of appointments nothing is written, times are their order."""
	wire.require_permission(cards.BOARD, "read", board_name)
	board = frappe.get_doc(cards.BOARD, board_name)
	if not cards.is_ours(board):
		return compat.desk_board("update_order")(board_name, order)
	return cards.shown(board), []


@frappe.whitelist(methods=["POST"])
def update_order_for_single_card(
	board_name: str,
	docname: str,
	from_colname: str,
	to_colname: str,
	old_index: str | int,
	new_index: str | int,
) -> Any:
	"""A card was dragged: the appointment moves, or the table of states refuses with its reason."""
	wire.require_permission(cards.BOARD, "read", board_name)
	board = frappe.get_doc(cards.BOARD, board_name)
	if not cards.is_ours(board):
		return compat.desk_board("update_order_for_single_card")(
			board_name, docname, from_colname, to_colname, old_index, new_index
		)
	wire.require_permission(cards.APPOINTMENT, "write", docname)
	command("scheduling.move_card", None, lambda: cards.move(board, docname, to_colname))
	return cards.shown(board)
