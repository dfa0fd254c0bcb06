/** Every form that somebody is shown, sent twice: with a secret in every field whatever it asks for, and as it asks, with a secret wherever words are asked for. */

import { written } from '../../../src/newsroom/imported-releases/examples.ts';
import type { Side } from '../../../src/vocabulary/people.ts';
import type { Visitor } from '../../fixtures/application.ts';
import { mixed } from '../../harness/assurance.ts';
import { type Form, formsIn, openTestClient } from '../../harness/browsing.ts';
import { toRouteShape } from '../../harness/crawl.ts';
import { type Letter, type Manner, type Secrets, wasRead } from './canary-secrets.ts';
import { threeAtOnce, type World } from './world.ts';

/** The viewer: a member of the cast on one side of the wall, a member of an agency that takes part in nothing, an invited person, or anybody. */
export type Viewer = { readonly name: string; readonly side: Side | 'outside' | 'invited' | 'public' };
export type Guest = Pick<Visitor, 'get' | 'post'> & { readonly who: Viewer };

type Answer = Awaited<ReturnType<Visitor['post']>>;
/** Hears every answer, with what the request itself had carried. */
export type Watch = (who: Viewer, url: string, answer: Answer, letter?: Letter) => void;

type Shown = Form & { readonly by: Guest; readonly on: string; readonly searches?: true };

/** After these somebody may do or see less than before: they are sent last. */
const parting = /\/(end|end-others|stay|roles|sessions|remove|unlink\/.*|withdraw|give-up|password)$/;

export class Forms {
  readonly #world: World;
  readonly #secrets: Secrets;
  readonly #watch: Watch;
  readonly #somebody: string;
  readonly #seen = new Set<string>();
  readonly #waiting: Shown[] = [];
  readonly #routes: readonly { readonly route: string; readonly fits: RegExp }[];
  /** The addresses of forms to which a form of their own was sent, and was read: kept, or given back. */
  readonly read = new Set<string>();

