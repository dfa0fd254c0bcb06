/** The interface of traces, and the trace of the current request. Loads no package of OpenTelemetry: `open-traces.ts` does, where a collector is set. */
import { AsyncLocalStorage } from 'node:async_hooks';

/** One request while it is answered. */
export type RequestTrace = {
  /** Adds a statement that the database has just answered. The error is the code that PostgreSQL gave. */
  readonly addStatement: (operation: string, milliseconds: number, errorCode: string | undefined) => void;
  readonly end: (statusCode: number) => void;
};

export type TracedRequest = {
  readonly method: string;
  /** The pattern of the route, never an address. */
  readonly route: string;
  readonly withStatements: boolean;
};

export type Traces = {
  /** Returns undefined for a request outside the share that is traced. */
  readonly startRequest: (request: TracedRequest) => RequestTrace | undefined;
  /** Sends the name of a chore that failed. A chore that succeeds sends nothing: its duration would show when a report or a message came. */
  readonly noteFailedChore: (chore: string, error: unknown) => void;
  /** Spans that did not reach the collector since the start. */
  readonly lost: () => number;
  /** Sends what waits, for two seconds at most. */
  readonly close: () => Promise<void>;
};

const traced = new AsyncLocalStorage<RequestTrace>();

/** Statements that `go` sends to the database belong to this trace. */
export const runTraced = (trace: RequestTrace, go: () => void): void => traced.run(trace, go);

const operations = new Set([
  'select',
  'insert',
  'update',
  'delete',
  'with',
  'begin',
  'start',
  'commit',
  'rollback',
  'savepoint',
  'release',
]);

/** Adds a statement to the trace of the request that asked it. Its text and its values go no further. */
export function noteStatement(text: string, milliseconds: number, error?: unknown): void {
  const trace = traced.getStore();
  if (!trace) return;
  const [word = ''] = /^[a-z]+/.exec(text.trimStart().slice(0, 12).toLowerCase()) ?? [];
  trace.addStatement(operations.has(word) ? word.toUpperCase() : 'OTHER', milliseconds, findErrorCode(error));
}

/** The code of PostgreSQL or of the system, such as 57014 or ECONNRESET. */
export function findErrorCode(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' && /^([0-9A-Z]{5}|E[A-Z_]{2,20})$/.test(code) ? code : undefined;
}
