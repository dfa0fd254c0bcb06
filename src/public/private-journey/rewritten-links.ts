/** Rewrites a page for a journey: its links and forms lead to the single address and carry the step. Areas write ordinary links and forms. */
import { privateEntrance } from '../../platform/addresses.ts';
import { stepMark } from '../../platform/http/private-request.ts';

/** `/help?who=me#now` without what follows the path. */
export const pathOf = (address: string): string => address.replace(/[?#].*$/, '');
const withoutFragment = (address: string): string => address.replace(/#.*$/, '');

const patterns = new Map<string, RegExp>();
function attributePattern(name: string): RegExp {
  const known = patterns.get(name) ?? new RegExp(`\\s${name}="([^"]*)"`);
  patterns.set(name, known);
  return known;
}
const readAttribute = (attributes: string, name: string): string | undefined =>
  attributePattern(name).exec(attributes)?.[1];
const removeAttributes = (attributes: string, ...names: readonly string[]): string =>
  names.reduce((left, name) => left.replace(attributePattern(name), ''), attributes);

const hiddenInput = (name: string, value: string): string => `<input type="hidden" name="${name}" value="${value}">`;

/** A button looks like what it was: a link, or a link that looked like a button. */
function toButton(attributes: string, words: string, to: string): string {
  const classes = readAttribute(attributes, 'class') ?? '';
  const looks = /\bgovuk-button\b/.test(classes) ? classes : `sl-go ${classes}`.trim();
  const others = removeAttributes(attributes, 'href', 'class', 'role', 'draggable', 'data-module', 'rel');
  return `<button form="go" name="to" value="${withoutFragment(to)}" class="${looks}"${others}>${words}</button>`;
}

function toForm(attributes: string, to: string, { language, entrance }: Journey): string {
  const way = (readAttribute(attributes, 'method') ?? 'get').toLowerCase();
  const others = removeAttributes(attributes, 'action', 'method');
  const hiddenFields = { to: withoutFragment(to), way, language, step: stepMark };
  return `<form method="post" action="${entrance}"${others}>${Object.entries(hiddenFields)
    .map(([name, value]) => hiddenInput(name, value))
    .join('')}`;
}

/** Whose links are rewritten. `entrance`: the address of the journey on the host that is asked. */
type Journey = { readonly language: string; readonly entrance: string };

/** `html` is a rendered page of ours: typed text in it is escaped, so every tag comes from a template. */
export const rewriteLinks = (html: string, isInternal: (path: string) => boolean, journey: Journey): string =>
  html
    .replace(/<a\b([^>]*)>([\s\S]*?)<\/a>/g, (link, attributes: string, words: string) => {
      const to = readAttribute(attributes, 'href');
      return to !== undefined && isInternal(pathOf(to)) ? toButton(attributes, words, to) : link;
    })
    .replace(/<form\b([^>]*)>/g, (form, attributes: string) => {
      const to = readAttribute(attributes, 'action');
      if (to === privateEntrance) return form.replace(`action="${to}"`, () => `action="${journey.entrance}"`);
      return to !== undefined && isInternal(pathOf(to)) ? toForm(attributes, to, journey) : form;
    });
