/* The body areas of a row's service, to choose from in the row's form (G07). */

import { service } from "./pickers.js";

/** Fill the choices of the field `area` of an opened row in the table `table`. */
export async function show_areas(frm, table, doctype, name) {
	const row = frappe.get_doc(doctype, name);
	const found = row?.service ? await service(row.service).catch(() => null) : null;
	const box =
		frm.fields_dict[table].grid.grid_rows_by_docname?.[name]?.grid_form?.fields_dict.area;
	if (!box) return;
	const areas = found?.areas || [];
	const options = [
		{ value: "", label: areas.length ? __("All areas") : __("The service has no body areas") },
		...areas.map((area) => ({ value: area.code, label: area.title })),
	];
	if (row.area && !areas.some((area) => area.code === row.area)) {
		options.push({ value: row.area, label: row.area_title || row.target_title || row.area });
	}
	box.df.options = options;
	box.refresh();
}
