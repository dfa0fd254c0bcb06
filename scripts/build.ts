/** Makes the production bundle in `dist/`: one file with its lazily loaded parts, compiled templates, finished assets and data. */
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import * as esbuild from 'esbuild';
import nunjucks from 'nunjucks';
import { parse } from 'yaml';
import { databaseDefinition } from '../src/app-database.ts';
import { digestOf } from '../src/platform/database/migrate.ts';
import { fontPaths } from '../src/platform/paper/font-files.ts';
import { templatePath } from '../src/platform/rendering/views.ts';
import {
  readContacts,
  readGuidance,
  readPlaces,
  readSigns,
  readVisitSigns,
} from '../src/public/signs/content-shape.ts';
import { formatSize } from '../src/vocabulary/sizes.ts';
import { buildAssets } from './build-assets.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** Every template that the application's own templates can reach, by name. */
function templateNames(): string[] {
  const names = new Set(
    globSync('src/**/views/*.njk', { cwd: root }).map((path) => path.replace(/^src\/(.+)\/views\//, '$1/')),
  );
  const queue = [...names];
  for (let name = queue.pop(); name; name = queue.pop()) {
    for (const asked of asksFor(name)) {
      if (names.has(asked) || !templatePath(asked)) continue;
      names.add(asked);
      queue.push(asked);
    }
  }
  return [...names].sort();
}

function asksFor(name: string): string[] {
  const text = readFileSync(templatePath(name) ?? '', 'utf8');
  const folder = name.slice(0, name.lastIndexOf('/') + 1);
  return [...text.matchAll(/\{%-?\s*(?:extends|include|import|from)\s+["']([^"']+\.njk)["']/g)].map(([, asked = '']) =>
    asked.startsWith('.') ? new URL(asked, `file:///${folder}`).pathname.slice(1) : asked,
  );
}

function compiledTemplates(): string {
  const entries = templateNames().map((name) => {
    const code = nunjucks.precompileString(readFileSync(templatePath(name) ?? '', 'utf8'), {
      name,
      env: new nunjucks.Environment(null, { autoescape: true, trimBlocks: true, lstripBlocks: true }),
      wrapper: (compiled: { template: string }[]) => compiled[0]?.template,
    } as never);
    // Made when it is first rendered: there are 200, and a start renders few.
    return `get ${JSON.stringify(name)}() {${code}}`;
  });
  return `globalThis.safelightTemplates = {${entries.join(',\n')}};`;
}

/** The table of the world's holidays takes 40 MB of memory; the bundle has only the years and the three calendars that it needs. */
const holidayYears = 15;
/** Seconds since 1970, as reproducible builds give the time: the same sources then make the same bundle in any year. */
const epoch = process.env.SOURCE_DATE_EPOCH;
if (epoch && !/^\d{1,12}$/.test(epoch)) throw new Error('SOURCE_DATE_EPOCH must be whole seconds since 1970');
const builtIn = (epoch ? new Date(Number(epoch) * 1_000) : new Date()).getUTCFullYear();
const bankHolidays: esbuild.Plugin = {
  name: 'bank holidays',
  setup(build) {
    build.onResolve({ filter: /^date-holidays$/ }, () => ({ path: 'date-holidays', namespace: 'table' }));
    build.onLoad({ filter: /.*/, namespace: 'table' }, async () => {
      const { default: Holidays } = await import('date-holidays');
      const first = builtIn - 1;
      const years = Array.from({ length: holidayYears + 1 }, (_, index) => first + index);
      const table = Object.fromEntries(
        ['ENG', 'SCT', 'NIR'].map((region) => {
          const holidays = new Holidays('GB', region);
          return [
            region,
            Object.fromEntries(
              years.map((year) => [
                year,
                holidays.getHolidays(year).map(({ date, name, type }) => ({ date, name, type })),
              ]),
            ),
          ];
        }),
      );
      return {
        contents: `const table = ${JSON.stringify(table)};
          export default class { constructor(country, region) { this.years = table[region]; } getHolidays(year) { return this.years[year] ?? []; } }`,
        loader: 'js',
      };
    });
  },
};

/** Our YAML data is bundled as JSON; code that reads YAML from others keeps its parser. */
const keptData: esbuild.Plugin = {
  name: 'kept data',
  setup(build) {
    build.onResolve({ filter: /\/read-yaml\.ts$/ }, () => ({ path: 'read-yaml', namespace: 'json' }));
    build.onLoad({ filter: /.*/, namespace: 'json' }, () => ({
      contents: 'export const parseYaml = JSON.parse;',
      loader: 'js',
    }));
  },
};

/** zod speaks fifty languages; our words are in the schemas themselves. */
const oneLanguage: esbuild.Plugin = {
  name: 'one language',
  setup(build) {
    build.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      resolveDir: join(root, 'node_modules/zod/v4/locales'),
      loader: 'js',
    }));
  },
};

