/** Somebody in front of the sign-in page, for tests: a browser's cookies and forms without a browser. */
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { addMember, hashPassword, type Member } from '../../../../src/identity/agencies/index.ts';
import { newId } from '../../../../src/vocabulary/ids.ts';
import type { Role } from '../../../../src/vocabulary/people.ts';
import type { TestHouse } from '../../house.ts';

export const password = 'correct horse battery';
/** Made once a process: it is slow on purpose. */
let hash: Promise<string> | undefined;

/** A member who can sign in with the password. */
export async function addAccount(
  { db, agency }: TestHouse,
  email = 'asha@example.org',
  roles: readonly Role[] = ['planner'],
  at?: Awaited<ReturnType<TestHouse['agency']>>,
): Promise<Member> {
  const member: Member = {
    id: newId(),
    agencyId: (at ?? (await agency())).id,
    name: 'Asha Test',
    title: 'Sergeant',
    roles,
    endedAt: null,
  };
  hash ??= hashPassword(password);
  await addMember(db, member, { email, passwordHash: await hash });
  return member;
}

export const csrfIn = (html: string): string => /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
const unescaped = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
/** What a hidden field of a form holds. */
export const fieldIn = (html: string, name: string): string =>
  unescaped(new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '');

type Answers = Readonly<Record<string, string>>;

export class Browser {
  readonly cookies: Record<string, string> = {};
  readonly #app: FastifyInstance;
  readonly #address: string;
  #token = '';

  constructor({ app }: Pick<TestHouse, 'app'>, address = '203.0.113.7') {
    this.#app = app;
    this.#address = address;
  }

  get(url: string): Promise<LightMyRequestResponse> {
    return this.#ask({ method: 'GET', url });
  }

  async post(url: string, answers: Answers = {}): Promise<LightMyRequestResponse> {
    if (this.#token === '') await this.get('/staff/sign-in');
    return this.#ask({
      method: 'POST',
      url,
      payload: new URLSearchParams({ ...answers, _csrf: this.#token }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  }

  signIn(answers: Answers = {}): Promise<LightMyRequestResponse> {
    return this.post('/staff/sign-in', { email: 'asha@example.org', password, ...answers });
  }

  /** Whether she is let in to the first page. */
  async isIn(): Promise<boolean> {
    return (await this.get('/staff')).statusCode === 200;
  }

  async #ask(options: object): Promise<LightMyRequestResponse> {
    const response = await this.#app.inject({ ...options, cookies: this.cookies, remoteAddress: this.#address });
    let changed = false;
    for (const { name, value, maxAge } of response.cookies) {
      changed ||= name === 'safelight';
      if (value === '' || maxAge === 0) delete this.cookies[name];
      else this.cookies[name] = value;
    }
    const token = csrfIn(response.body);
    if (token !== '') this.#token = token;
    else if (changed) this.#token = '';
    return response;
  }
}

/** Signs in by password, code and all; for the code see code.test.ts. */
export const signedIn = async (house: TestHouse, answers: Answers = {}): Promise<Browser> => {
  const browser = new Browser(house);
  await browser.signIn(answers);
  return browser;
};
