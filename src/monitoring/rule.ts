/** What a rule of System health is, and the limits of all. Pure. */
import type { Measures } from './measures.ts';

/** The limits that make a finding. Seconds unless said otherwise. */
export const limits = {
  clockApart: 5,
  replicationLag: 10,
  /** An event of the outbox, and a row of the log, is done within seconds. */
  waiting: 120,
  /** In the safeguarding database, which keeps the hour alone. */
  waitingByHour: 2 * 3_600,
  backup: 26 * 3_600,
  drill: 35 * 86_400,
  /** The moment until which it was received is noted every ten seconds. */
  backupLog: 600,
  /** Below this much, in bytes, the database may have to stop. */
  diskLow: 1e9,
  diskTight: 5e9,
  certificate: 14 * 86_400,
  poolWaiting: 5,
} as const;

/** `cure` where something must be done; `advice` where it works and could be safer; `notSetUp` where nobody asked for it yet. */
export type Judged = {
  readonly says: string;
  readonly cure?: string;
  readonly advice?: string;
  readonly notSetUp?: true;
};

export type Rule = {
  /** A label of the metric, so it never changes. */
  readonly name: string;
  readonly title: string;
  /** Undefined where the process has nothing to judge. */
  readonly judge: (measures: Measures) => Judged | undefined;
};

export type Finding = Judged & { readonly name: string; readonly title: string };
