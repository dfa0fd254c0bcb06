/** Opens the whole application for a test: real databases from a template, the app, a clock that does not move. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { access, areas, house, openApp } from '../../src/app.ts';
import {
  type Agency,
  addAgency,
  addMember,
  holdSession,
  type Member,
  openSession,
  resolveActor,
} from '../../src/identity/agencies/index.ts';
import { instantAt, stoppedClock } from '../../src/platform/clock.ts';
import { type Config, readConfig } from '../../src/platform/config.ts';
import type { UnitKeys } from '../../src/platform/crypto/crypto.ts';
import { type Addresses, Databases, type Db, openDatabase } from '../../src/platform/database/database.ts';
import { sessionCookie } from '../../src/platform/http/sites.ts';
import { openAssets } from '../../src/platform/rendering/assets.ts';
import { newId } from '../../src/vocabulary/ids.ts';
import { type AgencyKind, type Role, sideOf } from '../../src/vocabulary/people.ts';
import { type Ends, openTestDatabases, type Seed } from './database.ts';
import { testKeys } from './keys.ts';

export type Visitor = {
  readonly member: Member;
  /** The member's session, for a browser that is to be signed in as that member. */
  readonly token: string;
  readonly get: (url: string) => Promise<LightMyRequestResponse>;
  /** The token of a form that was opened just now. Two posts with the same are two presses of one button. */
  readonly formToken: () => Promise<string>;
  readonly post: (url: string, answers?: Record<string, unknown>) => Promise<LightMyRequestResponse>;
  /** A form that brings a file, as a browser without script sends it: what was answered first. */
  readonly bring: (
    url: string,
    answers: Readonly<Record<string, string>>,
    file: BroughtFile | undefined,
  ) => Promise<LightMyRequestResponse>;
};
export type BroughtFile = { readonly name: string; readonly content: Uint8Array };

export type TestHouse = {
  readonly app: FastifyInstance;
  readonly config: Config;
  readonly databases: Databases;
  /** Of the same databases, for a process of its own. */
  readonly addresses: Addresses;
  readonly keys: UnitKeys;
  readonly clock: ReturnType<typeof stoppedClock>;
  /** All-powerful: for setting up and checking, never given to the app. */
  readonly db: Db;
  readonly safeguardingDb: Db;
  /** How many queries the app has sent since the last call, beginnings and ends aside. */
  readonly countQueries: () => number;
  /** The tables that those queries named, since the last call; where they were counted by for statistics, not. */
  readonly readBy: () => string[];
  readonly agency: (kind?: AgencyKind, more?: Partial<Agency>) => Promise<Agency>;
  readonly member: (agency: Agency, roles: readonly Role[], name?: string) => Promise<Member>;
  /** A member who may do the action, at an agency of a fitting kind unless one is given. */
  readonly signIn: (who: string | Member, at?: Agency) => Promise<Visitor>;
  /** The events of the access log, oldest first, without what was refused; without looks, what was changed alone. */
  readonly auditTrail: (of?: { readonly looks: boolean }) => Promise<string[]>;
  /** What was refused, oldest first, when all of it is written. */
  readonly refusals: () => Promise<Refused[]>;
};

export type Refused = {
  readonly event: string;
  readonly action: string;
  readonly memberId: string | null;
  readonly subject: string | null;
  readonly reason: string | null;
};

export type HouseOptions = {
  readonly today?: string;
  readonly time?: string;
  readonly environment?: Record<string, string>;
  /** Answers leave when they leave for users. Otherwise the waits that hide timing last a millisecond. */
  readonly realTiming?: boolean;
  /** Fills the template that the databases are copied from, once a run. */
  readonly seed?: Seed;
};

/** Queries that the count leaves out: use of the session, and the beginnings and ends of transactions. */
const beside = /ctx\.sessions_seen|^(start|begin|commit|rollback)/;

export { access, areas, holdSession, house, openApp, openSession, resolveActor, testKeys };