  /** `somebody`: a person encountered, for the forms that ask by id about whom. */
  constructor(world: World, secrets: Secrets, watch: Watch, somebody: string) {
    this.#somebody = somebody;
    this.#world = world;
    this.#secrets = secrets;
    this.#watch = watch;
    this.#routes = postRoutes(world)
      .sort((one, other) => places(one) - places(other))
      .map((route) => ({ route, fits: new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`) }));
  }

  /** Each kind of form is kept once, however many pages show it. */
  meet(by: Guest, url: string, html: string): void {
    for (const form of formsIn(html, url)) {
      const one = `${toRouteShape(url)} ${toRouteShape(form.to)} ${form.names.join()}`;
      if (this.#seen.has(one) || /\/(sign-out|try)$/.test(form.to)) continue;
      this.#seen.add(one);
      this.#waiting.push({ ...form, by, on: url });
    }
    for (const form of formsIn(html, url, 'get')) {
      const one = `${toRouteShape(form.to)} ${form.names.join()}`;
      if (!this.#seen.has(one)) this.#waiting.push({ ...form, by, on: url, searches: true });
      this.#seen.add(one);
    }
  }

  /** Sends what was met since, in an order that chance decides, until so many secrets are sent as the forms ask. Those by which somebody parts wait. */
  async send(random: () => number, most: number): Promise<void> {
    const enough = this.#sentAsAsked + most;
    const forms = this.#waiting.splice(0);
    this.#waiting.push(...forms.filter(({ to }) => parting.test(to)));
    const rest = forms.filter(({ to }) => !parting.test(to));
    await threeAtOnce(mixed(rest, random), (form) => this.#sendTwice(form, enough));
  }

  /** What is still waiting: those by which somebody parts, one after the other. */
  async sendLast(most: number): Promise<void> {
    const enough = this.#sentAsAsked + most;
    for (const form of this.#waiting.splice(0)) await this.#sendTwice(form, enough);
  }

  /** Only these can be kept, so a form of a hundred fields, filled in wrongly, uses up nothing. */
  get #sentAsAsked(): number {
    return this.#secrets.all.filter(({ manner }) => manner === 'as asked').length;
  }

  async #sendTwice(form: Shown, enough: number): Promise<void> {
    if (this.#sentAsAsked >= enough) return;
    if (form.searches) return this.#search(form);
    if (form.names.length > 0) await this.#sendOne(form, 'not fitting');
    await this.#sendOne(await asItIsNow(form), 'as asked');
  }

  async #search({ by, to, names }: Shown): Promise<void> {
    const path = to.split('?')[0] ?? '';
    const letter = this.#secrets.letter(toRouteShape(path), 'around');
    const url = `${path}?${new URLSearchParams(Object.fromEntries(names.map((name) => [name, letter.secret(name)])))}`;
    const answer = await by.get(url);
    letter.answered(answer);
    this.#watch(by.who, url, answer, letter);
  }

  async #sendOne(form: Shown, manner: Manner): Promise<void> {
    const { by, to, names } = form;
    const route = this.#routes.find(({ fits }) => fits.test(to.split('?')[0] ?? ''))?.route ?? toRouteShape(to);
    const letter = this.#secrets.letter(route, manner, by.who.name);
    const answers =
      manner === 'as asked'
        ? filledIn(form, letter.secret, this.#somebody)
        : Object.fromEntries(names.map((name) => [name, letter.secret(name)]));
    const answer = await by.post(to, answers);
    letter.answered(answer);
    this.#watch(by.who, to, answer, letter);
    if (wasRead(answer.statusCode)) this.read.add(route);
    if (manner === 'as asked') await this.#goOn(form, answer);
  }

  /** Follows the answer: the page it redirects to, the same form again after a preview, or the link that an administrator gives to an invited person. */
  async #goOn({ by, to, html }: Shown, { statusCode, headers, body }: Answer): Promise<void> {
    const link = /\/staff\/join\/[\w-]{20,}/.exec(body)?.[0];
    const preview = statusCode === 200 ? formsIn(body, to).find((form) => form.to === to && sends(form)) : undefined;
    if (preview && !sends({ html })) await this.#sendOne({ ...preview, by, on: to }, 'as asked');
    const [guest, url] = link
      ? [nobody(this.#world, 'somebody invited', 'invited'), link]
      : [by, statusCode === 303 ? String(headers.location) : ''];
    if (!url.startsWith('/')) return;
    const page = await guest.get(url);
    this.#watch(guest.who, url, page);
    if (page.statusCode !== 200) return;
    if (link)
      for (const form of formsIn(page.body, url)) await this.#sendOne({ ...form, by: guest, on: url }, 'as asked');
    else this.meet(guest, url, page.body);
  }
}

export const nobody = ({ app }: World, name: string, side: Viewer['side'] = 'public'): Guest => ({
  ...openTestClient(app),
  who: { name, side },
});

/** Others have changed the record since the form was met. */
async function asItIsNow(form: Shown): Promise<Shown> {
  const { body } = await form.by.get(form.on);
  const same = formsIn(body, form.on).find(({ to, names }) => to === form.to && names.join() === form.names.join());
  return { ...form, ...same };
}

const sends = ({ html }: Pick<Form, 'html'>): boolean => / value="send"/.test(html);

const places = (route: string): number => route.split(':').length;

/** Every address that something is sent to, by a form or by a program. */
export const postRoutes = ({ app }: World): string[] => [
  ...new Set(app.offered.flatMap(({ method, url }) => (method === 'POST' ? [url] : []))),
];

/** What asks for no words, by the name of its field. */
const fixed: readonly (readonly [RegExp, string])[] = [
  [/^from$/, '09:00'],
  [/^until$/, '17:00'],
  [/^postcode$/, 'ZZ1 1ZZ'],
  [/-day$/, '24'],
  [/-month$/, '11'],
  [/-year$/, '2026'],
  [/time|starts|left/i, '10:30'],
  [/^age$/, '30'],
  [/pence/, '12.50'],
  [/^present$/, 'only for tests'],
];

const decoded = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** Answers as a person would: the chosen or first option, the given value for days and numbers, and a sentence for text. */
function filledIn({ to, names, html }: Form, secret: Letter['secret'], somebody: string): Record<string, unknown> {
  const answers: Record<string, unknown> = {};
  for (const name of names) {
    const named = ` name="${name.replace(/[^\w-]/g, '\\$&')}"`;
    const tags = [...html.matchAll(new RegExp(`<(?:input|textarea|select|button)[^>]*${named}[^>]*>`, 'g'))].flat();
    const tag = tags.find((one) => / checked|value="wants help now"/.test(one)) ?? tags[0] ?? '';
    const value = decoded(/ value="([^"]*)"/.exec(tag)?.[1] ?? '');
    const known = fixed.find(([fits]) => fits.test(name))?.[1];
    if (/type="(radio|checkbox|hidden|submit)"/.test(tag)) answers[name] = value;
    else if (tag.startsWith('<select'))
      answers[name] = decoded(new RegExp(`${named}[\\s\\S]*?<option value="([^"]+)"`).exec(html)?.[1] ?? '');
    else if (known) answers[name] = value || known;
    else if (name === 'about' || name === 'record') answers[name] = somebody;
    else if (name === 'issuer') answers[name] = `https://${secret(name)}.example.org`;
    else if (/inputmode="(numeric|decimal)"/.test(tag)) answers[name] = value || '1';
    else if (name === 'again') answers[name] = answers.wanted ?? answers.password;
    else if (/type="email"/.test(tag)) answers[name] = `${secret(name)}@example.org`;
    else if (name === 'text' && to.endsWith('/archive/import'))
      answers[name] = written({ title: `Week of ${secret('title')}`, body: `Officers visited ${secret('body')}.` });
    else answers[name] = `${secret(name)} seen there by two of us`;
  }
  return answers;
}
