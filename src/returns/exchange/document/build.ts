/** Makes the document of a signed return: its figures without people, what it counts of joint visits, and visits by day. Pure. */
import { createHmac } from 'node:crypto';
import { type ExchangeKey, signDocument } from '../../../platform/crypto/exchange-key.ts';
import { type Indicator, isNilReturn, type OperationFacts } from '../../../vocabulary/figures.ts';
import type { AgencyKind } from '../../../vocabulary/people.ts';
import { listLeftOut, withoutSinglePeople } from '../../counting/without-single-people.ts';
import type { Return } from '../../return.ts';
import { canOverlap, isStated } from '../inbox/joint-visits.ts';
import {
  type JointVisitLine,
  type ReporterLevel,
  returnSchemaName,
  type SignedReturnDocument,
  schemaVersion,
  type VisitDayLine,
} from './signed-return.ts';

/** A visit as it was planned, with the reference that another force shares. */
export type CountedVisit = {
  readonly id: string;
  readonly premisesId: string;
  readonly powerId: string | null;
  readonly day: string;
  readonly town: string;
  readonly kind: string;
  readonly jointReference: string | null;
};

/** A record behind the total of one figure. */
export type RecordOfTotal = {
  readonly indicator: Indicator;
  readonly recordId: string;
  readonly withinId: string | null;
};

export type Sender = {
  readonly key: ExchangeKey;
  readonly partnershipName: string;
  readonly country: string;
  readonly leadAgencyKind: AgencyKind | undefined;
  readonly issuedAt: Date;
  /** A key of this instance alone. */
  readonly digestKey: string;
};

export const levelOf = (kind: AgencyKind | undefined): ReporterLevel =>
  kind === 'coordinator' ? 'country' : kind === 'police force' ? 'force' : 'partnership';

const idsOf = (records: readonly RecordOfTotal[], indicator: Indicator): ReadonlySet<string> =>
  new Set(records.filter((one) => one.indicator === indicator).map(({ recordId }) => recordId));

/** The visits that the return counts. */
const listMade = (visits: readonly CountedVisit[], records: readonly RecordOfTotal[]): CountedVisit[] => {
  const made = idsOf(records, 'visits.made');
  return visits.filter(({ id }) => made.has(id));
};

/** Each day, town and kind of premises once, in order. */
export function listVisitDays(visits: readonly CountedVisit[], records: readonly RecordOfTotal[]): VisitDayLine[] {
  const groups = Map.groupBy(listMade(visits, records), ({ day, town, kind }) => JSON.stringify([day, town, kind]));
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, [first, ...rest]]) => {
      if (!first) return [];
      const premises = new Set([first, ...rest].map(({ premisesId }) => premisesId)).size;
      return [{ day: first.day, town: first.town, kind: first.kind, visits: 1 + rest.length, premises }];
    });
}

/** One line for each shared reference: how much of each figure comes from those visits. */
export function listJointVisits(visits: readonly CountedVisit[], records: readonly RecordOfTotal[]): JointVisitLine[] {
  const joint = Map.groupBy(
    listMade(visits, records).filter(({ jointReference }) => jointReference),
    ({ jointReference }) => jointReference as string,
  );
  const once = records.filter(({ indicator }) => canOverlap(indicator) && !isStated(indicator));
  return [...joint]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([reference, here]) => {
      const [first] = here;
      if (!first) return [];
      const made = new Set(here.map(({ id }) => id));
      const used = new Set(
        here.flatMap(({ id, premisesId, powerId }) => [id, premisesId, ...(powerId ? [powerId] : [])]),
      );
      const counts: Record<string, number> = {};
      for (const { indicator, recordId, withinId } of once)
        if (used.has(recordId) || (withinId !== null && made.has(withinId)))
          counts[indicator] = (counts[indicator] ?? 0) + 1;
      return [{ reference, day: first.day, town: first.town, kind: first.kind, counts }];
    });
}

/** Without control characters and letters that turn the direction of writing, which no reader accepts. */
const unplain = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu;
const clean = <Value>(value: Value): Value =>
  (typeof value === 'string'
    ? value.replaceAll(unplain, ' ')
    : Array.isArray(value)
      ? value.map(clean)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([name, held]) => [name, clean(held)]))
        : value) as Value;

const cleanLines = (text: string | null): string | null =>
  text
    ?.split(/\r\n|\r|\n/)
    .map(clean)
    .join('\n') ?? null;

const windowOf = ([from, until]: OperationFacts['localDates']) => ({ from, until });

export type SignedContent = {
  readonly signed: Return;
  readonly visits: readonly CountedVisit[];
  readonly records: readonly RecordOfTotal[];
};

/** Undefined for a return that nobody has signed. */
export function buildSignedReturn(
  { signed, visits, records }: SignedContent,
  { key, partnershipName, country, leadAgencyKind, issuedAt, digestKey }: Sender,
): SignedReturnDocument | undefined {
  const { signature, facts, operationId, version, stage, definitions, note } = signed;
  if (!signature) return undefined;
  const { figures } = withoutSinglePeople(signed);
  const content: Omit<SignedReturnDocument, 'keyId' | 'publicKey' | 'signature' | 'note'> = clean({
    schema: returnSchemaName,
    schemaVersion,
    instance: { id: key.instanceId, name: partnershipName },
    issuedAt: issuedAt.toISOString(),
    reporter: { name: facts.leadAgency, country, level: levelOf(leadAgencyKind) },
    operation: { id: operationId, name: facts.codeName },
    week: {
      name: facts.weekName,
      nationalOperation: facts.parentWeekName,
      window: windowOf(facts.officialDates),
      localWindow: windowOf(facts.localDates),
    },
    version,
    stage,
    definitions,
    nil: isNilReturn(figures),
    figures: figures as SignedReturnDocument['figures'],
    leftOut: listLeftOut(signed),
    visits: listVisitDays(visits, records),
    jointVisits: listJointVisits(visits, records),
    signatures: [
      { role: 'analyst', at: signature.signedAt.toISOString() },
      ...(signature.countersignedAt
        ? [{ role: 'second person' as const, at: signature.countersignedAt.toISOString() }]
        : []),
    ],
    // What is left out could be tried against a digest without a key.
    returnDigest: createHmac('sha256', digestKey).update(signature.digest).digest('hex'),
  });
  return signDocument({ ...content, note: cleanLines(note) }, key);
}
