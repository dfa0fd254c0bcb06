/** What an area of the work adds to the application. `app.ts` lists the areas and passes the list to code that needs all of them. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ListRecordsHeld } from '../vocabulary/records-held.ts';
import type { StoreName } from './access-policy/access.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { UnitKeys } from './crypto/crypto.ts';
import type { AnyTables, AuditedReader, Databases, Reader } from './database/database.ts';
import type { Patience } from './http/patience.ts';
import type { ResponseTiming } from './http/response-timing.ts';
import type { AreaPages } from './http/sites.ts';
import type { Chore, Listeners } from './jobs/outbox.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { Assets } from './rendering/assets.ts';
import type { Traces } from './traces/traces.ts';

export type Area = {
  /** Routes, pages for the menu, and home items. */
  readonly pages: readonly AreaPages[];
  /** What the area holds on a person, for a subject access request, oldest first. */
  readonly recordsHeld?: readonly AreaRecordsHeld[];
  /** The state of visits made under the plans of these operations, as far as the reader may see them. */
  readonly visitStates?: (db: Reader<AnyTables>, operationIds: readonly string[]) => Promise<readonly VisitState[]>;
  /** How far the results of an operation are, for readers who see returns; undefined for others. */
  readonly resultState?: (request: FastifyRequest, operationId: string) => Promise<ResultState | undefined>;
  /** Taskings of coordinators for a week, for readers who see them. */
  readonly weekTaskings?: (
    request: FastifyRequest,
    week: TaskedWeek,
    operations: readonly TaskedOperation[],
  ) => Promise<readonly WeekTasking[]>;
  /** Handlers of events, by the database that sends them. Events from the safeguarding database are sealed. */
  readonly listeners?: (keys: UnitKeys) => Readonly<Partial<Record<StoreName, Listeners>>>;
  readonly chores?: (parts: ChoreParts) => readonly Chore[];
};

export type AreaRecordsHeld = ListRecordsHeld<AuditedReader<AnyTables>, UnitKeys>;

/** A visit that was begun. It bears the id of the planned visit. */
export type VisitState = {
  readonly id: string;
  readonly arrivedAt: Date;
  /** Null while the team is there. */
  readonly leftAt: Date | null;
  readonly answer: string | null;
  readonly finishedAt: Date | null;
  /** The planned power that it was made under; null where it was another, or nobody entered. */
  readonly powerId: string | null;
  /** Null where nobody entered, or the power has not been recorded yet. */
  readonly basis: string | null;
};

export type TaskedWeek = {
  readonly id: string;
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly focus: readonly string[];
};
export type TaskedOperation = {
  readonly codeName: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly area: string;
};
/** What a coordinator asks of a week. */
export type WeekTasking = {
  readonly href: string;
  readonly coordinator: string;
  readonly deadline: Date;
  readonly definitions: readonly string[];
  readonly area: string | null;
  /** What the week and the tasking disagree on, one sentence each. */
  readonly conflicts: readonly string[];
};

export type ResultState = 'not counted' | 'counted' | 'signed';

/** What background work runs with. The public process has no keys of the staff's. */
export type ChoreParts = Pick<AppParts, 'config' | 'databases' | 'clock'> & {
  readonly staffKeys: UnitKeys | undefined;
};

export type OpenApp = (parts: AppParts) => Promise<FastifyInstance>;

/** What the application is opened with. */
export type AppParts = {
  readonly config: Config;
  readonly databases: Databases;
  readonly keys: UnitKeys;
  readonly clock: Clock;
  readonly assets: Assets;
  /** Counts requests; undefined where no metrics are served. */
  readonly metrics?: Metrics | undefined;
  /** Sends what a staff page took to a collector; undefined where none is set. */
  readonly traces?: Traces | undefined;
  /** Other than `responseTiming` in tests that are not about time, and while the demonstration is made. */
  readonly timing?: ResponseTiming;
  /** Other than `patience` in tests that are not about it. */
  readonly patience?: Patience;
};
