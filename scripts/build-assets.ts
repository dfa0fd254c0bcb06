/** Makes the style sheets, islands and fonts once for each state of their sources; asked by the server at its start and by the bundle's build. */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const root = join(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
const packageFolder = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/** Templates of public pages. Rules of the style sheet that these do not use are removed. */
const publicTemplates = [
  'src/platform/views/{base,exit,public,problem}*.njk',
  'src/{public/*,newsroom/publication,reports}/views/public-*.njk',
];
const staffTemplates = ['src/**/views/*.njk'];
/** Where else a class may be named: what a page's model says of a field or a cell. */
const pages = {
  public: [
    'src/public/signs/pages*.ts',
    'src/newsroom/publication/pages.ts',
    'src/reports/{intake,map}/*pages.ts',
    'src/public/private-journey/rewritten-links.ts',
    'src/public/languages/language.ts',
  ],
  staff: ['src/**/*page*.ts', 'src/platform/forms/fields.ts'],
} as const;
const sources = [
  'assets/**/*.{scss,ts}',
  'src/**/views/*.njk',
  'src/**/*page*.ts',
  'src/public/private-journey/rewritten-links.ts',
  'src/public/languages/language.ts',
  'src/platform/forms/fields.ts',
  'src/reports/sealing/{browser-sealing,envelope}.ts',
  'package-lock.json',
  'scripts/build-assets.ts',
];

/** The folder of finished assets, made when it does not exist. */
export async function buildAssets(): Promise<string> {
  const folder = join(root, 'node_modules/.cache/safelight/assets', contentKey());
  if (!existsSync(folder)) await make(folder);
  return folder;
}

function contentKey(): string {
  const hash = createHash('sha256');
  const found = sources.map((source) => globSync(source, { cwd: root }));
  const missing = sources.filter((_source, index) => found[index]?.length === 0);
  if (missing.length > 0) throw new Error(`No file fits ${missing.join(' ')} in scripts/build-assets.ts`);
  for (const path of [...new Set(found.flat())].sort()) hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest('hex').slice(0, 16);
}

async function make(folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const making = mkdtempSync(`${folder}-making-`);
  const sheets = ['public', 'named', 'paper', 'staff'] as const;
  await Promise.all(sheets.map(async (name) => writeFileSync(join(making, `${name}.css`), await css(name))));
  for (const name of islandFiles) writeFileSync(join(making, `${name}.js`), await island(name));
  const fonts = join(packageFolder('@fontsource/atkinson-hyperlegible'), 'files');
  for (const weight of ['400', '700']) {
    cpSync(join(fonts, `atkinson-hyperlegible-latin-${weight}-normal.woff2`), join(making, `atkinson-${weight}.woff2`));
  }
  for (const name of ['public.css', 'staff.css', ...islandFiles.map((name) => `${name}.js`)]) {
    const content = readFileSync(join(making, name));
    writeFileSync(join(making, `${name}.br`), brotliCompressSync(content));
    writeFileSync(join(making, `${name}.gz`), gzipSync(content, { level: 9 }));
  }
  try {
    renameSync(making, folder);
  } catch (error) {
    rmSync(making, { recursive: true });
    if (!existsSync(folder)) throw error; // Otherwise another process made the same at the same time.
  }
}

async function css(name: 'public' | 'named' | 'paper' | 'staff'): Promise<string> {
  const site = name === 'staff' ? 'staff' : 'public';
  const [sass, { PurgeCSS }, esbuild] = await Promise.all([import('sass'), import('purgecss'), import('esbuild')]);
  const compiled = sass.compile(join(root, `assets/scss/${name}.scss`), {
    loadPaths: [join(root, 'node_modules'), join(root, 'assets/scss'), root],
    quietDeps: true,
    silenceDeprecations: ['if-function'],
    logger: sass.Logger.silent,
  });
  const content = globSync(site === 'staff' ? staffTemplates : publicTemplates, { cwd: root }).map((path) =>
    join(root, path),
  );
  const [purged] = await new PurgeCSS().purge({
    content: [
      ...content,
      ...componentTemplates(content),
      ...globSync(pages[site], { cwd: root }).map((path) => join(root, path)),
    ],
    css: [{ raw: compiled.css }],
    defaultExtractor: (text) => text.match(/[A-Za-z0-9_!-]+/g) ?? [],
    safelist: {
      standard: [
        /^(blockquote|ul|ol|li|p|h2|h3|a|strong|em|table|th|td)$/,
        /^govuk-template/,
        'js-enabled',
        'govuk-frontend-supported',
        ':root',
        ':is',
        ':where',
        'sl-original', // Written by gathered-english.ts.
        ...(site === 'staff' ? [/^sl-state--/, /^sl-marked-/, /^govuk-tag--/] : []), // Their second half is data.
      ],
    },
    variables: false,
  });
  const { code } = await esbuild.transform(purged?.css ?? '', {
    loader: 'css',
    minify: true,
    target: ['chrome111', 'firefox113', 'safari16.2'],
  });
  return code.trim();
}

/** The GOV.UK and MoJ templates behind the macros that these templates use, directly or indirectly. */
function componentTemplates(templates: readonly string[]): string[] {
  const found = new Set<string>();
  const queue = [...templates];
  for (let path = queue.pop(); path; path = queue.pop()) {
    const text = readFileSync(path, 'utf8');
    for (const [, name = ''] of text.matchAll(
      /["'](?:\.{1,2}\/|govuk\/|moj\/)[^"']*?([a-z-]+)\/(?:macro|template)\.njk["']/g,
    )) {
      for (const [packageName, kind] of [
        ['govuk-frontend', 'dist/govuk'],
        ['@ministryofjustice/frontend', 'moj'],
      ] as const) {
        const template = join(packageFolder(packageName), kind, 'components', name, 'template.njk');
        if (existsSync(template) && !found.has(template)) {
          found.add(template);
          queue.push(template);
        }
      }
    }
  }
  return [...found];
}

/** Scripts of all staff pages, of passkey pages, of journey pages for leaving, of the reporting form for sealing, and for waiting. */
const islandFiles = ['staff', 'passkey', 'leave', 'seal', 'work'] as const;

async function island(name: (typeof islandFiles)[number]): Promise<string> {
  const esbuild = await import('esbuild');
  const built = await esbuild.build({
    entryPoints: [join(root, `assets/${name}.ts`)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife', // A page may have several; none may see another's names.
    target: 'es2020',
    legalComments: 'none',
  });
  return built.outputFiles[0]?.text ?? '';
}
