/** A power of entry for one premises, from the plan to the return to court. It expires by the day, never by a job. Pure: the law comes from the catalogue of powers. */

import type { Id, OperationId, PartnerId, PremisesId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { calculateExpiry, type PowerEntry } from '../powers-of-entry/power-in-law.ts';

export type PowerId = Id<'power'>;

export const powerStates = ['planned', 'applied for', 'granted', 'refused', 'executed', 'returned'] as const;
export type PowerState = (typeof powerStates)[number];

/** How many entries a warrant allows: one, unless it says several or unlimited (PACE s.15(5), 15(5A)). */
export const entryCounts = ['one', 'several', 'unlimited'] as const;
export type EntryCount = (typeof entryCounts)[number];

export type Power = {
  readonly id: PowerId;
  readonly operationId: OperationId;
  readonly premisesId: PremisesId;
  /** Its entry in the catalogue of powers. */
  readonly basis: string;
  readonly state: PowerState;
  /** What it is to be used for here: some warrants are wrong for some purposes. */
  readonly purposes: readonly string[];
  /** The partner that applies for it or relies on it, and its officer. */
  readonly holderId: PartnerId | null;
  readonly heldBy: string | null;
  readonly reference: string | null;
  readonly appliedOn: string | null;
  readonly decidedOn: string | null;
  /** The court or officer that granted it. */
  readonly grantedBy: string | null;
  /** The last day on which it may be used. */
  readonly expiresOn: string | null;
  readonly executedAt: Date | null;
  readonly returnedOn: string | null;
  /** Partners that it names to accompany. */
  readonly accompanying: readonly PartnerId[];
  readonly entries: EntryCount;
  readonly note: string | null;
};

/** Warrants and written authorities are granted by others; consent, licence and the rest are not. */
export const isGranted = (rule: Pick<PowerEntry, 'kind'>): boolean =>
  rule.kind === 'warrant' || rule.kind === 'written authority';

/** The states that may follow. A warrant goes back to the court whether used or lapsed (Immigration Act 1971 s.28K(9)). A new application after a refusal is a new power. */
export function nextStates(power: Pick<Power, 'state'>, rule: Pick<PowerEntry, 'kind'>): readonly PowerState[] {
  if (!isGranted(rule)) return power.state === 'planned' ? ['executed'] : [];
  const next: Record<PowerState, readonly PowerState[]> = {
    planned: ['applied for', 'granted'],
    'applied for': ['granted', 'refused'],
    granted: ['executed', 'returned'],
    executed: ['returned'],
    refused: [],
    returned: [],
  };
  return next[power.state];
}

/** What people read: a power that was granted and not used expires by itself when its last day has passed. */
export const getPowerState = (power: Pick<Power, 'state' | 'expiresOn'>, day: string): PowerState | 'expired' =>
  power.state === 'granted' && power.expiresOn !== null && day > power.expiresOn ? 'expired' : power.state;

export type PowerStep = {
  readonly to: PowerState;
  /** The day on which it happened. */
  readonly on: string;
  /** The instant, where the hour counts. */
  readonly at: Date | null;
  readonly reference: string | null;
  /** The last day of use, as the paper says it. */
  readonly lastDay: string | null;
  readonly accompanying: readonly PartnerId[] | null;
  readonly entries: EntryCount | null;
  readonly grantedBy: string | null;
  readonly note: string | null;
};

export type StepRefusal =
  | 'not from here'
  | 'in the future'
  | 'before the step before'
  | 'lasts longer than the law'
  | 'lapsed before it began';

/** One step on. Refuses a state that does not follow, a day to come, a day before the step before, and a last day that the law does not give. Use after the last day is not refused: what happened is written down, and the plan says that it was unlawful. */
export function takeStep(power: Power, step: PowerStep, rule: PowerEntry, today: string): Result<Power, StepRefusal> {
  if (!nextStates(power, rule).includes(step.to)) return refuse('not from here');
  if (step.on > today) return refuse('in the future');
  const before = [power.appliedOn, power.decidedOn].filter((day) => day !== null).sort();
  if (before.some((day) => step.on < day)) return refuse('before the step before');
  const moved: Power = {
    ...power,
    state: step.to,
    reference: step.reference ?? power.reference,
    note: step.note ?? power.note,
  };
  switch (step.to) {
    case 'applied for':
      return accept({ ...moved, appliedOn: step.on });
    case 'refused':
      return accept({ ...moved, decidedOn: step.on });
    case 'granted':
      return grant(moved, step, rule);
    case 'executed':
      return accept({ ...moved, executedAt: step.at });
    case 'returned':
      return accept({ ...moved, returnedOn: step.on });
    case 'planned':
      return refuse('not from here');
  }
}

/** If the last day is neither on the document nor certain in law, the shorter period applies. Ending too early can be corrected; ending too late cannot. */
function grant(
  power: Power,
  { on, lastDay, accompanying, entries, grantedBy }: PowerStep,
  rule: PowerEntry,
): Result<Power, StepRefusal> {
  if (lastDay !== null && lastDay < on) return refuse('lapsed before it began');
  const expiry = calculateExpiry(rule, on);
  const longest = expiry.kind === 'lapses' ? expiry.lastDay : null;
  if (lastDay !== null && longest !== null && lastDay > longest) return refuse('lasts longer than the law');
  return accept({
    ...power,
    decidedOn: on,
    expiresOn: lastDay ?? (expiry.kind === 'lapses' ? expiry.surelyUntil : null),
    accompanying: accompanying ?? power.accompanying,
    entries: entries ?? power.entries,
    grantedBy: grantedBy ?? power.grantedBy,
  });
}

/** Corrects a power. Refuses dates out of order and a last day that the law does not give. */
export function checkCorrectedPower(
  power: Power,
  rule: PowerEntry,
  today: string,
  usedOn: string | null,
): Result<Power, StepRefusal> {
  const days = [power.appliedOn, power.decidedOn, usedOn, power.returnedOn].filter((day) => day !== null);
  if (days.some((day) => day > today)) return refuse('in the future');
  if (days.some((day, index) => index > 0 && day < (days[index - 1] ?? ''))) return refuse('before the step before');
  if (power.decidedOn === null || power.expiresOn === null) return accept(power);
  if (power.expiresOn < power.decidedOn) return refuse('lapsed before it began');
  const expiry = calculateExpiry(rule, power.decidedOn);
  return expiry.kind === 'lapses' && power.expiresOn > expiry.lastDay
    ? refuse('lasts longer than the law')
    : accept(power);
}

/** A power that is planned: no step of it was taken. */
export const noStepTaken = {
  state: 'planned',
  appliedOn: null,
  decidedOn: null,
  grantedBy: null,
  expiresOn: null,
  executedAt: null,
  returnedOn: null,
  entries: 'one',
} as const;

/** How far a power has come when it is added. */
export const progressStates = ['planned', 'applied for', 'granted'] as const;
export type PowerProgress = {
  readonly progress: (typeof progressStates)[number];
  readonly progressOn: string | null;
  readonly grantedBy: string | null;
  /** The last day of use, as the paper says it. */
  readonly lastDay: string | null;
  readonly entries: EntryCount;
};

export type ProgressRefusal = StepRefusal | 'nobody grants it' | 'progress missing' | 'day missing';

/** A new power with the step that was already taken. Refuses a grant of what nobody grants, a reference without its state, and a step without its day. */
export function addProgress(
  power: Power,
  said: { readonly [Key in keyof PowerProgress]: PowerProgress[Key] | null },
  rule: PowerEntry,
  today: string,
): Result<Power, ProgressRefusal> {
  const { progress, progressOn: on, grantedBy, lastDay, entries } = said;
  if (!isGranted(rule)) return progress === null || progress === 'planned' ? accept(power) : refuse('nobody grants it');
  if (progress === null)
    return power.reference === null && lastDay === null ? accept(power) : refuse('progress missing');
  if (progress === 'planned') return accept(power);
  if (on === null) return refuse('day missing');
  const step = { at: null, reference: null, lastDay, accompanying: null, note: null, entries, grantedBy };
  return takeStep(power, { ...step, to: progress, on }, rule, today);
}
