/* A holiday that is added or corrected says at once whose appointments it leaves without anybody. */

frappe.ui.form.on("Clinic Holiday", {
	refresh(frm) {
		if (frm.is_new() || !closes(frm)) return;
		frm.add_custom_button(__("Appointments to move"), () => show(frm));
	},

	async after_save(frm) {
		if (!closes(frm)) return;
		const rows = await clinic.call(
			"clinic_core.scheduling.affected.api.of_holiday",
			{ holiday: frm.doc.name },
			{ quiet: true }
		);
		if (rows.length) show(frm);
	},
});

const closes = (frm) => frm.doc.is_closed && frm.doc.date >= frappe.datetime.get_today();

function show(frm) {
	clinic.scheduling.affected_dialog(frm.doc.name, {
		doctype: "Clinic Holiday",
		title: `${frm.doc.title}, ${clinic.fmt.date(frm.doc.date)}`,
		reason: frm.doc.title,
	});
}
