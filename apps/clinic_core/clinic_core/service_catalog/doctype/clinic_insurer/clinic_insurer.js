// Form of an insurer or company: its contracts.
(() => {
	frappe.ui.form.on("Clinic Insurer", {
		refresh(frm) {
			frm.page.set_indicator(
				frm.doc.is_active ? __("Active", null, "insurer") : __("Inactive"),
				frm.doc.is_active ? "green" : "gray"
			);
			frm.toggle_display("contracts_section", !frm.is_new());
			if (!frm.is_new()) clinic.contracts.show_of_insurer(frm);
		},
	});
})();
