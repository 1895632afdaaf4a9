// What can be done with a reception, a payment or a deposit from the statement.
import { button } from "../shared/kit";

const small = { size: "xs" };

function pay(row, context) {
	if (!(row.outstanding > 0) || !frappe.model.can_create("Clinic Payment")) return null;
	return button(
		__("Pay"),
		() =>
			clinic.cash_desk.open_payment_dialog({
				...person(context),
				reception: row.name,
				on_change: context.refresh,
			}),
		small
	);
}

function print(row) {
	if (row.voucher_type !== "Clinic Payment") return null;
	return button(
		__("Print"),
		(e) => clinic.cash_desk.show_receipt(row.voucher_no, { button: e.currentTarget }),
		small
	);
}

function refund(row, context) {
	if (!(row.available > 0) || !frappe.model.can_create("Clinic Payment")) return null;
	return button(
		__("Refund"),
		() =>
			clinic.cash_desk.open_refund_dialog({
				subject: { deposit: row.name },
				title: __("Refund a deposit"),
				most: row.available,
				on_done: context.refresh,
			}),
		small
	);
}

function person({ patient, full_name, file_no }) {
	return { patient, full_name, file_no };
}

/** Buttons by kind of row. */
export const money_actions = { reception: pay, transaction: print, deposit: refund };
