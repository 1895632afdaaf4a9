// The catalogue as a list: to read it; services are taken over in the dialog.
frappe.listview_settings["Clinic Suggested Service"] = {
	hide_name_column: true,
	onload(list) {
		if (!frappe.model.can_create("Clinic Service")) return;
		list.page.add_inner_button(__("Choose services"), () =>
			clinic.catalog.suggested_services({ on_done: () => list.refresh() })
		);
	},
};
