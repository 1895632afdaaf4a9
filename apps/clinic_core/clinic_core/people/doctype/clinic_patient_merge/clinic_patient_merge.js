frappe.ui.form.on("Clinic Patient Merge", {
	refresh: (frm) => clinic.people.show_record(frm),
});
