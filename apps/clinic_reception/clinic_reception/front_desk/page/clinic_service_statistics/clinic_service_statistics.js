// The page itself only opens the view; what it does is in public/js/statistics.
frappe.pages["clinic-service-statistics"].on_page_load = function (wrapper) {
	const page = frappe.ui.make_app_page({
		parent: wrapper,
		title: __("Service Statistics"),
		single_column: true,
	});
	wrapper.clinic_statistics = new clinic.statistics.ServiceStatistics(page);
};

frappe.pages["clinic-service-statistics"].on_page_show = function (wrapper) {
	wrapper.clinic_statistics?.show();
};
