// The page itself only opens the view; what it does is in public/js/service_catalog/suggestions.
frappe.pages["clinic-suggested-services"].on_page_load = function (wrapper) {
	const page = frappe.ui.make_app_page({
		parent: wrapper,
		title: __("Suggested services"),
		single_column: true,
	});
	const root = document.createElement("div");
	root.className = "clinic-suggestions";
	page.main.append(root);
	page.add_inner_button(__("Services"), () => frappe.set_route("List", "Clinic Service"));
	wrapper.clinic_chooser = new clinic.catalog.SuggestionChooser(root);
	clinic.ui.keys(root, [
		{
			key: "/",
			label: __("Find a service in any language"),
			action: () => wrapper.clinic_chooser.focus(),
		},
	]);
};

frappe.pages["clinic-suggested-services"].on_page_show = function (wrapper) {
	wrapper.clinic_chooser?.show();
};
