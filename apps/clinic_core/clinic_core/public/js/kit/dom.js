/* Builds elements. Text goes in as text, never as HTML: nothing here needs escaping. */

const AS_PROPERTY = new Set(["value", "checked", "disabled", "selected", "hidden", "tabIndex"]);

/**
 * h("button", {class: "…", on_click: fn, title: "…", data: {name: "x"}}, "text", element, [more])
 * `on_…` adds a listener; null, undefined and false children and attributes are left out.
 */
export function h(tag, props = {}, ...children) {
	const element = document.createElement(tag);
	if (tag === "button") element.type = "button";
	for (const [key, value] of Object.entries(props || {})) set(element, key, value);
	append(element, children);
	return element;
}

function set(element, key, value) {
	if (value === null || value === undefined || value === false) return;
	if (key === "class") element.className = value;
	else if (key === "data") Object.assign(element.dataset, value);
	else if (key === "style") Object.assign(element.style, value);
	else if (key.startsWith("on_")) element.addEventListener(key.slice(3), value);
	else if (AS_PROPERTY.has(key)) element[key] = value;
	else element.setAttribute(key, value === true ? "" : value);
}

export function append(element, ...children) {
	for (const child of children.flat(Infinity)) {
		if (child === null || child === undefined || child === false || child === "") continue;
		element.append(child instanceof Node ? child : String(child));
	}
	return element;
}

/** Replace what is inside `element`. */
export function fill(element, ...children) {
	element.replaceChildren();
	return append(element, ...children);
}

// Stroke icons on a 24 grid, drawn by path: the same on every Frappe.
const PATHS = {
	alert: "M12 9v4m0 4h.01M10.3 3.9 1.8 18a2 2 0 0 0 1.7 3h17a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0z",
	calendar:
		"M8 2v4m8-4v4M3 10h18M5 4h14a2 2 0 0 1 2 2v13a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z",
	check: "M20 6 9 17l-5-5",
	clock: "M12 6v6l4 2M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0z",
	close: "M18 6 6 18M6 6l12 12",
	door: "M13 4h3a2 2 0 0 1 2 2v14M2 20h20M13 4 6 6v14h7zM10 12h.01",
	down: "m6 9 6 6 6-6",
	edit: "M12 20h9M16.5 3.5a2.1 2.1 0 0 1 3 3L7 19l-4 1 1-4z",
	grip: "M9 5h.01M9 12h.01M9 19h.01M15 5h.01M15 12h.01M15 19h.01",
	help: "M9.1 9a3 3 0 0 1 5.8 1c0 2-3 2.5-3 4m.1 3h.01M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0z",
	lock: "M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4",
	minus: "M5 12h14",
	more: "M12 12h.01M19 12h.01M5 12h.01",
	next: "m9 6 6 6-6 6",
	phone: "M22 16.9v3a2 2 0 0 1-2.2 2A19.8 19.8 0 0 1 2.1 4.2 2 2 0 0 1 4.1 2h3a2 2 0 0 1 2 1.7c.1 1 .4 2 .7 2.8a2 2 0 0 1-.4 2.1L8.1 9.9a16 16 0 0 0 6 6l1.3-1.3a2 2 0 0 1 2.1-.4c.9.3 1.8.6 2.8.7a2 2 0 0 1 1.7 2z",
	plus: "M12 5v14M5 12h14",
	previous: "m15 6-6 6 6 6",
	print: "M6 9V2h12v7M6 18H4a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2h-2M6 14h12v8H6z",
	refresh: "M21 12a9 9 0 1 1-2.6-6.4L21 8M21 3v5h-5",
	search: "m21 21-4.3-4.3M19 11a8 8 0 1 1-16 0 8 8 0 0 1 16 0z",
	share: "M16 3h5v5M21 3l-7 7M8 21H3v-5M3 21l7-7",
	undo: "M3 7v6h6M3 13a9 9 0 1 0 3-7.7L3 8",
	user: "M20 21v-2a4 4 0 0 0-4-4H8a4 4 0 0 0-4 4v2M16 7a4 4 0 1 1-8 0 4 4 0 0 1 8 0z",
	wallet: "M20 7H5a2 2 0 0 1 0-4h13v4M3 5v14a2 2 0 0 0 2 2h15V7M16 14h.01",
};

const SVG = "http://www.w3.org/2000/svg";

/** An icon by name; decoration only: give the button around it a label. */
export function icon(name, size = 16) {
	const svg = document.createElementNS(SVG, "svg");
	const attributes = { viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true" };
	for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
	svg.classList.add("clinic-icon", `clinic-icon--${name}`);
	const path = document.createElementNS(SVG, "path");
	path.setAttribute("d", PATHS[name] || "");
	svg.append(path);
	return svg;
}
