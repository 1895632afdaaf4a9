// The form shows what was kept; work is done on the page.
frappe.ui.form.on("Clinic Import", {
	refresh(frm) {
		frm.disable_save();
		frm.add_custom_button(__("Open on the page “Import”"), () =>
			frappe.set_route("clinic-importing", frm.doc.name)
		).addClass("btn-primary");
	},
});
