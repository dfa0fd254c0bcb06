/** Uses the staff pages as one member would, without a browser: reads, fills and sends forms, and reports their errors. All demonstration data is made this way. */
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { sessionCookie } from '../platform/http/sites.ts';
import { signInPaths } from '../vocabulary/paths/identity.ts';
import { searchPaths } from '../vocabulary/paths/platform.ts';

/** An option chosen by its label, as a person would. */
export type Labelled = { readonly labelled: string };
type Value = string | number | Labelled;
export type FormAnswers = Readonly<Record<string, Value | readonly (string | Labelled)[]>>;

export const labelled = (label: string): Labelled => ({ labelled: label });
const valuesOf = (value: Value | readonly (string | Labelled)[]): readonly Value[] =>
  Array.isArray(value) ? value : [value as Value];

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const decodeEntities = (html: string): string =>
  html.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? '');
const readAttribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : decodeEntities(found);
};

/** The values that the form would send unchanged. */
function readFormValues(form: string): [string, string][] {
  const shown: [string, string][] = [];
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const type = readAttribute(tag, 'type') ?? 'text';
    if (/radio|checkbox/.test(type) && !/\schecked\b/.test(tag)) continue;
    shown.push([readAttribute(tag, 'name') ?? '', readAttribute(tag, 'value') ?? '']);
  }
  for (const [, tag = '', text = ''] of form.matchAll(/(<textarea[^>]*>)([\s\S]*?)<\/textarea>/g)) {
    shown.push([readAttribute(tag, 'name') ?? '', decodeEntities(text)]);
  }
  for (const [, tag = '', options = ''] of form.matchAll(/(<select[^>]*>)([\s\S]*?)<\/select>/g)) {
    const selected = /<option[^>]*\sselected[^>]*>/.exec(options)?.[0] ?? '';
    shown.push([readAttribute(tag, 'name') ?? '', readAttribute(selected, 'value') ?? '']);
  }
  return shown.filter(([name]) => name !== '');
}

function findOptionValue(form: string, name: string, label: string): string {
  const select = new RegExp(`<select[^>]*\\sname="${name}"[\\s\\S]*?</select>`).exec(form)?.[0] ?? '';
  for (const [, tag = '', text = ''] of select.matchAll(/(<option[^>]*>)([^<]*)/g)) {
    if (decodeEntities(text).includes(label)) return readAttribute(tag, 'value') ?? '';
  }
  for (const [, tag = '', text = ''] of form.matchAll(/(<input[^>]*>)\s*<label[^>]*>([\s\S]*?)<\/label>/g)) {
    if (readAttribute(tag, 'name') === name && decodeEntities(text).includes(label))
      return readAttribute(tag, 'value') ?? '';
  }
  throw new Error(`the form offers no ${name} called “${label}”`);
}

type Sent = { readonly to: string; readonly response: LightMyRequestResponse };

export class Walker {
  readonly #app: FastifyInstance;
  readonly #cookies: Record<string, string>;

  readonly #presses: number;

  constructor(app: FastifyInstance, token: string, presses = 1) {
    this.#app = app;
    this.#presses = presses;
    this.#cookies = { [sessionCookie]: token };
  }

