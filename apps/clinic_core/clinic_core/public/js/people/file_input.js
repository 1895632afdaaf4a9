/* Choose a file of one's own: {element, read() → {file_name, content} or throws}. */

import { h } from "../kit/dom.js";

const MOST_MEGABYTES = 10;

/** file_input({accept, label, on_change}) – the content goes along in base64, within one command. */
export function file_input({ accept, label, on_change }) {
	const input = h("input", {
		class: "form-control clinic-file-input",
		type: "file",
		accept,
		"aria-label": label || __("File"),
		on_change: () => on_change?.(input.files[0] || null),
	});
	return {
		element: input,
		clear: () => (input.value = ""),
		read: async () => {
			const file = input.files[0];
			if (!file) {
				input.focus();
				throw new Error(__("Please choose a file."));
			}
			if (file.size > MOST_MEGABYTES * 1024 * 1024) {
				throw new Error(__("The file is larger than {0} MB.", [MOST_MEGABYTES]));
			}
			return { file_name: file.name, content: await as_data_url(file) };
		},
	};
}

function as_data_url(file) {
	return new Promise((resolve, reject) => {
		const reader = new FileReader();
		reader.onload = () => resolve(reader.result);
		reader.onerror = () => reject(new Error(__("The file could not be read.")));
		reader.readAsDataURL(file);
	});
}
