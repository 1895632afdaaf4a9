/* A receipt: reprint, undo while the shift is open, pay back afterwards. */

const MODULE = "clinic_reception.cash_desk.api.";

frappe.ui.form.on("Clinic Payment", {
	setup(frm) {
		frm.set_query("method", "lines", () => ({ filters: { is_active: 1 } }));
		frm.set_query("shift", () => ({
			filters: { status: "Open", cashier: frappe.session.user },
		}));
		frm.set_query("deposit", "lines", () => ({
			filters: { patient: frm.doc.patient, available: [">", 0] },
		}));
		frm.set_query("reception", "allocations", () => ({
			filters: { patient: frm.doc.patient, docstatus: 1, outstanding: [">", 0] },
		}));
	},

	refresh(frm) {
		if (frm.doc.docstatus !== 1) return;
		frm.add_custom_button(__("Statement"), () => clinic.statement?.open(frm.doc.patient));
		if (!frm.perm[0].cancel) return;
		frm.page.clear_secondary_action();
		frm.add_custom_button(__("Undo"), () => undo(frm));
		if (frm.doc.direction === "Receive")
			frm.add_custom_button(__("Pay back"), () => refund(frm));
	},
});

function undo(frm) {
	clinic.ui.confirm_reason({
		title: __("Undo this receipt"),
		hint: __("Possible while its shift is open. Afterwards, pay back."),
		on_confirm: (reason, button) => run(frm, "undo_payment", { reason }, button),
	});
}

function refund(frm) {
	const dialog = new frappe.ui.Dialog({
		title: __("Pay back"),
		fields: [
			{
				fieldname: "amount",
				fieldtype: "Data",
				label: __("Amount"),
				reqd: 1,
				default: frm.doc.total,
			},
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
		],
		primary_action_label: __("Pay back in cash"),
		primary_action: async (values) => {
			await run(frm, "refund", values, dialog.get_primary_btn()[0]);
			dialog.hide();
		},
	});
	dialog.show();
}

async function run(frm, method, args, button) {
	await clinic.command(MODULE + method, { payment: frm.doc.name, ...args }, { button });
	frm.reload_doc();
}
