// What Frappe's sources expect of esbuild and of their packages beyond what these do by themselves.
import { readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";

// An imported .html file becomes frappe.templates[<name>].
export const htmlTemplates = {
	name: "frappe-html",
	setup(build) {
		build.onResolve({ filter: /\.html$/ }, ({ resolveDir, path }) => ({
			path: join(resolveDir, path),
			namespace: "frappe-html",
		}));
		build.onLoad({ filter: /.*/, namespace: "frappe-html" }, async ({ path }) => {
			const name = basename(path).split(".")[0];
			const text = await readFile(path, "utf8");
			return { contents: `frappe.templates[${JSON.stringify(name)}] = ${JSON.stringify(text)};` };
		});
	},
};

// Addresses below /assets are served as they are.
export const leaveAssetUrls = {
	name: "frappe-assets",
	setup(build) {
		build.onResolve({ filter: /^\/assets\// }, ({ path }) => ({ path, external: true }));
	},
};

// The styles of Vue components come out as a file beside the script; nobody would load it,
// so the script carries them.
export const vueStyles = {
	name: "vue-styles",
	setup(build) {
		build.onEnd((result) => {
			const name = (path) => path.replace(/\.[^.]+\.(js|css)$/, "");
			const styles = (result.outputFiles ?? []).filter((file) => extname(file.path) === ".css");
			for (const style of styles) {
				const script = result.outputFiles.find(
					(file) => file.path.endsWith(".js") && name(file.path) === name(style.path),
				);
				if (!script) continue;
				const inject = `\n(()=>{const s=document.createElement("style");s.textContent=${JSON.stringify(
					style.text,
				)};document.head.append(s)})();`;
				script.contents = Buffer.concat([Buffer.from(inject), Buffer.from(script.contents)]);
			}
			result.outputFiles = (result.outputFiles ?? []).filter(
				(file) => ![".css", ".map"].includes(extname(file.path)) || !/\.css(\.map)?$/.test(file.path),
			);
		});
	},
};

// Frappe has a copy of the date picker of its own, which knows seconds; the one of the registry writes "12:30:ss".
const MINUTES = "case /ii/.test(result):";
const SECONDS = `case /ss/.test(result):
	result = replacer(result, boundary("ss"), ("0" + date.getSeconds()).slice(-2));
	`;
export const pickerSeconds = {
	name: "picker-seconds",
	setup(build) {
		build.onLoad({ filter: /air-datepicker[\\/]dist[\\/]js[\\/]datepicker\.min\.js$/ }, async ({ path }) => {
			const source = await readFile(path.replace(".min.js", ".js"), "utf8");
			if (source.includes("/ss/")) return undefined;
			if (!source.includes(MINUTES)) throw new Error("the date picker writes minutes in another way");
			return { contents: source.replace(MINUTES, SECONDS + MINUTES) };
		});
	},
};
