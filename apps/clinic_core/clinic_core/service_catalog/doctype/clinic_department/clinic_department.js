// Form of a department.
frappe.ui.form.on("Clinic Department", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(__("Services"), () =>
			frappe.set_route("List", "Clinic Service", { department: frm.doc.name })
		);
	},
});
