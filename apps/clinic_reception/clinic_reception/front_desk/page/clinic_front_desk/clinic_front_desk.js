// The page itself only opens the desk; what it does is in public/js/front_desk.
frappe.pages["clinic-front-desk"].on_page_load = function (wrapper) {
	const page = frappe.ui.make_app_page({
		parent: wrapper,
		title: __("Front Desk"),
		single_column: true,
	});
	wrapper.clinic_desk = new clinic.front_desk.FrontDesk(wrapper, page);
};

frappe.pages["clinic-front-desk"].on_page_show = function (wrapper) {
	wrapper.clinic_desk?.show();
};
