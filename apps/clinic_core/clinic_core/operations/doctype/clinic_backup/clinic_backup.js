// The verdict and what was checked stand above the facts of the run.
frappe.ui.form.on("Clinic Backup", {
	refresh(frm) {
		frm.disable_save();
		frm.get_field("size_bytes").df.formatter = (size) => clinic.operations.bytes(size);
		frm.refresh_field("size_bytes");
		frm.get_field("report").$wrapper.empty().append(clinic.operations.backup_report(frm.doc));
	},
});
