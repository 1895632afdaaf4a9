/* A stay: its next steps as buttons, the statement one click away. */

const MODULE = "clinic_reception.front_desk.api.";
const STEPS = {
	Waiting: ["In Service"],
	Triaged: ["In Service"],
	"In Service": ["Done"],
	Done: ["Closed"],
};

frappe.ui.form.on("Clinic Visit", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(__("Statement"), () => clinic.statement?.open(frm.doc.patient));
		frm.add_custom_button(__("New reception"), () =>
			frappe.new_doc("Clinic Reception", { visit: frm.doc.name, patient: frm.doc.patient })
		);
		for (const status of STEPS[frm.doc.status] || []) {
			frm.add_custom_button(
				__(status),
				() => run(frm, "set_visit_status", { status }),
				__("Move to")
			);
		}
		if (["Waiting", "Triaged"].includes(frm.doc.status)) {
			frm.add_custom_button(__("Undo reception"), () => undo(frm), __("Move to"));
		}
	},
});

async function run(frm, method, args, button) {
	await clinic.command(MODULE + method, { visit: frm.doc.name, ...args }, { button });
	frm.reload_doc();
}

function undo(frm) {
	clinic.ui.confirm_reason({
		title: __("Undo reception"),
		hint: __(
			"Unpaid receptions of this visit are cancelled and the appointment is open again."
		),
		on_confirm: (reason, button) => run(frm, "undo_visit", { reason }, button),
	});
}
