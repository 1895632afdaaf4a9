/* A penalty is waived here, by who may, with a reason. */

const WAIVE = "clinic_reception.cash_desk.penalties.api.waive";

frappe.ui.form.on("Clinic Penalty", {
	refresh(frm) {
		frm.disable_save();
		if (frm.doc.status !== "Charged" || !frappe.boot.clinic_reception?.may?.waive_penalty)
			return;
		frm.add_custom_button(__("Waive"), () => waive(frm));
	},
});

function waive(frm) {
	clinic.ui.confirm_reason({
		title: __("Waive the penalty of {0}", [frm.doc.patient_name]),
		hint: __("The patient owes it no longer. The reason is kept."),
		action_label: __("Waive"),
		suggestions: [__("Illness"), __("Our own mistake"), __("Regular patient")],
		on_confirm: async (reason, button, error_area) => {
			await clinic.command(WAIVE, { penalty: frm.doc.name, reason }, { button, error_area });
			frm.reload_doc();
		},
	});
}
