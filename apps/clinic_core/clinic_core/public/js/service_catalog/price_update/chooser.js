/* Which departments or services an update is about: chips, added by typing a part of the name. */

import { fill, h, icon } from "../../kit/dom.js";
import { number } from "../../kit/fmt.js";
import { department_picker, departments, service, service_picker } from "../pickers.js";
import { read_json } from "./wishes.js";

const MOST_CHIPS = 40;
const DEPARTMENTS = "Departments";
const SERVICES = "Chosen Services";

/** Draw the choice of `frm` into `area`. */
export function chooser(frm, area) {
	const kinds = {
		[DEPARTMENTS]: {
			field: "departments",
			picker: department_picker,
			title: department_title,
		},
		[SERVICES]: { field: "services", picker: service_picker, title: service_title },
	};
	const kind = kinds[frm.doc.applies_to];
	if (!kind)
		return fill(area, h("p", { class: "text-muted" }, __("Every service of the clinic.")));
	const may_edit = !frm.doc.docstatus && Boolean(frm.perm[0]?.write);
	const chips = h("div", { class: "clinic-chips clinic-prices__chips" });
	const names = () => read_json(frm, kind.field, []);
	const keep = (list) => {
		frm.set_value(kind.field, list.length ? JSON.stringify(list) : null);
		draw();
	};
	const draw = () => draw_chips({ chips, names: names(), keep, may_edit, title: kind.title });
	fill(area, may_edit && add_box(kind, names, keep), chips);
	draw();
}

function add_box(kind, names, keep) {
	const box = kind.picker({
		placeholder: kind.field === "services" ? __("Add a service") : __("Add a department"),
		on_change: (name) => {
			if (!name) return;
			if (!names().includes(name)) keep([...names(), name]);
			// The box is for the next one.
			box.set(null);
			box.input.value = "";
		},
	});
	return box.element;
}

async function draw_chips({ chips, names, keep, may_edit, title }) {
	const shown = names.slice(0, MOST_CHIPS);
	const titles = await Promise.all(shown.map((name) => title(name).catch(() => name)));
	const rows = shown.map((name, index) =>
		h(
			"span",
			{ class: "clinic-prices__chip" },
			titles[index],
			may_edit &&
				h(
					"button",
					{
						class: "clinic-prices__remove",
						"aria-label": __("Remove {0}", [titles[index]]),
						on_click: () => keep(names.filter((other) => other !== name)),
					},
					icon("close", 12)
				)
		)
	);
	const more = names.length - shown.length;
	fill(
		chips,
		rows,
		more > 0 && h("span", { class: "text-muted" }, __("and {0} more", [number(more)])),
		may_edit &&
			names.length > 1 &&
			h(
				"button",
				{ class: "btn btn-link btn-xs", on_click: () => keep([]) },
				__("Remove all")
			)
	);
}

async function department_title(name) {
	return (await departments()).find((row) => row.name === name)?.title || name;
}

async function service_title(name) {
	return (await service(name))?.service_name || name;
}
