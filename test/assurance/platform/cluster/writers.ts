/** Those who write while a fault happens: people who report, staff who send forms, and single inserts. They note what was acknowledged, and when. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { UnreplicatedCommit } from '../../../../src/platform/database/unreplicated.ts';
import { sessionCookie } from '../../../../src/platform/http/sites.ts';
import { nothingTold, report, type Told } from '../../reports/persistent-reporter.ts';
import type { Application } from './application.ts';

export type Written = {
  /** Receipts that were shown, and what became of the others. */
  readonly told: Told;
  /** Names of weeks that the staff site said were saved. */
  readonly weeks: Set<string>;
  readonly inserts: Set<string>;
  /** When anything was acknowledged, in milliseconds of `performance.now()`. */
  readonly answeredAt: number[];
  /** In milliseconds: the longest wait of a page of staff. */
  longestPage: number;
  /** Those that took longer than they may. */
  readonly slowPages: string[];
  /** Commits whose wait for a replica was cancelled, as PostgreSQL's notice says. */
  notices: number;
  /** Forms that were asked about by their check, and what it said. */
  readonly checks: { saved: number; notSaved: number; notKnown: number };
  /** Pages of staff that were answered by an error of ours. */
  readonly bugs: string[];
  reportersGaveUp: number;
};

const nothingWritten = (): Written => ({
  told: nothingTold(),
  weeks: new Set(),
  inserts: new Set(),
  answeredAt: [],
  longestPage: 0,
  slowPages: [],
  notices: 0,
  checks: { saved: 0, notSaved: 0, notKnown: 0 },
  bugs: [],
  reportersGaveUp: 0,
});

const reporters = 3;
const insertLanes = 3;
const thinksMs = 150;
const tirelessly = 3_000;
const pageMs = 60_000;
export const longestPageMs = 10_000;

export type Writing = { readonly written: Written; readonly stop: () => Promise<Written> };

export function startWriting(application: Application, round: number, random: () => number): Writing {
  const written = nothingWritten();
  const over = { yet: false };
  const think = () => sleep(random() * thinksMs);
  const noted = () => void written.answeredAt.push(performance.now());
  const at = { application, round, written, over, think, noted, random };
  const all = Promise.all([
    ...Array.from({ length: reporters }, (_, lane) => reportOn(at, lane)),
    ...application.sessions.map((session, lane) => sendForms(at, lane, session)),
    insertOn(at),
  ]);
  return {
    written,
    stop: async () => {
      over.yet = true;
      await all;
      return written;
    },
  };
}

type Lane = {
  readonly application: Application;
  readonly round: number;
  readonly written: Written;
  readonly over: { readonly yet: boolean };
  readonly think: () => Promise<unknown>;
  readonly noted: () => void;
  readonly random: () => number;
};

async function reportOn({ application, round, written, over, think, noted }: Lane, lane: number): Promise<void> {
  for (let time = 0; !over.yet; time += 1) {
    const what = `Report ${round}-${lane}-${time}.`;
    const who = (lane + time) % 3 === 0 ? 'me' : 'worried';
    const shown = written.told.shown.size;
    const one = { what, who, file: undefined, pressesAgain: tirelessly };
    const url = application.urls[(lane + time) % 2] ?? '';
    await report(url, one, written.told, think).catch(() => {
      written.reportersGaveUp += 1;
    });
    if (written.told.shown.size > shown) noted();
  }
}

async function insertOn({ application, round, written, over, noted }: Lane): Promise<void> {
  const db = application.openWriter();
  const lane = async (): Promise<void> => {
    while (!over.yet) {
      const id = randomUUID();
      try {
        await sql`insert into trial_inserts (id, round) values (${id}, ${round})`.execute(db);
        written.inserts.add(id);
        noted();
        await sleep(20);
      } catch (error) {
        if (error instanceof UnreplicatedCommit) written.notices += 1;
        await sleep(100);
      }
    }
  };
  await Promise.all(Array.from({ length: insertLanes }, lane));
  await db.destroy();
}

type Page = { readonly status: number; readonly body: string; readonly cookie: string };

/** A page of staff; undefined where the connection was lost. Notes how long it took. */
async function ask(written: Written, url: string, cookie: string, form?: URLSearchParams): Promise<Page | undefined> {
  const began = performance.now();
  const how = form ? { method: 'POST', body: form } : {};
  const signal = AbortSignal.timeout(pageMs);
  const answer = await fetch(url, { ...how, redirect: 'manual', headers: { cookie }, signal })
    .then(async (one) => ({
      status: one.status,
      body: await one.text(),
      cookie: one.headers.getSetCookie().at(-1)?.split(';')[0] ?? '',
    }))
    .catch(() => undefined);
  const took = performance.now() - began;
  written.longestPage = Math.max(written.longestPage, took);
  if (took > longestPageMs)
    written.slowPages.push(
      `${form ? (form.has('_check') ? 'check' : 'form') : 'page'} ${answer?.status} ${Math.round(took)} ms`,
    );
  if (answer && answer.status >= 500 && answer.status !== 503)
    written.bugs.push(`${answer.status} ${new URL(url).pathname}`);
  return answer;
}

/** One member after the other form: each is sent until the site says that it was saved. */
async function sendForms(lane: Lane, number: number, session: string): Promise<void> {
  const { application, round, written, over, think, noted } = lane;
  for (let time = 0; !over.yet; time += 1) {
    await think();
    const url = `${application.urls[(number + time) % 2]}/staff/weeks/new`;
    const signedIn = `${sessionCookie}=${session}`;
    const page = await ask(written, url, signedIn);
    const token = /name="_csrf" value="([^"]*)"/.exec(page?.body ?? '')?.[1];
    if (!token) continue;
    const name = `Week ${round}-${number}-${time}`;
    const saved = await sendUntilSaved(lane, url, [signedIn, page?.cookie].join('; '), weekForm(name, token));
    if (!saved) continue;
    written.weeks.add(name);
    noted();
  }
}

const weekForm = (name: string, token: string): Record<string, string> => ({
  _csrf: token,
  name,
  lead: 'Lea Vale',
  focus: 'labour exploitation',
  'starts-day': '11',
  'starts-month': '1',
  'starts-year': '2027',
  'ends-day': '17',
  'ends-month': '1',
  'ends-year': '2027',
});

const titleOf = (body: string): string => /<h1[^>]*>([^<]*)/.exec(body)?.[1]?.trim() ?? '';

async function sendUntilSaved(
  { written, over, random }: Lane,
  url: string,
  cookie: string,
  form: Record<string, string>,
): Promise<boolean> {
  for (;;) {
    const answer = await ask(written, url, cookie, new URLSearchParams(form));
    if (answer && (answer.status === 303 || answer.status === 409)) return true;
    if (answer && answer.status < 500)
      throw new Error(`a form was answered with ${answer.status} ${titleOf(answer.body)}`);
    // Some ask by one press whether it was saved, the others send it again.
    if (answer?.body.includes('name="_check"') && random() < 0.5) {
      const said = await ask(written, url, cookie, new URLSearchParams({ ...form, _check: 'answers' }));
      const title = said?.status === 200 ? titleOf(said.body) : '';
      if (title === 'It was saved') written.checks.saved += 1;
      else if (title === 'It was not saved') written.checks.notSaved += 1;
      else written.checks.notKnown += 1;
      if (title === 'It was saved') return true;
    }
    if (over.yet) return false;
    await sleep(200);
  }
}