/** The router compiles a function for each piece of an address, a thousand at each start. Comparing the text is as fast for ours. */
const plainRouter: esbuild.Plugin = {
  name: 'plain router',
  setup(build) {
    build.onLoad({ filter: /find-my-way\/lib\/node\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const contents = text.replace(
        /return new Function\('path', 'i'.*/,
        'return (path, i) => path.startsWith(prefix, i);',
      );
      if (contents === text) throw new Error(`${path} is written otherwise now: change the plugin “plain router”`);
      return { contents, loader: 'js' };
    });
  },
};

/** `@fastify/compress` asks of every answer whether it is one of `fetch`, and Node loads 17 MB of memory to say. Our routes answer with text and bytes. */
const withoutFetch: esbuild.Plugin = {
  name: 'without fetch',
  setup(build) {
    build.onLoad({ filter: /@fastify\/compress\/lib\/utils\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const contents = text.replace('return obj instanceof Response', 'return false');
      if (contents === text) throw new Error(`${path} is written otherwise now: change the plugin “without fetch”`);
      return { contents, loader: 'js' };
    });
  },
};

/** Templates are loaded with the code that renders them, and not before the database has been started. */
const ownTemplates: esbuild.Plugin = {
  name: 'own templates',
  setup(build) {
    build.onLoad({ filter: /\/rendering\/views\.ts$/ }, ({ path }) => ({
      contents: `import ${JSON.stringify(join(making, 'templates.js'))};\n${readFileSync(path, 'utf8')}`,
      loader: 'ts',
    }));
  },
};

/** The signs, the guidance and the contacts are checked by this build, and only read at a start. */
const checkedContent = {
  'signs.yaml': readSigns,
  'visit-signs.yaml': readVisitSigns,
  'guidance.yaml': readGuidance,
  'contacts.yaml': readContacts,
  'places.yaml': readPlaces,
};
const contentOnceChecked: esbuild.Plugin = {
  name: 'content once checked',
  setup(build) {
    build.onLoad({ filter: /\/public\/signs\/content-shape\.ts$/ }, () => ({
      contents: Object.values(checkedContent)
        .map(({ name }) => `export const ${name} = (text) => JSON.parse(text);`)
        .join('\n'),
      loader: 'js',
    }));
  },
};
const readData = (name: string, text: string): unknown => {
  const check = Object.entries(checkedContent).find(([file]) => file === name);
  return check ? check[1](text) : parse(text);
};

/** What packages of Fastify would load and never use here. */
const unused: Readonly<Record<string, string>> = {
  'node:http2': 'module.exports = {};', // We answer HTTP/1.1; the proxy in front speaks the rest.
  glob: 'module.exports = {};', // `@fastify/static` lists folders with it, which we never ask for.
  '@fastify/ajv-compiler': 'module.exports = undefined;', // Schemas are zod’s.
  '@fastify/fast-json-stringify-compiler': 'module.exports = undefined;',
  'mime-db': 'module.exports = {};', // `@fastify/compress` then decides by its own pattern: text, and what ends in json or xml.
};
const leaveOut: esbuild.Plugin = {
  name: 'leave out',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^(?:${Object.keys(unused).join('|')})$`) }, ({ path }) => ({
      path,
      namespace: 'unused',
    }));
    build.onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => ({ contents: unused[path] ?? '', loader: 'js' }));
  },
};

/** Native code is loaded from files next to the bundle, for each system that a server may have. */
const systems = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64'] as const;
const nativeSodium: esbuild.Plugin = {
  name: 'native sodium',
  setup(build) {
    build.onLoad({ filter: /sodium-native\/binding\.js$/ }, () => ({
      contents:
        "const beside = './sodium/' + process.platform + '-' + process.arch + '.node';\nmodule.exports = require(beside);",
      loader: 'js',
    }));
  },
};

/** Typst is installed for the kind of machine that builds, and the bundle makes PDFs on that kind alone. */
const typstPackages = 'node_modules/@myriaddreamin/typst-ts-node-compiler';
const nativeTypst: esbuild.Plugin = {
  name: 'native typst',
  setup(build) {
    build.onLoad({ filter: /typst-ts-node-compiler\/index-napi\.js$/ }, () => ({
      contents:
        "const beside = './typst/' + process.platform + '-' + process.arch + '.node';\nmodule.exports = require(beside);",
      loader: 'js',
    }));
  },
};

/** Fonts and Typst with the texts of their licences, as these ask. */
function copyPaper(): void {
  for (const path of fontPaths()) {
    const [name = ''] = /@[^/]+\/[^/]+/.exec(relative(join(root, 'node_modules'), path)) ?? [];
    cpSync(path, join(dist, 'fonts', basename(path)));
    const licence = ['LICENSE_FONT', 'LICENSE'].map((file) => join(root, 'node_modules', name, file)).find(existsSync);
    if (!licence) throw new Error(`${name} comes without a licence`);
    cpSync(licence, join(dist, 'fonts', `${basename(path)}.LICENSE`));
  }
  for (const path of globSync(`${typstPackages}-*/*.node`, { cwd: root })) {
    const [, system = ''] = /typst-ts-node-compiler\.([a-z0-9]+-[a-z0-9]+)/.exec(basename(path)) ?? [];
    cpSync(join(root, path), join(dist, 'typst', `${system}.node`));
  }
  cpSync(join(root, typstPackages, 'LICENSE'), join(dist, 'typst', 'LICENSE'));
}

/** What is built runs on the Node that the launcher brings along, and says so on an older one before anything is asked of it that is not there. */
const oldestNode = 24;
const onThisNode = `import * as node from 'node:module';
if (Number(process.versions.node.split('.')[0]) < ${oldestNode}) {
  process.stderr.write('Safelight runs on Node ${oldestNode} or later; this is Node ' + process.versions.node + '. Use an image with Node ${oldestNode}, or npm start, which brings its own.\\n');
  process.exit(1);
}
node.enableCompileCache(import.meta.dirname + '/.compiled');
`;

/** One character beyond ASCII makes Node keep a whole file in two bytes a character; esbuild leaves those of regular expressions and templates. */
function escapeWideCharacters(): void {
  for (const path of globSync('*.js', { cwd: dist })) {
    const text = readFileSync(join(dist, path), 'utf8');
    const narrow = text.replaceAll(
      /[\u0080-\uffff]/g,
      (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    if (narrow !== text) writeFileSync(join(dist, path), narrow);
  }
}

const started = Date.now(); // scripts may ask the time; the application asks clock.ts
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
const making = join(root, 'node_modules/.cache/safelight/build');
mkdirSync(making, { recursive: true });
writeFileSync(join(making, 'templates.js'), compiledTemplates());
for (const [name, entry] of [
  ['main', 'src/main.ts'],
  ['cli', 'src/cli/main.ts'],
] as const) {
  writeFileSync(join(making, `${name}.ts`), `${onThisNode}await import(${JSON.stringify(join(root, entry))});\n`);
}
await esbuild.build({
  entryPoints: [join(making, 'main.ts'), join(making, 'cli.ts')],
  outdir: dist,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  // Names stay: to give them back to minified functions costs every closure that is made at a request.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'linked',
  external: ['pg-native', 'chokidar', 'fsevents', 'sass', 'purgecss', 'esbuild', '../../scripts/*'],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  plugins: [
    bankHolidays,
    keptData,
    oneLanguage,
    plainRouter,
    withoutFetch,
    ownTemplates,
    contentOnceChecked,
    leaveOut,
    nativeSodium,
    nativeTypst,
  ],
  logLevel: 'warning',
});
escapeWideCharacters();
/** Bundles a file that runs apart from the server into a folder of its own. */
const bundleApart = (name: string, source: string, folder: string) =>
  esbuild.build({
    entryPoints: { [name]: join(root, source) },
    outdir: join(dist, folder),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    minify: true,
    legalComments: 'linked',
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url); const __filename = import.meta.filename; const __dirname = import.meta.dirname;",
    },
    logLevel: 'warning',
  });
// A separate process, which may read only this file and its decoders.
await bundleApart('cleaner', 'src/platform/files/cleaner/child.ts', 'cleaner');
// A thread of its own for each table that is protected, so that its memory comes back.
await bundleApart('solver-worker', 'src/returns/disclosure-control/solver-worker.ts', 'solver');
for (const path of globSync('node_modules/highs/**/*.wasm', { cwd: root }))
  cpSync(join(root, path), join(dist, 'solver', basename(path)));
cpSync(join(root, 'node_modules/highs/LICENSE'), join(dist, 'solver', 'LICENSE'));
for (const path of [
  '@cornerstonejs/codec-libjpeg-turbo-8bit/dist/libjpegturbowasm.wasm',
  '@jsquash/png/codec/pkg/squoosh_png_bg.wasm',
  '@jsquash/webp/codec/dec/webp_dec.wasm',
  '@hyzyla/pdfium/dist/pdfium.wasm',
])
  cpSync(join(root, 'node_modules', path), join(dist, 'cleaner', basename(path)));
for (const system of systems)
  cpSync(
    join(root, 'node_modules/sodium-native/prebuilds', system, 'sodium-native.node'),
    join(dist, 'sodium', `${system}.node`),
  );
for (const path of globSync('src/**/*.yaml', { cwd: root })) {
  const data = readData(basename(path), readFileSync(join(root, path), 'utf8'));
  writeFileSync(join(dist, basename(path)), JSON.stringify(data));
}
for (const path of globSync('src/*/schema/**/*.sql', { cwd: root }))
  cpSync(join(root, path), join(dist, path.replace(/^src/, 'schema')));
writeFileSync(
  join(dist, 'schema', 'digests.json'),
  JSON.stringify({
    main: digestOf(databaseDefinition, 'main'),
    safeguarding: digestOf(databaseDefinition, 'safeguarding'),
  }),
);
for (const path of globSync('src/**/*.typ', { cwd: root })) cpSync(join(root, path), join(dist, basename(path)));
copyPaper();
cpSync(await buildAssets(), join(dist, 'assets'), { recursive: true });
const bytes = globSync('**/*.js', { cwd: dist }).reduce((sum, path) => sum + statSync(join(dist, path)).size, 0);
console.log(
  `dist/ made in ${((Date.now() - started) / 1000).toFixed(1)} s: ${formatSize(bytes)} of script. Start it as the README says: node dist/main.js, with GLIBC_TUNABLES`,
);
