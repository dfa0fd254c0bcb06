/** The access log: the six events of DPA 2018 s.62. Ids and field names, never values. A change and its row are one transaction; a look's row is committed before the answer leaves. */

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import type { Purpose, Role } from '../../vocabulary/people.ts';
import { type Action, type Actor, getLogStore, type StoreName } from '../access-policy/access.ts';
import type { AnyTables, Databases, Writer } from '../database/database.ts';
import { Problem } from '../http/problem.ts';

/** The six of the statute, and what was refused. */
export const logKinds = [
  'collection',
  'alteration',
  'consultation',
  'disclosure',
  'combination',
  'erasure',
  'refusal',
] as const;
export type LogKind = (typeof logKinds)[number];

export type LogDetails = {
  readonly kind?: LogKind;
  /** Names of the fields shown or changed; never what they hold. */
  readonly fields?: readonly string[];
  /** Ids that a search answered with. */
  readonly returned?: readonly string[];
  /** The agency or member that something was disclosed to. */
  readonly recipient?: string;
  readonly reason?: string;
  /** The agency whose record it is: it may see every look at it. */
  readonly owner?: string;
  /** Other effects of the same act, each with a row of its own. */
  readonly also?: readonly {
    readonly event: string;
    /** The record that it is about, where it is another one. */
    readonly subject?: string;
    readonly fields?: readonly string[];
    readonly returned?: readonly string[];
  }[];
};

export type LogRow = {
  readonly at: Date;
  readonly kind: LogKind;
  readonly event: string;
  readonly action: string;
  readonly purpose: Purpose;
  readonly memberId: string | null;
  readonly agencyId: string | null;
  readonly roles: readonly Role[];
  readonly subject: string | null;
  readonly fields: readonly string[];
  readonly returned: readonly string[];
  readonly recipient: string | null;
  readonly reason: string | null;
  readonly ownerId: string | null;
  /** The emergency access without which this would not have been seen. */
  readonly breakGlassId: string | null;
  readonly requestId: string;
};

/** `hourly` cuts the time to the hour: the safeguarding store must not tell when a person spoke. */
export const createLogRow = (
  who: { readonly now: Date; readonly action: Action; readonly actor: Actor | undefined; readonly requestId: string },
  event: string,
  subject: string | null,
  kind: LogKind,
  details: LogDetails = {},
): LogRow => ({
  at: getLogStore(who.action, who.actor) === 'safeguarding' ? floorToHour(who.now) : who.now,
  kind: details.kind ?? kind,
  event,
  action: who.action.name,
  purpose: who.action.purpose,
  memberId: who.actor?.memberId ?? null,
  agencyId: who.actor?.agencyId ?? null,
  roles: who.actor?.roles ?? [],
  subject,
  fields: details.fields ?? [],
  returned: details.returned ?? [],
  recipient: details.recipient ?? null,
  reason: details.reason ?? null,
  ownerId: details.owner ?? null,
  breakGlassId: who.actor?.breakGlass ?? null,
  requestId: who.requestId,
});

export const newRequestId = (): string => randomUUID();

/** One text for any number of rows, so that the server parses it once. */
export async function writeLog(tx: Writer<AnyTables>, rows: readonly LogRow[]): Promise<void> {
  await sql`
    insert into access_log (at, kind, event, action, purpose, member_id, agency_id, roles, subject, fields, returned,
                            recipient, reason, owner_id, break_glass_id, request_id)
    select r.at, r.kind, r.event, r.action, r.purpose, r."memberId", r."agencyId", r.roles, r.subject, r.fields,
           r.returned, r.recipient, r.reason, r."ownerId", r."breakGlassId", r."requestId"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
      at timestamptz, kind text, event text, action text, purpose text, "memberId" uuid, "agencyId" uuid, roles text[],
      subject uuid, fields text[], returned uuid[], recipient uuid, reason text, "ownerId" uuid, "breakGlassId" uuid,
      "requestId" uuid)`.execute(tx);
}

type PendingWrite = {
  readonly rows: readonly LogRow[];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
};

/** In milliseconds: so long a group waits for more, where looks came while the last one was committed. Each commit costs the database as much as three rows. */
const batchDelay = 1;

/** Of what a row says, not of the database: data that it cannot keep, or that its checks refuse. */
const isRowError = (error: unknown): boolean => /^2[23]/.test(String((error as { code?: string }).code));

/** One writer for each store commits waiting looks in groups, so that a read costs little more than it did unlogged. */
export class LookWriter {
  readonly #databases: Databases;
  readonly #waiting: Record<StoreName, PendingWrite[]> = { main: [], safeguarding: [] };
  readonly #writing: Record<StoreName, boolean> = { main: false, safeguarding: false };

  constructor(databases: Databases) {
    this.#databases = databases;
  }

  /** Resolves when the rows are on disk; rejects with a problem when they cannot be, and then nothing may be shown. */
  write(store: StoreName, rows: readonly LogRow[]): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting[store].push({ rows, done, failed });
      if (!this.#writing[store]) void this.#writeWaiting(store);
    });
  }

  async #writeWaiting(store: StoreName): Promise<void> {
    this.#writing[store] = true;
    while (this.#waiting[store].length > 0) {
      await this.#writeGroup(store, this.#waiting[store].splice(0, 200));
      if (this.#waiting[store].length > 0) await sleep(batchDelay);
    }
    this.#writing[store] = false;
  }

  /** A row that the database does not take is refused alone: it must not take the looks of others with it. */
  async #writeGroup(store: StoreName, group: readonly PendingWrite[]): Promise<void> {
    const role = store === 'main' ? 'staff' : 'safeguarding';
    try {
      await writeLog(
        this.#databases.for(store, role, { maxConnections: 1 }),
        group.flatMap(({ rows }) => rows),
      );
      for (const { done } of group) done();
    } catch (error) {
      if (group.length > 1 && isRowError(error)) for (const one of group) await this.#writeGroup(store, [one]);
      else for (const { failed } of group) failed(new Problem('unavailable', 'the access log cannot be written'));
    }
  }
}
