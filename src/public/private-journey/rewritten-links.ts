/** Rewrites a page for a journey: its links and forms lead to the single address and carry the step. Areas write ordinary links and forms. */
import { stepMark } from '../../platform/http/private-request.ts';

/** `/help?who=me#now` without what follows the path. */
export const pathOf = (address: string): string => address.replace(/[?#].*$/, '');
const withoutFragment = (address: string): string => address.replace(/#.*$/, '');

const patterns = new Map<string, RegExp>();
function attribute(name: string): RegExp {
  const known = patterns.get(name) ?? new RegExp(`\\s${name}="([^"]*)"`);
  patterns.set(name, known);
  return known;
}
const told = (attributes: string, name: string): string | undefined => attribute(name).exec(attributes)?.[1];
const without = (attributes: string, ...names: readonly string[]): string =>
  names.reduce((left, name) => left.replace(attribute(name), ''), attributes);

const hidden = (name: string, value: string): string => `<input type="hidden" name="${name}" value="${value}">`;

/** A button looks like what it was: a link, or a link that looked like a button. */
function buttonOf(attributes: string, words: string, to: string): string {
  const classes = told(attributes, 'class') ?? '';
  const looks = /\bgovuk-button\b/.test(classes) ? classes : `sl-go ${classes}`.trim();
  const others = without(attributes, 'href', 'class', 'role', 'draggable', 'data-module', 'rel');
  return `<button form="go" name="to" value="${withoutFragment(to)}" class="${looks}"${others}>${words}</button>`;
}

function formOf(attributes: string, to: string, language: string): string {
  const way = (told(attributes, 'method') ?? 'get').toLowerCase();
  const others = without(attributes, 'action', 'method');
  const brought = { to: withoutFragment(to), way, language, step: stepMark };
  return `<form method="post" action="/"${others}>${Object.entries(brought)
    .map(([name, value]) => hidden(name, value))
    .join('')}`;
}

/** `html` is a rendered page of ours: typed text in it is escaped, so every tag comes from a template. */
export function turned(html: string, isIndoors: (path: string) => boolean, language: string): string {
  return html
    .replace(/<a\b([^>]*)>([\s\S]*?)<\/a>/g, (link, attributes: string, words: string) => {
      const to = told(attributes, 'href');
      return to !== undefined && isIndoors(pathOf(to)) ? buttonOf(attributes, words, to) : link;
    })
    .replace(/<form\b([^>]*)>/g, (form, attributes: string) => {
      const to = told(attributes, 'action');
      return to !== undefined && isIndoors(pathOf(to)) ? formOf(attributes, to, language) : form;
    });
}
