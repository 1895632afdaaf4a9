// The page itself only opens the view; what it does is in public/js/operations.
frappe.pages["clinic-health"].on_page_load = function (wrapper) {
	const page = frappe.ui.make_app_page({
		parent: wrapper,
		title: __("System Health"),
		single_column: true,
	});
	wrapper.clinic_health = new clinic.operations.HealthPage(page);
};

frappe.pages["clinic-health"].on_page_show = function (wrapper) {
	wrapper.clinic_health?.show();
};

frappe.pages["clinic-health"].on_page_hide = function (wrapper) {
	wrapper.clinic_health?.hide();
};
