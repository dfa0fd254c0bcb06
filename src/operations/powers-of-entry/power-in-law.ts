/** The law of entry as it is applied to a plan: which rule is in force on a day, when a power lapses, and what would be unlawful. Pure: no clock, no database, no wording. */
import { addDays, addMonths } from '../../vocabulary/calendar/days.ts';
import type { AgencyKind } from '../../vocabulary/people.ts';

export const entryKinds = [
  'warrant',
  'written authority',
  'consent',
  'licence',
  'without warrant',
  'inspection',
  'other',
] as const;
export type EntryKind = (typeof entryKinds)[number];

export const entryPurposes = [
  'search for evidence',
  'arrest for an offence',
  'arrest for immigration detention',
  'speak with people and offer help',
  'inspect the business',
  'save life or limb',
] as const;
export type EntryPurpose = (typeof entryPurposes)[number];

/** Nobody needs a power for these: a team that is let in by any power may do them. */
const withoutPower: readonly string[] = ['speak with people and offer help'] satisfies EntryPurpose[];

/** A warrant's months end on the day of the same number; an authority's days count its own as the first. */
export type Span = { readonly months: number } | { readonly days: number };

export type PowerDuration = {
  /** How long it lasts from its issue; without one it holds while something else does. */
  readonly span: Span | null;
  /** The shorter reading, where the text in force was not read. */
  readonly orPerhaps: Span | null;
  readonly while: string | null;
  readonly verified: boolean;
  readonly says: string;
};

export type Source = { readonly title: string; readonly url: string };

export type PowerEntry = {
  readonly id: string;
  readonly name: string;
  readonly statute: string;
  readonly kind: EntryKind;
  /** Some powers arise only at the visit and cannot be planned. */
  readonly arises: 'before the visit' | 'at the visit';
  readonly mayHold: readonly AgencyKind[] | 'anyone';
  readonly holder: string;
  readonly mayExecute: readonly AgencyKind[] | 'anyone';
  readonly execution: string;
  readonly lasts: PowerDuration;
  /** The condition under which others may accompany the officer who executes it. */
  readonly accompany: 'named on the warrant' | 'the occupier agrees';
  readonly company: string;
  readonly places: string;
  /** What the law says of entering at an unreasonable hour, where it says something. */
  readonly atNight: string | null;
  /** Why the power does not cover homes; null if it does. */
  readonly notDwellings: string | null;
  readonly purposes: readonly EntryPurpose[];
  /** What the law allows entry for, paragraph by paragraph, where the purposes are too coarse for it. */
  readonly grounds: readonly string[];
  readonly notFor: readonly { readonly purpose: EntryPurpose; readonly why: string; readonly source: Source }[];
  readonly record: readonly string[];
  /** Parts of the sources that nobody has read: check them before relying on this entry. */
  readonly check: readonly string[];
  readonly sources: readonly Source[];
  /** Read too, but about another power or practice: the guide names them, papers do not. */
  readonly alongside: readonly Source[];
  readonly dateChecked: string;
  readonly validFrom: string;
  readonly validTo: string | null;
};

type Dated = { readonly validFrom: string; readonly validTo: string | null };

/** The entries in force on this day. */
export const listInForce = <Entry extends Dated>(catalogue: readonly Entry[], day: string): readonly Entry[] =>
  catalogue.filter(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo));

export type Expiry =
  /** Both are the last day of use, by the longer and by the shorter reading; the same where the text was read. */
  | { readonly kind: 'lapses'; readonly lastDay: string; readonly surelyUntil: string }
  | { readonly kind: 'holds while'; readonly what: string };

/** The last day on which a power issued on this day may be used (PACE s.16(3), Immigration Act 1971 s.28K(3), s.28CA). Take the entry in force on the day of issue. */
export function calculateExpiry(entry: Pick<PowerEntry, 'lasts'>, issuedOn: string): Expiry {
  const { span, orPerhaps, while: condition } = entry.lasts;
  if (!span) return { kind: 'holds while', what: condition ?? '' };
  const lastDay = calculateLastDay(span, issuedOn);
  const perhaps = orPerhaps ? calculateLastDay(orPerhaps, issuedOn) : lastDay;
  return perhaps < lastDay
    ? { kind: 'lapses', lastDay, surelyUntil: perhaps }
    : { kind: 'lapses', lastDay: perhaps, surelyUntil: lastDay };
}

const calculateLastDay = (span: Span, issuedOn: string): string =>
  'months' in span ? addMonths(issuedOn, span.months) : addDays(issuedOn, span.days - 1);

/** The planned use of a power. */
export type PlannedUse = {
  readonly day: string;
  /** The day on which it was, or would be, granted; null while it is not. */
  readonly issuedOn: string | null;
  /** The last day as stated on the document, if someone copied it. */
  readonly lastDay: string | null;
  readonly holder: AgencyKind | null;
  readonly purposes: readonly string[];
  readonly dwelling: 'yes' | 'no' | 'not known';
  readonly enters: readonly { readonly kind: AgencyKind; readonly name: string; readonly named: boolean }[];
};

