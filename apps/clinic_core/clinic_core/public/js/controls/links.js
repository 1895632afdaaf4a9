/*
 * While Frappe fetches the title of a link, its box is empty: a list opened for one patient would
 * show everybody's rows. Meanwhile the box answers with the value it is about to show.
 */

export function install() {
	const { ControlLink } = frappe.ui.form;
	const { set_link_title, get_input_value } = ControlLink.prototype;
	ControlLink.prototype.set_link_title = async function (value) {
		this.clinic_coming = value;
		try {
			return await set_link_title.call(this, value);
		} finally {
			if (this.clinic_coming === value) this.clinic_coming = null;
		}
	};
	ControlLink.prototype.get_input_value = function () {
		const shown = get_input_value.call(this);
		return shown || this.clinic_coming || shown;
	};
}
