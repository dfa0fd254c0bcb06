/** A server to be killed, and who asks it: a record to read, a form to correct it by. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sessionCookie } from '../../src/platform/doors.ts';
import type { Embedded } from '../../src/platform/embedded.ts';

/** A record, and the session of somebody who may read and correct it. */
export type Target = { readonly id: string; readonly token: string };

export async function startServer({ addresses }: Embedded): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'killed-server.ts')], {
    env: { ...process.env, HOUSE_ADDRESSES: JSON.stringify(addresses) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`the server ended by itself with ${code}`);
  });
  died.catch(() => {}); // Later it is killed, and should be.
  const [port] = await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), died]);
  return { url: `http://127.0.0.1:${String(port).trim()}`, child };
}

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
  // The last of each counts, as in a browser: every form of a first page makes the token's cookie anew.
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
