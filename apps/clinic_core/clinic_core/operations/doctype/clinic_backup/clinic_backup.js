// The verdict and what was checked stand above the facts of the run.
frappe.ui.form.on("Clinic Backup", {
	refresh(frm) {
		frm.disable_save();
		frm.page.set_title(clinic.fmt.datetime(frm.doc.started_at));
		show(frm, "size_bytes", (size) => clinic.operations.bytes(size));
		// A path is read from left to right everywhere.
		for (const field of ["path", "second_path"]) {
			show(frm, field, (path) => `\u2066${frappe.utils.escape_html(path || "")}\u2069`);
		}
		frm.get_field("report").$wrapper.empty().append(clinic.operations.backup_report(frm.doc));
	},
});

function show(frm, fieldname, formatter) {
	frm.get_field(fieldname).df.formatter = formatter;
	frm.refresh_field(fieldname);
}
