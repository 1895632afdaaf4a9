// The page itself only opens the view; what it does is in public/js/people/importing.
frappe.pages["clinic-importing"].on_page_load = function (wrapper) {
	const page = frappe.ui.make_app_page({
		parent: wrapper,
		title: __("Import"),
		single_column: true,
	});
	wrapper.clinic_import = new clinic.people.ImportPage(page);
};

frappe.pages["clinic-importing"].on_page_show = function (wrapper) {
	wrapper.clinic_import?.show();
};

frappe.pages["clinic-importing"].on_page_hide = function (wrapper) {
	wrapper.clinic_import?.hide();
};
