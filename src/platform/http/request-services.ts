/** What every request is given: databases, log, access policy and sessions. */
import type { Access, Actor } from '../access-policy/access.ts';
import type { LookWriter } from '../audit-hook/audit.ts';
import type { AnyTables, Databases, Reader, Writer } from '../database/database.ts';
import type { Patience } from './patience.ts';
import type { ResponseTiming } from './response-timing.ts';

/** Resolves a session inside the transaction given; undefined when it has none. Partnership's part. */
export type ResolveActor = (tx: Reader<AnyTables>, token: string | undefined, now: Date) => Promise<Actor | undefined>;

/** Locks the session and its member until the transaction ends; false when the session has ended. The partnership area implements it. */
export type HoldSession = (tx: Writer<AnyTables>, token: string, now: Date) => Promise<boolean>;

export type RequestServices = {
  readonly databases: Databases;
  readonly looks: LookWriter;
  readonly access: Access;
  readonly resolveActor: ResolveActor;
  readonly holdSession: HoldSession;
  /** Counts the notifications that a member has not read. */
  readonly countUnread?: (db: Reader<AnyTables>, memberId: string, now: Date) => Promise<number>;
  /** Hears who is about, so that a session in use does not end as idle. Nobody waits for it. */
  readonly onActivity?: (actor: Actor, now: Date) => void;
  /** Called for a token that belongs to no session. */
  readonly onUnknownToken?: (token: string, now: Date) => void;
  /** Other than `responseTiming` in tests that are not about time. */
  readonly timing?: ResponseTiming;
  /** Other than `patience` in tests, where a busy machine is no fault. */
  readonly patience?: Patience;
};
