/** An installation that runs elsewhere, as the main job needs it: its address, and all-powerful logins of its databases. */
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, InjectOptions } from 'fastify';
import type { BrowserContextOptions } from 'playwright-core';
import type { Member } from '../../../../src/identity/agencies/index.ts';
import { instantAt } from '../../../../src/platform/clock.ts';
import { openDatabase } from '../../../../src/platform/database/database.ts';
import { sessionCookie } from '../../../../src/platform/http/sites.ts';
import { casting, openSession } from '../../../fixtures/application.ts';
import { type Installation, mainJobStart } from '../../../fixtures/main-job.ts';
import { launchBrowser } from '../../../harness/browser.ts';
import { openTestClient } from '../../../harness/browsing.ts';

export type Place = {
  readonly base: string;
  /** Addresses of superusers. */
  readonly main: string;
  readonly safeguarding: string;
  /** The file that says how far the clock of its processes is ahead. */
  readonly clock: string;
};

/** How long until each process has read the file of its clock. */
const clockReadMs = 200;

export async function openInstallation(place: Place) {
  const [db, safeguardingDb] = [openDatabase(place.main), openDatabase(place.safeguarding)];
  const browser = await launchBrowser();
  const clock = clockIn(place.clock);
  await clock.move(instantAt(mainJobStart.today, mainJobStart.time));
  const openSessionOf = ({ id }: Member): Promise<string> =>
    openSession(db, id, clock.now(), { method: 'password', sharedWorkstation: false });
  const pageOf = async (who: Member, options: BrowserContextOptions = {}) => {
    // The certificate is made for this run. Node, which reports are sent by, checks it.
    const context = await browser.newContext({ ...options, ignoreHTTPSErrors: true });
    await context.addCookies([{ name: sessionCookie, value: await openSessionOf(who), url: `${place.base}/staff` }]);
    return context.newPage();
  };
  const world: Installation = {
    ...casting(db),
    base: place.base,
    db,
    clock,
    pageOf,
    signIn: async (who) => openTestClient(requestsTo(place.base), await openSessionOf(who)),
  };
  const close = async (): Promise<void> => {
    await browser.close();
    await Promise.all([db.destroy(), safeguardingDb.destroy()]);
  };
  return { ...world, safeguardingDb, close };
}

function clockIn(file: string) {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    move: async (to: Date): Promise<void> => {
      ahead = to.getTime() - Date.now();
      writeFileSync(file, String(ahead));
      await sleep(clockReadMs);
    },
  };
}

/** What a test client asks of an application, sent to an address. */
const requestsTo = (base: string): FastifyInstance =>
  ({
    inject: async ({ method = 'GET', url, payload, headers, cookies = {} }: InjectOptions) => {
      const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
      const answer = await fetch(`${base}${url}`, {
        method,
        redirect: 'manual',
        headers: { ...(headers as Record<string, string>), cookie: cookie.join('; ') },
        ...(typeof payload === 'string' && { body: payload }),
      });
      const set = answer.headers.getSetCookie().map((one) => /^([^=]+)=([^;]*)/.exec(one) ?? []);
      return {
        statusCode: answer.status,
        body: await answer.text(),
        headers: Object.fromEntries(answer.headers),
        cookies: set.map(([, name = '', value = '']) => ({ name, value })),
      };
    },
  }) as never;
