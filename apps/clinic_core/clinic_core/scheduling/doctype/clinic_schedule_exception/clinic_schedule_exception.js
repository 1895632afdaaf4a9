/* A leave or a closure says at once whose appointments it leaves without anybody. */

frappe.ui.form.on("Clinic Schedule Exception", {
	setup(frm) {
		frm.set_query("practitioner", () => ({ filters: { is_active: 1 } }));
		frm.set_query("resource", () => ({
			filters: frm.doc.branch ? { branch: frm.doc.branch } : {},
		}));
	},

	refresh(frm) {
		if (frm.is_new() || !takes_time(frm)) return;
		frm.add_custom_button(__("Appointments to move"), () => show(frm));
	},

	after_save(frm) {
		if (takes_time(frm)) show_if_any(frm);
	},
});

const takes_time = (frm) => frm.doc.is_active && frm.doc.kind !== "Extra Shift";

function show(frm) {
	clinic.scheduling.affected_dialog(frm.doc.name, {
		title: `${__(frm.doc.kind)}: ${frm.doc.title}, ${clinic.fmt.date(frm.doc.start)}`,
		reason: frm.doc.reason || __(frm.doc.kind),
	});
}

async function show_if_any(frm) {
	const rows = await clinic.call(
		"clinic_core.scheduling.affected.api.appointments",
		{ exception: frm.doc.name },
		{ quiet: true }
	);
	if (rows.length) show(frm);
}
