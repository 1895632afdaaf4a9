/* A menu at a point or below an element, with arrow keys; Escape closes it. */

import { h, icon } from "./dom.js";

let open_menu = null;

/** menu(anchor, [{label, icon, on_click, danger, divider}], {title}) → close. */
export function menu(anchor, items, { title } = {}) {
	close_menu();
	const back_to = document.activeElement;
	const list = h("div", { class: "clinic-menu", role: "menu" });
	if (title) list.append(h("div", { class: "clinic-menu__title" }, title));
	for (const item of items) list.append(item.divider ? h("hr") : entry(item));
	document.body.append(list);
	place(list, anchor);
	list.addEventListener("keydown", (event) => move(event, list));
	const outside = (event) => !list.contains(event.target) && close_menu();
	// The click that opened it is still on its way.
	setTimeout(() => document.addEventListener("pointerdown", outside, true));
	window.addEventListener("resize", close_menu, { once: true });
	open_menu = () => {
		document.removeEventListener("pointerdown", outside, true);
		window.removeEventListener("resize", close_menu);
		list.remove();
		open_menu = null;
		if (back_to?.isConnected) back_to.focus({ preventScroll: true });
	};
	list.querySelector("[role=menuitem]")?.focus({ preventScroll: true });
	return close_menu;
}

export function close_menu() {
	open_menu?.();
}

function entry(item) {
	return h(
		"button",
		{
			class: `clinic-menu__item${item.danger ? " clinic-menu__item--danger" : ""}`,
			role: "menuitem",
			tabIndex: -1,
			on_click: () => {
				close_menu();
				item.on_click();
			},
		},
		item.icon && icon(item.icon, 15),
		h("span", {}, item.label)
	);
}

function place(list, anchor) {
	const box = anchor.getBoundingClientRect
		? anchor.getBoundingClientRect()
		: {
				left: anchor.clientX,
				right: anchor.clientX,
				top: anchor.clientY,
				bottom: anchor.clientY,
		  };
	const { offsetWidth: width, offsetHeight: height } = list;
	const rtl = document.documentElement.dir === "rtl";
	const wanted = rtl ? box.right - width : box.left;
	const left = Math.min(Math.max(8, wanted), window.innerWidth - width - 8);
	const below = box.bottom + 4;
	const top =
		below + height > window.innerHeight - 8 ? Math.max(8, box.top - height - 4) : below;
	// Physical on purpose: these are coordinates of the screen.
	Object.assign(list.style, { left: `${left}px`, top: `${top}px` });
}

function move(event, list) {
	const items = [...list.querySelectorAll("[role=menuitem]")];
	const at = items.indexOf(document.activeElement);
	const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
	if (to !== undefined) items[(to + items.length) % items.length]?.focus();
	else if (event.key === "Escape" || event.key === "Tab") close_menu();
	else return;
	event.preventDefault();
	event.stopPropagation();
}