export async function openHouse(
  t: Ends,
  { today = '2026-09-18', time = '12:00', environment = {}, realTiming = false, seed }: HouseOptions = {},
): Promise<TestHouse> {
  const { addresses, superuser, beforeDropping } = await openTestDatabases(t, house, seed ? { seed } : {});
  let queries = 0;
  const named = new Set<string>();
  const databases = new Databases(addresses, {
    most: 10,
    onQuery: (text) => {
      queries += Number(!beside.test(text));
      for (const [, table = ''] of text.matchAll(/\b(?:from|join) "?([a-z_]+)"?/g)) named.add(table);
    },
  });
  const [db, safeguardingDb] = [
    openDatabase(superuser.main, { most: 3 }),
    openDatabase(superuser.safeguarding, { most: 2 }),
  ];
  const clock = stoppedClock(instantAt(today, time));
  const files = join(tmpdir(), `safelight-files-${randomUUID()}`);
  const config = readConfig({
    SAFELIGHT_FILES: files,
    SAFELIGHT_KEY_HALVES: join(files, 'key-halves'),
    SAFELIGHT_LOG: process.env.SAFELIGHT_LOG ?? 'error',
    SAFELIGHT_MODE: 'demonstration',
    ...environment,
  });
  const keys = testKeys.withHalvesIn(config.keyHalvesFolder);
  const app = await openApp({
    config,
    databases,
    keys,
    clock,
    assets: await openAssets(),
    ...(realTiming ? {} : { timing: { notFound: 1, padded: 1 } }),
  });
  beforeDropping(async () => {
    await app.close();
    await databases.close();
    await Promise.all([db.destroy(), safeguardingDb.destroy()]);
    await rm(files, { recursive: true, force: true });
  });

  const { agency, member } = casting(db);
  const signIn = async (who: string | Member, at?: Agency): Promise<Visitor> => {
    const signedIn = typeof who === 'string' ? await someoneWhoMay(who, at) : who;
    const token = await openSession(db, signedIn.id, clock.now(), { method: 'password', sharedWorkstation: false });
    return { member: signedIn, token, ...browsing(app, token) };
  };
  const someoneWhoMay = async (action: string, at?: Agency): Promise<Member> => {
    const rule = access.action(action).rules.find(({ roles }) => Array.isArray(roles));
    const roles =
      rule && Array.isArray(rule.roles) ? (rule.roles as readonly Role[]).slice(0, 1) : (['planner'] as const);
    return member(at ?? (await agency(rule?.side === 'help' ? 'council' : 'police force')), roles);
  };
  return {
    app,
    config,
    databases,
    addresses,
    keys,
    clock,
    db,
    safeguardingDb,
    countQueries: () => {
      const sent = queries;
      queries = 0;
      return sent;
    },
    readBy: () => {
      const tables = [...named];
      named.clear();
      return tables;
    },
    agency,
    member,
    signIn,
    auditTrail: async ({ looks } = { looks: true }) => {
      const rows = await db
        .selectFrom('accessLog')
        .select(['event', 'kind'])
        .where('kind', '<>', 'refusal')
        .where('event', 'not like', '%.waiting counted') // The first page, which a visitor may pass on the way.
        .orderBy('xid')
        .orderBy('id')
        .execute();
      return rows.flatMap(({ event, kind }) => (looks || kind !== 'consultation' ? [event as string] : []));
    },
    refusals: async () => {
      await app.refusals.settled();
      return db
        .selectFrom('accessLog')
        .select(['event', 'action', 'memberId', 'subject', 'reason'])
        .where('kind', '=', 'refusal')
        .orderBy('xid')
        .orderBy('id')
        .execute() as Promise<Refused[]>;
    },
  };
}

/** Agencies and members, put where an all-powerful database is reached. */
export function casting(db: Db): Pick<TestHouse, 'agency' | 'member'> {
  return {
    agency: async (kind = 'police force', more = {}) => {
      const made: Agency = {
        id: newId(),
        name: `Some ${kind}`,
        officialName: `Some ${kind} in full`,
        kind,
        side: sideOf[kind],
        firstResponder: false,
        ...more,
      };
      await addAgency(db, made);
      return made;
    },
    member: async (at, roles, name = 'Robin Test') => {
      const made: Member = { id: newId(), agencyId: at.id, name, title: 'Officer', roles, endedAt: null };
      await addMember(db, made, { email: `${made.id}@example.org`, passwordHash: 'none' });
      return made;
    },
  };
}

/** The token of the first form of a page. */
export const formTokenIn = ({ body }: { readonly body: string }): string =>
  /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? '';

/** A browser's manners without a browser: keeps cookies, and sends the token of a form. It takes the token from the page where one signs in, which looks at no record. */
export function browsing(
  app: FastifyInstance,
  session?: string,
): Pick<Visitor, 'get' | 'formToken' | 'post' | 'bring'> {
  const cookies: Record<string, string> = session === undefined ? {} : { [sessionCookie]: session };
  const ask = async (options: InjectOptions): Promise<LightMyRequestResponse> => {
    const response = await app.inject({ ...options, cookies });
    for (const { name, value } of response.cookies) cookies[name] = value;
    return response;
  };
  // Each form has its own token. The first page is awaited, because a second request at the same time would set another cookie.
  const open = (): Promise<string> => ask({ method: 'GET', url: '/staff/sign-in' }).then(formTokenIn);
  let first: Promise<string> | undefined;
  const formToken = async (): Promise<string> => {
    if (first) {
      await first;
      return open();
    }
    first = open();
    return first;
  };
  return {
    get: (url) => ask({ method: 'GET', url }),
    formToken,
    post: async (url, answers = {}) => {
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries({ _csrf: answers._csrf ?? (await formToken()), ...answers })) {
        for (const one of Array.isArray(value) ? value : [value]) body.append(name, String(one));
      }
      return ask({
        method: 'POST',
        url,
        payload: body.toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    },
    bring: async (url, answers, file) => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ _csrf: answers._csrf ?? (await formToken()), ...answers }))
        form.append(name, value);
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
