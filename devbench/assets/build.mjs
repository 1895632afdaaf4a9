// Builds every public/**/*.bundle.* of Frappe and of our apps, left to right and right to left,
// into the places where an official bench's build puts them.
// Usage: node build.mjs BENCH_FOLDER [--apps a,b] [--watch]
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, mkdirSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, extname, join, relative } from "node:path";
import { htmlTemplates, leaveAssetUrls, pickerSeconds, vueStyles } from "./plugins.mjs";

const root = realpathSync(process.argv[2]);
const option = (name) => {
	const at = process.argv.indexOf(name);
	return at < 0 ? null : process.argv[at + 1];
};
const watching = process.argv.includes("--watch");

// The style plugin looks for "frappe/public/…" from here, as it is run in an official bench, and
// keeps its temporary files by their place relative to this folder.
process.chdir(join(root, "bench", "apps", "frappe"));

// The packages lie in the bench, not above this file.
const require = createRequire(join(root, "npm", "package.json"));
const esbuild = require("esbuild");
const vue = require("esbuild-plugin-vue3");
const postcss = require("@frappe/esbuild-plugin-postcss2").default;
const autoprefixer = require("autoprefixer");
const rtlcss = require("rtlcss");

const bench = join(root, "bench");
const assets = join(bench, "sites", "assets");
const allApps = readFileSync(join(bench, "sites", "apps.txt"), "utf8").split("\n").filter(Boolean);
const appFolder = (app) => join(bench, "apps", app);
const publicFolder = (app) => join(appFolder(app), app, "public");
const STYLES = [".css", ".scss", ".sass", ".less", ".styl"];
const SCRIPTS = [".js", ".ts"];

function* filesBelow(folder) {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		if (entry.name === "dist" || entry.name === "node_modules" || entry.name.startsWith(".")) continue;
		const path = join(folder, entry.name);
		if (entry.isDirectory()) yield* filesBelow(path);
		else yield path;
	}
}

function entryPoints(app, kinds, folder) {
	const found = {};
	if (!existsSync(publicFolder(app))) return found;
	for (const path of filesBelow(publicFolder(app))) {
		const kind = extname(path);
		const name = basename(path, kind);
		if (!name.endsWith(".bundle") || !kinds.includes(kind)) continue;
		const output = `${folder}/${name}`;
		if (found[output]) throw new Error(`two sources for one bundle: ${found[output]} and ${path}`);
		found[output] = path;
	}
	return found;
}

const sassOptions = {
	includePaths: [join(root, "npm", "node_modules"), ...allApps.map(appFolder)],
	quietDeps: true,
	// ~package means node_modules; a named .css file is taken in, not left as an @import.
	importer: (url) => ({ file: url.replace(/^~/, "").replace(/\.css$/, "") }),
};

function options(app, entries, plugins) {
	return {
		entryPoints: entries,
		entryNames: "[dir]/[name].[hash]",
		outdir: join(publicFolder(app), "dist"),
		bundle: true,
		metafile: true,
		write: false,
		minify: true,
		// Frappe's own sources are not what is debugged here, and their maps double the time.
		sourcemap: app !== "frappe",
		target: "es2017",
		logLevel: "error",
		nodePaths: [join(root, "npm", "node_modules"), ...allApps.map(appFolder)],
		define: {
			"process.env.NODE_ENV": '"production"',
			__VUE_OPTIONS_API__: "true",
			__VUE_PROD_DEVTOOLS__: "false",
		},
		plugins,
	};
}

async function buildApp(app) {
	const style = (name, ...plugins) => [
		entryPoints(app, STYLES, name),
		[leaveAssetUrls, postcss({ plugins: [...plugins, autoprefixer], sassOptions })],
	];
	const jobs = [
		[entryPoints(app, SCRIPTS, "js"), [vue(), htmlTemplates, pickerSeconds, vueStyles]],
		style("css"),
		style("css-rtl", rtlcss()),
	].filter(([entries]) => Object.keys(entries).length);
	const results = await Promise.all(
		jobs.map(([entries, plugins]) => esbuild.build(options(app, entries, plugins))),
	);
	const files = results.flatMap((result) => result.outputFiles);
	for (const file of files) {
		mkdirSync(dirname(file.path), { recursive: true });
		writeFileSync(file.path, file.contents);
	}
	record(app, files.map((file) => file.path));
	return files.length;
}

// Both registers are read by Frappe at any moment: replaced in one go, never half written.
function updateRegister(name, app, entries) {
	const path = join(assets, name);
	let known = {};
	try {
		known = JSON.parse(readFileSync(path, "utf8"));
	} catch {
		// None yet, or one that an interruption broke: it is written anew from all apps.
	}
	const others = Object.entries(known).filter(([, url]) => !url.startsWith(`/assets/${app}/`));
	writeFileSync(`${path}.tmp`, JSON.stringify(Object.fromEntries([...others, ...entries]), null, 4));
	renameSync(`${path}.tmp`, path);
}

function record(app, paths) {
	const dist = join(publicFolder(app), "dist");
	const plain = [];
	const rtl = [];
	for (const path of paths.filter((path) => !path.endsWith(".map"))) {
		const key = basename(path).replace(/\.bundle\.[^.]+\./, ".bundle.");
		const inside = relative(dist, path);
		const url = `/assets/${app}/dist/${inside}`;
		if (inside.startsWith("css-rtl")) rtl.push([`rtl_${key}`, url]);
		else plain.push([key, url]);
	}
	updateRegister("assets.json", app, plain);
	updateRegister("assets-rtl.json", app, rtl);
	removeOld(dist, new Set(paths));
}

// A page that is open may still ask for the bundles it was served with: old ones stay ten minutes.
function removeOld(dist, current) {
	for (const folder of ["js", "css", "css-rtl"].map((name) => join(dist, name)).filter(existsSync)) {
		for (const name of readdirSync(folder)) {
			const path = join(folder, name);
			if (!current.has(path) && Date.now() - statSync(path).mtimeMs > 600_000) rmSync(path, { force: true });
		}
	}
}

function fingerprint(app) {
	if (!existsSync(publicFolder(app))) return "";
	return [...filesBelow(publicFolder(app))].map((path) => `${path}:${statSync(path).mtimeMs}`).join("\n");
}

async function buildAndTell(app) {
	const begun = Date.now();
	try {
		const count = await buildApp(app);
		console.log(`${app}: ${count} files in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
		return true;
	} catch (error) {
		console.error(`${app}: ${error.message}`);
		return false;
	}
}

// Polling, because it sees new bundles, removed ones and every editor's way of saving alike.
async function watch(apps) {
	const seen = new Map(apps.map((app) => [app, fingerprint(app)]));
	console.log(`watching ${apps.join(", ") || "nothing"}`);
	for (;;) {
		await new Promise((done) => setTimeout(done, 700));
		for (const app of apps) {
			let now;
			try {
				now = fingerprint(app);
			} catch {
				continue; // a file went while we looked: the next round sees the result
			}
			if (now === seen.get(app)) continue;
			seen.set(app, now);
			await buildAndTell(app);
		}
	}
}

const chosen = option("--apps")?.split(",") ?? allApps.filter((app) => !watching || app !== "frappe");
if (watching) await watch(chosen);
else {
	let fine = true;
	for (const app of chosen) fine = (await buildAndTell(app)) && fine;
	process.exit(fine ? 0 : 1);
}
