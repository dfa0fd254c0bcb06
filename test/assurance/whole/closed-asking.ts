/** A server to be killed, and its client: a record to read, and a form to correct it. */
import { join } from 'node:path';
import type { Embedded } from '../../../src/platform/embedded-postgres/embedded.ts';
import { sessionCookie } from '../../../src/platform/http/sites.ts';
import { startKillableServer } from '../../harness/killed.ts';

/** A record, and the session of a member who may read and correct it. */
export type Target = { readonly id: string; readonly token: string };

export const startServer = ({ addresses }: Embedded) =>
  startKillableServer(join(import.meta.dirname, 'killed-server.ts'), addresses);

export const read = (url: string, { id, token }: Target): Promise<Response> =>
  fetch(`${url}/staff/encounters/${id}/brief`, {
    headers: { cookie: `${sessionCookie}=${token}` },
    redirect: 'manual',
  });

export type OpenForm = { readonly at: string; readonly cookie: string; readonly answers: Record<string, string> };

/** The form by which it is corrected how somebody was met, filled in but not yet sent. */
export async function openForm(url: string, { id, token }: Target): Promise<OpenForm> {
  const at = `${url}/staff/encounters/${id}/correct`;
  const page = await fetch(at, { headers: { cookie: `${sessionCookie}=${token}` } });
  const html = await page.text();
  // The last of each counts, as in a browser: every form of a first page sets the token's cookie again.
  const secret = page.headers.getSetCookie().at(-1)?.split(';')[0] ?? '';
  const hidden = (name: string): string =>
    [...html.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))].at(-1)?.[1] ?? '';
  const met = { place: 'works there', spokenTo: 'spoken to', age: 'adult', interpreter: 'by phone' };
  const answers = {
    ...met,
    _csrf: hidden('_csrf'),
    base: hidden('base'),
    language: `Language ${Math.random()}`,
    why: 'A trial',
  };
  return { at, cookie: [`${sessionCookie}=${token}`, secret].join('; '), answers };
}

export const send = ({ at, cookie, answers }: OpenForm): Promise<Response> =>
  fetch(at, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(answers),
  });