export const faultKinds = [
  'not in force',
  'lapsed',
  'perhaps lapsed',
  'wrong holder',
  'a home',
  'perhaps a home',
  'wrong purpose',
  'outside its purpose',
  'nobody may execute it',
  'not named',
  'needs the occupier',
  'arises at the door',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export type Fault = {
  readonly kind: FaultKind;
  readonly unlawful: boolean;
  /** Days, purposes or names that it is about. */
  readonly about: readonly string[];
  readonly says: string;
  readonly source: Source | null;
};

/** Objections to this use of a power: unlawful, or a risk because something is unread or unsettled. An empty list is no permission: only the catalogue was checked. */
export const findFaults = (entry: PowerEntry, use: PlannedUse): readonly Fault[] => [
  ...findTimeFaults(entry, use),
  ...holderFaults(entry, use),
  ...dwellingFaults(entry, use),
  ...purposeFaults(entry, use),
  ...companyFaults(entry, use),
];

const fault = (
  entry: PowerEntry,
  kind: FaultKind,
  unlawful: boolean,
  about: readonly string[],
  says: string,
  source: Source | null = entry.sources[0] ?? entry.alongside[0] ?? null,
): Fault => ({ kind, unlawful, about, says, source });

/** Objections to the day of use alone. */
export function findTimeFaults(
  entry: PowerEntry,
  { day, issuedOn, lastDay }: Pick<PlannedUse, 'day' | 'issuedOn' | 'lastDay'>,
): readonly Fault[] {
  const { says } = entry.lasts;
  // A document is governed by the rule in force on its day of issue, even if that rule has ended since.
  const rule = issuedOn ?? day;
  if (listInForce([entry], rule).length === 0) return [fault(entry, 'not in force', true, [rule], says)];
  if (entry.arises === 'at the visit')
    return [fault(entry, 'arises at the door', false, [], `${entry.holder} ${says}`)];
  if (lastDay && day > lastDay) {
    const expiry = issuedOn ? calculateExpiry(entry, issuedOn) : undefined;
    const arguable = expiry?.kind === 'lapses' && lastDay === expiry.surelyUntil && day <= expiry.lastDay;
    return [fault(entry, arguable ? 'perhaps lapsed' : 'lapsed', !arguable, [lastDay], says)];
  }
  if (lastDay || !issuedOn) return [];
  const expiry = calculateExpiry(entry, issuedOn);
  if (expiry.kind !== 'lapses' || day <= expiry.surelyUntil) return [];
  return day > expiry.lastDay
    ? [fault(entry, 'lapsed', true, [expiry.lastDay], says)]
    : [fault(entry, 'perhaps lapsed', false, [expiry.surelyUntil], says)];
}

const isKindAllowed = (kinds: readonly AgencyKind[] | 'anyone', kind: AgencyKind): boolean =>
  kinds === 'anyone' || kinds.includes(kind);

const holderFaults = (entry: PowerEntry, { holder }: PlannedUse): readonly Fault[] =>
  holder && !isKindAllowed(entry.mayHold, holder) ? [fault(entry, 'wrong holder', true, [holder], entry.holder)] : [];

function dwellingFaults(entry: PowerEntry, { dwelling }: PlannedUse): readonly Fault[] {
  if (!entry.notDwellings || dwelling === 'no') return [];
  return [fault(entry, dwelling === 'yes' ? 'a home' : 'perhaps a home', dwelling === 'yes', [], entry.notDwellings)];
}

/** The purposes that the law gives a power for. Talking with people needs no power, so no paper names it as what a power is for. */
export const listLawfulPurposes = (
  { purposes: allowed }: Pick<PowerEntry, 'purposes'>,
  purposes: readonly string[],
): string[] => purposes.filter((purpose) => (allowed as readonly string[]).includes(purpose));

const describePurposes = ({ grounds, purposes }: PowerEntry): string =>
  grounds.length > 0 ? `It is for this alone. ${grounds.join(' ')}` : `It is for this: ${purposes.join(', ')}.`;

function purposeFaults(entry: PowerEntry, { purposes }: PlannedUse): readonly Fault[] {
  return purposes.flatMap((purpose) => {
    const wrong = entry.notFor.find((one) => one.purpose === purpose);
    if (wrong) return [fault(entry, 'wrong purpose', true, [purpose], wrong.why, wrong.source)];
    const allowed: readonly string[] = [...entry.purposes, ...withoutPower];
    return allowed.includes(purpose)
      ? []
      : [fault(entry, 'outside its purpose', false, [purpose], describePurposes(entry))];
  });
}

/** Who may not execute a warrant enters only where it names them (PACE s.16(2)), or where the occupier agrees. */
function companyFaults(entry: PowerEntry, { enters }: PlannedUse): readonly Fault[] {
  const others = enters.filter(({ kind }) => !isKindAllowed(entry.mayExecute, kind));
  const executing = enters.length - others.length;
  const nobody =
    enters.length > 0 && executing === 0
      ? [
          fault(
            entry,
            'nobody may execute it',
            true,
            others.map(({ name }) => name),
            entry.execution,
          ),
        ]
      : [];
  if (entry.accompany === 'the occupier agrees')
    return others.length > 0 && executing > 0
      ? [
          ...nobody,
          fault(
            entry,
            'needs the occupier',
            false,
            others.map(({ name }) => name),
            entry.company,
          ),
        ]
      : nobody;
  const unnamed = others.filter(({ named }) => !named).map(({ name }) => name);
  return unnamed.length > 0 && executing > 0
    ? [...nobody, fault(entry, 'not named', true, unnamed, entry.company)]
    : nobody;
}
