/** Renders templates: those of each area, and the GOV.UK and MoJ macros. User text is data here, never a template. */

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix } from 'node:path';
import nunjucks from 'nunjucks';
import { dayRange, longDay, shortDay, weekdayOf } from '../../vocabulary/calendar/days.ts';
import { formatDateTime } from '../../vocabulary/calendar/moments.ts';
import { capital, countWord, listOf, plural } from '../../vocabulary/languages/english.ts';
import { dayOf, timeOf } from '../clock.ts';

/** The model of each template that is not one of the four of `pages.ts`: the module that has the template adds it here. */
// biome-ignore lint/suspicious/noEmptyInterface: modules add to it
export interface ViewModels {}

export type Views = {
  readonly render: (view: string, model: object) => string;
  /** Renders once a page that differs from reader to reader in a few words alone; the answer puts theirs in, escaped. */
  readonly stencil: <Name extends string>(
    view: string,
    model: (words: Readonly<Record<Name, string>>) => object,
    names: readonly Name[],
    /** What is done to the page before the words go in. */
    finish?: (html: string, model: object) => string,
  ) => Stencil<Name>;
};
export type Stencil<Name extends string> = (words: Readonly<Record<Name, string>>) => string;

/** `views/x` of a module is `area/module/x`; `govuk/…` and `moj/…` lie in their packages. A built bundle carries the compiled templates of all. */
declare global {
  // By name, whatever the types of nunjucks call it.
  var safelightTemplates: ConstructorParameters<typeof nunjucks.PrecompiledLoader>[0];
}

declare module 'nunjucks' {
  namespace lib {
    // biome-ignore lint/suspicious/noShadowRestrictedNames: nunjucks calls it that
    function escape(text: string): string;
  }
}

const require = createRequire(import.meta.url);
const packageFolder = (name: string): string => dirname(require.resolve(`${name}/package.json`));

export function templatePath(name: string): string | undefined {
  const [first = '', ...rest] = name.split('/');
  const path =
    first === 'govuk'
      ? join(packageFolder('govuk-frontend'), 'dist', name)
      : first === 'moj'
        ? join(packageFolder('@ministryofjustice/frontend'), name)
        : ownTemplate([first, ...rest]);
  return existsSync(path) ? path : undefined;
}

/** `area/x` or `area/module/x`: its folder `views` is the nearest that has it. */
function ownTemplate(parts: readonly string[]): string {
  const src = join(import.meta.dirname, '../..');
  const inModule = join(src, ...parts.slice(0, 2), 'views', ...parts.slice(2));
  return parts.length > 2 && existsSync(inModule) ? inModule : join(src, parts[0] ?? '', 'views', ...parts.slice(1));
}

/** Names are paths with slashes, relative ones too: GOV.UK's macros ask for `./template.njk`. */
const resolveTemplate = (from: string, to: string): string => posix.join(posix.dirname(from), to);

class TemplateLoader extends nunjucks.Loader {
  override resolve = resolveTemplate;

  getSource(name: string): nunjucks.LoaderSource {
    const path = templatePath(name);
    if (!path) throw new Error(`template not found: ${name}`);
    return { src: readFileSync(path, 'utf8'), path: name, noCache: false };
  }
}

function openLoader(): nunjucks.Loader & nunjucks.ILoader {
  const compiled = globalThis.safelightTemplates;
  if (!compiled) return new TemplateLoader();
  const loader = new nunjucks.PrecompiledLoader(compiled);
  loader.resolve = resolveTemplate;
  return loader;
}

let views: Views | undefined;

/** One for the process: it keeps no state of an application, and compiling the templates is most of opening one. */
export function openViews(): Views {
  views ??= makeViews();
  return views;
}

function makeViews(): Views {
  const environment = new nunjucks.Environment(openLoader(), {
    autoescape: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  const filters = { capitalFirst: capital, longDay, shortDay, weekdayOf, dayOf, timeOf, countWord, listOf, plural };
  for (const [name, filter] of Object.entries(filters))
    environment.addFilter(name, filter as (...arguments_: unknown[]) => unknown);
  environment.addFilter('dayRange', (from: string, to: string) => dayRange(from, to));
  environment.addFilter('number', (count: number) => count.toLocaleString('en-GB'));
  environment.addGlobal('unknownKind', (kind: unknown) => {
    throw new Error(`no template shows the kind ${JSON.stringify(kind)}`);
  });
  environment.addFilter('moment', formatDateTime);
  const render = (view: string, model: object): string => environment.render(`${view}.njk`, model);
  return {
    render,
    stencil: (view, model, names, finish = (html) => html) =>
      createStencil((words) => {
        const shown = model(words);
        return finish(render(view, shown), shown);
      }, names),
  };
}

/** A mark that no template and no reader writes: a private character of Unicode round the name. */
const placeholderFor = (name: string): string => `\uE000${name}\uE000`;

function createStencil<Name extends string>(
  render: (words: Readonly<Record<Name, string>>) => string,
  names: readonly Name[],
): Stencil<Name> {
  const marks = Object.fromEntries(names.map((name) => [name, placeholderFor(name)])) as Record<Name, string>;
  let pieces: readonly string[] | undefined; // Rendered when it is first sent.
  return (words) => {
    pieces ??= render(marks).split('\uE000');
    return pieces.map((piece, index) => (index % 2 === 0 ? piece : nunjucks.lib.escape(words[piece as Name]))).join('');
  };
}

/** Text as it was typed, a line on a line, for a place that takes HTML: escaped here. */
export const withLineBreaks = (text: string): { readonly html: string } => ({
  html: text.trim().split(/\r?\n/).map(nunjucks.lib.escape).join('<br>'),
});
