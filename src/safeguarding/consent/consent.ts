/** What a person agreed to: one act, for one recipient, one purpose and named groups of data, until a day, and until she takes it back. Pure: no clock, no database, no wording. */
import {
  draftGroup,
  neededToRefer,
  type PersonId,
  referringPurposes,
  shareable,
  type TellingAcross,
  type TellingPurpose,
  toKeepProof,
  toTheNrm,
} from '../../vocabulary/agreed.ts';
import type { AgencyId, Id, MemberId, OperationId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { Interpreting } from './explained.ts';

export type ConsentId = Id<'consent'>;

/** Three acts: none of them implies another. */
export const acts = ['examine', 'share', 'refer'] as const;
export type Act = (typeof acts)[number];

export const examinations = [
  'a look at injuries',
  'a physical examination',
  'sexual health tests',
  'forensic samples',
  'photographs of injuries',
] as const;

export const items = [...shareable, ...examinations] as const;
export type Item = (typeof items)[number];
/** What belongs to each act, and is asked for with it alone. A draft goes to whoever is asked to submit it (decision 46). */
export const itemsOf: Record<Act, readonly Item[]> = {
  examine: examinations,
  share: shareable.filter((item) => item !== draftGroup),
  refer: shareable,
};
/** Who is told alone gives no help that was asked for, and submits nothing. */
export const purposesOf: Record<Act, readonly TellingPurpose[]> = {
  examine: ['to examine and treat', toKeepProof],
  share: referringPurposes.filter((purpose) => purpose !== referringPurposes[0] && purpose !== toTheNrm),
  refer: referringPurposes,
};

/** A worker’s word that the person agreed is kept, and never passes for the person’s own. */
export const ways = ['the person themself', 'a worker says so'] as const;
export type Way = (typeof ways)[number];

/** What is allowed to be asked for, whoever asks and on whatever ground. */
export type Scope = {
  readonly personId: PersonId;
  readonly act: Act;
  readonly recipient: AgencyId;
  readonly purpose: TellingPurpose;
  readonly items: readonly Item[];
  /** From this instant on it holds no longer. */
  readonly until: Date;
};

export type Consent = Scope & {
  readonly id: ConsentId;
  readonly operationId: OperationId | null;
  readonly agencyId: AgencyId;
  /** Who explained it. */
  readonly authorId: MemberId;
  /** Word for word what was shown or read out, and in which language it was explained. */
  readonly wording: string;
  /** Nothing where a worker says so and nobody knows in which. */
  readonly language: string | null;
  readonly how: Way;
  readonly interpreted: Interpreting;
  /** By what name or number the interpreter is known; kept under seal. */
  readonly interpreter: string | null;
  /** To the hour. */
  readonly givenAt: Date;
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: MemberId | null;
  readonly withdrawnHow: Way | null;
};

export type Asked = Pick<
  Consent,
  'act' | 'items' | 'purpose' | 'language' | 'interpreted' | 'interpreter' | 'givenAt' | 'until'
>;
export type AskRefusal =
  | 'nothing named'
  | 'another act’s'
  | 'purpose of another act'
  | 'too little to refer'
  | 'nobody interpreted'
  | 'interpreter not named'
  | 'over before it begins'
  | 'longer than a year';

const mostDays = 366;

/** What stands together as one consent. */
export function asked(ask: Asked): Result<true, AskRefusal> {
  const through = ask.interpreted.startsWith('an interpreter');
  const days = (ask.until.getTime() - ask.givenAt.getTime()) / 86_400_000;
  if (ask.items.length === 0) return refuse('nothing named');
  if (!ask.items.every((item) => itemsOf[ask.act].includes(item))) return refuse('another act’s');
  if (!purposesOf[ask.act].includes(ask.purpose)) return refuse('purpose of another act');
  if (ask.act === 'refer' && !neededToRefer.every((item) => ask.items.includes(item)))
    return refuse('too little to refer');
  if (ask.language !== 'en' && ask.interpreted === 'nobody was needed') return refuse('nobody interpreted');
  if (through && !ask.interpreter) return refuse('interpreter not named');
  if (days <= 0) return refuse('over before it begins');
  return days > mostDays ? refuse('longer than a year') : accept(true);
}

type Placed = Pick<Bounds, 'recipient' | 'purpose'> & { readonly id: string; readonly act?: Act };
/** The latest hour first. Finer nobody keeps when something was said: within an hour by act, recipient and purpose, so that it stands alike at each look. */
export const inOrder = <One extends Placed>(
  all: readonly One[],
  hourOf: (one: One) => Date,
  nameOf: (recipient: AgencyId) => string,
): One[] =>
  all.toSorted(
    (one, other) =>
      hourOf(other).getTime() - hourOf(one).getTime() ||
      acts.indexOf(one.act ?? 'refer') - acts.indexOf(other.act ?? 'refer') ||
      nameOf(one.recipient).localeCompare(nameOf(other.recipient), 'en') ||
      one.purpose.localeCompare(other.purpose, 'en') ||
      one.id.localeCompare(other.id, 'en'),
  );

export const standings = ['in force', 'run out', 'taken back'] as const;
export type Standing = (typeof standings)[number];

export function standingOf({ until, withdrawnAt }: Pick<Consent, 'until' | 'withdrawnAt'>, now: Date): Standing {
  if (withdrawnAt) return 'taken back';
  return now < until ? 'in force' : 'run out';
}

export type ScopeRefusal =
  | 'taken back'
  | 'run out'
  | 'another person'
  | 'another act'
  | 'another recipient'
  | 'another purpose'
  | 'not agreed'
  | 'longer than agreed';

/** A scope without its act, also of what crosses the wall. */
export type Bounds = Pick<Scope, 'personId' | 'recipient' | 'until'> & {
  readonly purpose: TellingPurpose | TellingAcross;
  readonly items: readonly string[];
};

/** Whether what is asked lies within what was allowed: nothing is read into it. */
export function within(allowed: Bounds, wanted: Bounds): Result<true, ScopeRefusal> {
  if (allowed.personId !== wanted.personId) return refuse('another person');
  if (allowed.recipient !== wanted.recipient) return refuse('another recipient');
  if (allowed.purpose !== wanted.purpose) return refuse('another purpose');
  if (wanted.items.length === 0 || !wanted.items.every((item) => allowed.items.includes(item)))
    return refuse('not agreed');
  return wanted.until > allowed.until ? refuse('longer than agreed') : accept(true);
}

/** What a consent allows: its own act, while it is in force. */
export function allows(consent: Consent, wanted: Scope, now: Date): Result<true, ScopeRefusal> {
  const standing = standingOf(consent, now);
  if (standing !== 'in force') return refuse(standing);
  return consent.act === wanted.act ? within(consent, wanted) : refuse('another act');
}

export type WithdrawalRefusal = 'taken back already';

/** At any time, also when it has run out: whoever was told is then told this too. */
export const withdraw = (consent: Consent, how: Way, by: MemberId, now: Date): Result<Consent, WithdrawalRefusal> =>
  consent.withdrawnAt
    ? refuse('taken back already')
    : accept({ ...consent, withdrawnAt: now, withdrawnBy: by, withdrawnHow: how });
