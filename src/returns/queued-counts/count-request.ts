/** A count that an analyst asked for, and how it stands. Pure. */
import type { OperationId, ReturnId } from '../../vocabulary/ids.ts';

/** `stopped`: the process that counted ended before the count did. `failed`: something went wrong. Nothing was kept of either. */
export const countStates = ['counting', 'counted', 'reason missing', 'stopped', 'failed'] as const;
export type CountState = (typeof countStates)[number];

export type CountRequest = {
  readonly id: string;
  readonly operationId: OperationId;
  /** Why a new version is made, as it was typed. */
  readonly note: string | null;
  readonly askedAt: Date;
  /** When the process that counts last said that it goes on. */
  readonly aliveAt: Date;
  readonly state: CountState;
  readonly returnId: ReturnId | null;
};

/** The process that counts says so often that it goes on. Milliseconds. */
export const tellsEvery = 5_000;
/** Silent for longer, the process has ended, or cannot reach the database. Milliseconds. */
export const longestSilence = 30_000;
/** Then a request is deleted: no form of that time can be sent again. Milliseconds. */
export const keptFor = 14 * 60 * 60 * 1_000;

/** How the count stands now: one that nobody has heard of for a while was stopped. */
export const stateAt = ({ state, aliveAt }: Pick<CountRequest, 'state' | 'aliveAt'>, now: Date): CountState =>
  state === 'counting' && now.getTime() - aliveAt.getTime() > longestSilence ? 'stopped' : state;
