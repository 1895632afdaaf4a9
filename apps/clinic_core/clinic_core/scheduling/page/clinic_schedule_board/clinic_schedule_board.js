// The page itself only opens the view; what it does is in public/js/scheduling/board.
frappe.pages["clinic-schedule-board"].on_page_load = function (wrapper) {
	const page = frappe.ui.make_app_page({
		parent: wrapper,
		title: __("Schedule Board"),
		single_column: true,
	});
	wrapper.clinic_schedule = new clinic.scheduling.SchedulePage(wrapper, page);
};

frappe.pages["clinic-schedule-board"].on_page_show = function (wrapper) {
	wrapper.clinic_schedule?.show();
};
