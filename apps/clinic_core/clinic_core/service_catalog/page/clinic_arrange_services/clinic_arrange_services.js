// The page itself only opens the view; what it does is in public/js/service_catalog.
frappe.pages["clinic-arrange-services"].on_page_load = function (wrapper) {
	const page = frappe.ui.make_app_page({
		parent: wrapper,
		title: __("Arrange Services"),
		single_column: true,
	});
	wrapper.clinic_arrange = new clinic.catalog.ArrangePage(page);
};

frappe.pages["clinic-arrange-services"].on_page_show = function (wrapper) {
	wrapper.clinic_arrange?.show();
};

frappe.pages["clinic-arrange-services"].on_page_hide = function (wrapper) {
	wrapper.clinic_arrange?.hide();
};
