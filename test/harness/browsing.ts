/** A browser without a browser: keeps cookies and sends the token of a form. */
import assert from 'node:assert/strict';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { formCookie } from '../../src/platform/http/shells.ts';
import { sessionCookie } from '../../src/platform/http/sites.ts';

export type UploadedFile = { readonly name: string; readonly content: Uint8Array };

/** The token of the first form of a page. */
export const findFormToken = ({ body }: { readonly body: string }): string =>
  /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? '';

/** Takes form tokens from the sign-in page, which reads no record. */
export function openTestClient(app: FastifyInstance, session?: string) {
  const cookies: Record<string, string> = session === undefined ? {} : { [sessionCookie]: session };
  let form: { readonly token: string; readonly sentTo: Set<string> } | undefined;
  const ask = async (options: InjectOptions): Promise<LightMyRequestResponse> => {
    const response = await app.inject({ ...options, cookies });
    for (const { name, value } of response.cookies) {
      if ([sessionCookie, formCookie].includes(name) && cookies[name] !== value) form = undefined;
      cookies[name] = value;
    }
    return response;
  };
  // Each form has its own token. The first page is awaited, because a second request at the same time would set another cookie.
  const open = (): Promise<string> => ask({ method: 'GET', url: '/staff/sign-in' }).then(findFormToken);
  let first: Promise<string> | undefined;
  const formToken = async (): Promise<string> => {
    if (first) {
      await first;
      return open();
    }
    first = open();
    return first;
  };
  /** A form is known by its token and its address (idempotency.ts), so one token serves every address once, which spares a page for each form. */
  const tokenFor = async (url: string): Promise<string> => {
    if (!form || form.sentTo.has(url)) form = { token: await formToken(), sentTo: new Set() };
    form.sentTo.add(url);
    return form.token;
  };
  return {
    get: (url: string) => ask({ method: 'GET', url }),
    getWithHeaders: (url: string, headers: Readonly<Record<string, string>>) => ask({ method: 'GET', url, headers }),
    /** The token of a form that was opened just now. Two posts with the same are two presses of one button. */
    formToken,
    post: async (url: string, answers: Record<string, unknown> = {}) => {
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries({ _csrf: answers._csrf ?? (await tokenFor(url)), ...answers })) {
        for (const one of Array.isArray(value) ? value : [value]) body.append(name, String(one));
      }
      return ask({
        method: 'POST',
        url,
        payload: body.toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    },
    /** A form that brings a file, as a browser without script sends it: what was answered first. */
    upload: async (
      url: string,
      answers: Readonly<Record<string, string | readonly string[]>>,
      file: UploadedFile | undefined,
    ) => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ _csrf: answers._csrf ?? (await formToken()), ...answers }))
        for (const one of typeof value === 'string' ? [value] : value) form.append(name, one);
      if (file) form.append('file', new Blob([new Uint8Array(file.content)]), file.name);
      const sent = new Response(form);
      return ask({
        method: 'POST',
        url,
        payload: Buffer.from(await sent.arrayBuffer()),
        headers: { 'content-type': sent.headers.get('content-type') ?? '' },
      });
    },
  };
}
export type TestClient = ReturnType<typeof openTestClient>;

type Reader = Pick<TestClient, 'get'>;
const textOf = (body: string): string => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

/** Asserts what the source of a page has; `showsNo` what it has not. */
export const shows = async (at: Reader, url: string, what: RegExp, message?: string): Promise<void> =>
  assert.match((await at.get(url)).body, what, message);
export const showsNo = async (at: Reader, url: string, what: RegExp, message?: string): Promise<void> =>
  assert.doesNotMatch((await at.get(url)).body, what, message);
/** Asserts what a page says, without its tags; `readsNo` what it does not say. */
export const reads = async (at: Reader, url: string, what: RegExp, message?: string): Promise<void> =>
  assert.match(textOf((await at.get(url)).body), what, message);
export const readsNo = async (at: Reader, url: string, what: RegExp, message?: string): Promise<void> =>
  assert.doesNotMatch(textOf((await at.get(url)).body), what, message);

export type Form = { readonly to: string; readonly names: readonly string[]; readonly html: string };

/** The forms of a page that are posted, or those that search, with the names of their fields. */
export const formsIn = (html: string, on: string, method: 'post' | 'get' = 'post'): Form[] =>
  [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)]
    .filter(([, opening = '']) => (/method="post"/i.test(opening) ? 'post' : 'get') === method)
    .map(([, opening = '', inside = '']) => ({
      to: (/action="([^"]+)"/.exec(opening)?.[1] ?? on).replaceAll('&amp;', '&'),
      names: [...new Set([...inside.matchAll(/ name="([^"]+)"/g)].map(([, name = '']) => name))].filter(
        (name) => name !== '_csrf',
      ),
      html: inside,
    }));