  async read(url: string): Promise<string> {
    const response = await this.#app.inject({ url, cookies: this.#cookies });
    for (const { name, value } of response.cookies) this.#cookies[name] = value;
    if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode}`);
    return response.body;
  }

  /** Where a page leads that only leads on. */
  async ledTo(url: string): Promise<string> {
    const response = await this.#app.inject({ url, cookies: this.#cookies });
    if (response.statusCode !== 303) throw new Error(`${url} answered ${response.statusCode} and leads nowhere`);
    return String(response.headers.location);
  }

  /** Where a page leads in the end that asks again by itself, and waits at each time. */
  async ledToAfter(url: string): Promise<string> {
    for (;;) {
      const { statusCode, headers } = await this.#app.inject({ url, cookies: this.#cookies });
      if (statusCode === 303) return String(headers.location);
      if (!headers.refresh) throw new Error(`${url} answered ${statusCode} and waits for nothing`);
    }
  }

  /** The address of the link with this label, on the page itself, not in its header. */
  async follow(url: string, words: string): Promise<string> {
    const page = await this.read(url);
    const html = page.slice(page.indexOf('<main'));
    for (const [, tag = '', text = ''] of html.matchAll(/(<a [^>]*>)([\s\S]*?)<\/a>/g)) {
      if (decodeEntities(text.replace(/<[^>]*>/g, '')).includes(words)) return readAttribute(tag, 'href') ?? '';
    }
    throw new Error(`${url} has no link that says “${words}”`);
  }

  /** Fills the form on a page and returns the address that it leads to. `action` chooses among several forms. Refuses with what the page says was wrong. */
  async fill(url: string, answers: FormAnswers = {}, action?: string): Promise<string> {
    return this.#ledOn(await this.#send(await this.read(url), url, answers, action));
  }

  /** Fills the form on a page, and then the form on the page that answers it under the same address. */
  async fillBoth(url: string, first: FormAnswers, second: FormAnswers): Promise<string> {
    const { response } = await this.#send(await this.read(url), url, first);
    if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode} and shows no second form`);
    return this.#ledOn(await this.#send(response.body, url, second));
  }

  /** Fills the form on a page that a page answers, and gives that page. */
  async fillForPage(url: string, answers: FormAnswers): Promise<string> {
    const { response } = await this.#send(await this.read(url), url, answers);
    if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode} and shows no page`);
    return response.body;
  }

  /** Uploads a file, and then fills the form on the page that answers it. */
  async fillAfterFile(url: string, file: { readonly name: string; readonly content: string }): Promise<string> {
    const token = readFormValues(await this.read(url)).find(([name]) => name === '_csrf')?.[1] ?? '';
    const form = new FormData();
    form.append('_csrf', token);
    form.append('file', new Blob([file.content], { type: 'text/csv' }), file.name);
    const sent = new Response(form);
    const response = await this.#app.inject({
      method: 'POST',
      url,
      cookies: this.#cookies,
      payload: Buffer.from(await sent.arrayBuffer()),
      headers: { 'content-type': sent.headers.get('content-type') ?? '' },
    });
    if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode} to a file`);
    return this.#ledOn(await this.#send(response.body, url, {}));
  }

  async #send(html: string, url: string, answers: FormAnswers, action?: string): Promise<Sent> {
    const forms = [...html.matchAll(/<form[^>]*method="post"[^>]*>[\s\S]*?<\/form>/g)].map(([form]) => form);
    const form = forms.find((one) => {
      const to = readAttribute(one, 'action') ?? url;
      return action ? to.endsWith(action) : !headerForms.includes(to);
    });
    if (!form) throw new Error(`${url} has no form${action ? ` for ${action}` : ''}`);
    const body = new URLSearchParams();
    for (const [name, value] of readFormValues(form)) if (!(name in answers)) body.append(name, value);
    for (const [name, value] of Object.entries(answers)) {
      for (const one of valuesOf(value))
        body.append(name, typeof one === 'object' ? findOptionValue(form, name, one.labelled) : String(one));
    }
    const to = readAttribute(form, 'action') || url;
    return { to, response: await this.#press(to, body) };
  }

  #ledOn({ to, response }: Sent): string {
    if (response.statusCode === 303) return String(response.headers.location);
    if (response.headers['content-disposition']) return to; // A file was handed out.
    const wrong = [...response.body.matchAll(/<li><a href="#[^"]*">([^<]*)<\/a>|<h1[^>]*>([^<]*)/g)].map(
      ([, one, title]) => decodeEntities(one ?? title ?? ''),
    );
    throw new Error(`${to} answered ${response.statusCode}: ${wrong.join('; ').trim()}`);
  }

  /** Sends the form as often as its button is pressed, at once. Refuses where two presses are answered differently. */
  async #press(url: string, form: URLSearchParams): Promise<LightMyRequestResponse> {
    const sent = {
      method: 'POST',
      url,
      payload: form.toString(),
      cookies: this.#cookies,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    } as const;
    const [first, ...more] = await Promise.all(Array.from({ length: this.#presses }, () => this.#app.inject(sent)));
    if (!first) throw new Error('nobody pressed the button');
    for (const { statusCode, headers } of more) {
      if (statusCode === first.statusCode && headers.location === first.headers.location) continue;
      throw new Error(`${url} answered ${first.statusCode} and ${statusCode} to the same form`);
    }
    return first;
  }
}

/** Forms that every page has. */
const headerForms: readonly string[] = [searchPaths.search(), signInPaths.signOut()];

/** `{ 'starts-day': '16', … }` for the three fields of a date. */
export function dateFields(name: string, day: string): Record<string, string> {
  const [year = '', month = '', date = ''] = day.split('-');
  return { [`${name}-day`]: String(Number(date)), [`${name}-month`]: String(Number(month)), [`${name}-year`]: year };
}

export const idFromAddress = (location: string): string => {
  const ids = location.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g);
  return ids?.at(-1) ?? '';
};
