/** A reception centre: places, rota, people by wristband number, and standing down. Pure: no clock, no database, no wording. */
import { ceilToHour, floorToHour, hourMs } from '../../vocabulary/calendar/moments.ts';
import type { AgencyId, Id, MemberId, OperationId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';

export type ReceptionId = Id<'reception'>;
export type RotaId = Id<'rota entry'>;
export type WristbandId = Id<'wristband'>;
export type NeedId = Id<'need at reception'>;

export type Reception = {
  readonly id: ReceptionId;
  readonly operationId: OperationId;
  readonly agencyId: AgencyId;
  readonly authorId: MemberId;
  /** To the hour, like all times of this database. */
  readonly opensAt: Date;
  readonly closesAt: Date;
  /** How many people it can look after at once; more people are still let in. */
  readonly places: number;
  readonly stoodDownAt: Date | null;
  readonly stoodDownBy: MemberId | null;
};

export const works = [
  'leads reception',
  'nurse',
  'adviser',
  'interpreter',
  'looks after people',
  'drives',
  'first-night shelter',
] as const;
export type Work = (typeof works)[number];

export const languages = [
  ...['Albanian', 'Amharic', 'Arabic', 'Bengali', 'British Sign Language', 'Bulgarian', 'Cantonese', 'Czech', 'Dari'],
  ...['English', 'Farsi', 'French', 'Hindi', 'Hungarian', 'Kurdish', 'Lithuanian', 'Mandarin', 'Pashto', 'Polish'],
  ...['Portuguese', 'Punjabi', 'Romani', 'Romanian', 'Russian', 'Somali', 'Spanish', 'Thai', 'Tigrinya', 'Turkish'],
  ...['Ukrainian', 'Urdu', 'Vietnamese', 'another language'],
] as const;
export const shelterFor = ['women', 'men', 'families', 'anybody'] as const;

/** A partner on the rota. A shelter’s address is not stored: the agency that offers it knows, and is called. */
export type RotaEntry = {
  readonly id: RotaId;
  readonly receptionId: ReceptionId;
  readonly operationId: OperationId;
  readonly agencyId: AgencyId;
  readonly authorId: MemberId;
  /** Of a volunteer on a shift; others are there for their agency. */
  readonly memberId: MemberId | null;
  readonly work: Work;
  /** Only for an interpreter. */
  readonly language: string | null;
  /** Only for a shelter. */
  readonly beds: number | null;
  readonly forWhom: (typeof shelterFor)[number] | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly endedAt: Date | null;
};

export type Wristband = {
  readonly id: WristbandId;
  readonly receptionId: ReceptionId;
  /** The number that identifies the person here. */
  readonly number: number;
  readonly cameAt: Date;
  readonly leftAt: Date | null;
};

/** What a volunteer may know about a person, only from lists: free text could hold a name. */
export const needs = {
  food: ['anything', 'no meat', 'no pork', 'no dairy', 'no nuts', 'for a baby'],
  drink: ['anything', 'something warm', 'water'],
  clothes: ['small', 'medium', 'large', 'shoes', 'underwear', 'for a child'],
  washing: ['a shower', 'toiletries', 'sanitary products'],
  rest: ['a quiet place', 'a blanket'],
  interpreter: languages,
  'for a child': ['nappies', 'a toy', 'childminding'],
} as const satisfies Record<string, readonly string[]>;
export const needKinds = Object.keys(needs) as (keyof typeof needs)[];
export type NeedKind = keyof typeof needs;

export type Need = {
  readonly id: NeedId;
  readonly wristbandId: WristbandId;
  readonly kind: NeedKind;
  readonly detail: string;
  readonly askedAt: Date;
  readonly metAt: Date | null;
};

export type State = 'planned' | 'open' | 'closed' | 'stood down';
export function stateOf({ opensAt, closesAt, stoodDownAt }: Reception, now: Date): State {
  if (stoodDownAt) return 'stood down';
  if (now < opensAt) return 'planned';
  return now < closesAt ? 'open' : 'closed';
}

export type PlanRefusal = 'ends before it begins' | 'over already' | 'longer than two days';

export function checkPlan(opensAt: Date, closesAt: Date, now: Date): Result<true, PlanRefusal> {
  if (closesAt <= opensAt) return refuse('ends before it begins');
  if (closesAt.getTime() - opensAt.getTime() > 48 * hourMs) return refuse('longer than two days');
  return closesAt <= now ? refuse('over already') : accept(true);
}

export type StandDownRefusal = 'people are here' | 'stood down already';

/** Refuses to stand down while somebody is still there. */
export function standDown(
  reception: Reception,
  present: number,
  by: MemberId,
  at: Date,
): Result<Reception, StandDownRefusal> {
  if (reception.stoodDownAt) return refuse('stood down already');
  if (present > 0) return refuse('people are here');
  return accept({ ...reception, stoodDownAt: at, stoodDownBy: by });
}

/** Rota entries that were not taken off. */
const currentEntries = (rota: readonly RotaEntry[]): readonly RotaEntry[] =>
  rota.filter(({ endedAt }) => endedAt === null);

/** How many places, people and beds the rota has. */
export function capacityOf({ places }: Pick<Reception, 'places'>, rota: readonly RotaEntry[]) {
  const there = currentEntries(rota);
  const of = (work: Work): number => there.filter((entry) => entry.work === work).length;
  const beds = there.reduce((sum, entry) => sum + (entry.work === 'first-night shelter' ? (entry.beds ?? 0) : 0), 0);
  return { places, interpreters: of('interpreter'), nurses: of('nurse'), advisers: of('adviser'), beds };
}

export const gapKinds = [
  'nobody leads',
  'hours without a lead',
  'no nurse',
  'no adviser',
  'no interpreter',
  'no bed',
  'fewer beds than places',
] as const;
export type Gap = (typeof gapKinds)[number];

/** The gaps in the rota, shown before the week starts. */
export function gapsOf(reception: Reception, rota: readonly RotaEntry[]): Gap[] {
  const there = currentEntries(rota);
  const capacity = capacityOf(reception, rota);
  const leads = there.filter(({ work }) => work === 'leads reception');
  const missing: readonly (readonly [boolean, Gap])[] = [
    [leads.length === 0, 'nobody leads'],
    [leads.length > 0 && !covered(reception, leads), 'hours without a lead'],
    [capacity.nurses === 0, 'no nurse'],
    [capacity.advisers === 0, 'no adviser'],
    [capacity.interpreters === 0, 'no interpreter'],
    [capacity.beds === 0, 'no bed'],
    [capacity.beds > 0 && capacity.beds < capacity.places, 'fewer beds than places'],
  ];
  return missing.flatMap(([is, gap]) => (is ? [gap] : []));
}

/** Whether these entries together cover each hour of the reception. */
function covered({ opensAt, closesAt }: Reception, entries: readonly RotaEntry[]): boolean {
  let until = opensAt.getTime();
  for (const { startsAt, endsAt } of entries.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime()))
    if (startsAt.getTime() <= until) until = Math.max(until, endsAt.getTime());
  return until >= closesAt.getTime();
}

/** Beds of a shelter that are not given yet. */
export const freeBeds = ({ beds }: Pick<RotaEntry, 'beds'>, taken: number): number => Math.max(0, (beds ?? 0) - taken);

/** The full hours around a period, so that access covers the hours of arrival and leaving. */
export const fullHours = (from: Date, until: Date): { readonly startsAt: Date; readonly endsAt: Date } => ({
  startsAt: floorToHour(from),
  endsAt: ceilToHour(until),
});
