// The cash desk, and what other screens use of it.
import { CashDesk } from "./page";
import { open_deposit_dialog, open_refund_dialog, undo_payment } from "./money_dialogs";
import { open_payment_dialog } from "./payment_dialog";
import { show_receipt } from "./receipt";
import { install as install_route } from "./route";

frappe.provide("clinic.cash_desk");
Object.assign(clinic.cash_desk, {
	CashDesk,
	open_deposit_dialog,
	open_payment_dialog,
	open_refund_dialog,
	show_receipt,
	undo_payment,
});
install_route();
