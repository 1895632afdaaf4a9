// Form of the public profile: what visitors see of the centre.
(() => {
	frappe.ui.form.on("Clinic Public Profile", {
		refresh(frm) {
			frm.page.set_indicator(
				frm.doc.published ? __("Published") : __("Off", null, "public profile"),
				frm.doc.published ? "green" : "gray"
			);
			clinic.catalog.view_public(frm, "");
			frm.add_custom_button(__("Comments"), () =>
				frappe.set_route("List", "Clinic Service Review", { status: "Pending" })
			);
			frm.add_custom_button(__("Articles"), () =>
				frappe.set_route("List", "Clinic Article")
			);
		},
	});
})();
