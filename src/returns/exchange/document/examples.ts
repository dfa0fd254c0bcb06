/** Signed returns of invented partnerships, for tests. */
import { hash } from 'node:crypto';
import { UnitKeys } from '../../../platform/crypto/crypto.ts';
import { type ExchangeKey, openExchangeKey, signDocument } from '../../../platform/crypto/exchange-key.ts';
import type { Return } from '../../return.ts';
import type { SignedReturnDocument, TaskingDocument } from './signed-return.ts';

/** The same key for the same name. */
export const keyNamed = (name: string): ExchangeKey =>
  openExchangeKey(new UnitKeys('k1', new Map([['k1', hash('sha256', name, 'buffer')]])));

export const idNamed = (name: string): string => {
  const hex = hash('sha256', name, 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const exact = (value: number) => ({ kind: 'number', value, qualifier: 'exact' }) as const;
export const figureOf = (indicator: string, value: number) => ({ indicator, total: exact(value), breakdowns: {} });

export type Said = Partial<Omit<SignedReturnDocument, 'figures' | 'reporter'>> & {
  readonly reporter?: Partial<SignedReturnDocument['reporter']>;
  /** Exact totals by figure. */
  readonly counts?: Readonly<Record<string, number>>;
  readonly figures?: SignedReturnDocument['figures'];
};

/** By an invented force, signed with the key of its name or another. */
export function exampleReturn(said: Said = {}, key?: ExchangeKey): SignedReturnDocument {
  const { counts = { 'premises.visited': 2, 'visits.made': 2, 'arrests.made': 1 }, figures, reporter, ...rest } = said;
  const name = reporter?.name ?? 'Lea Vale Constabulary';
  const own = key ?? keyNamed(name);
  return signDocument(
    {
      schema: 'safelight/signed-return' as const,
      schemaVersion: 1 as const,
      instance: { id: own.instanceId, name: `Partnership of ${name}` },
      issuedAt: '2026-09-21T09:00:00.000Z',
      reporter: { name, country: 'GB', level: 'force' as const, ...reporter },
      operation: { id: idNamed(name), name: 'Operation Lantern' },
      week: {
        name: 'Week of action',
        nationalOperation: 'Europe-wide week',
        window: { from: '2026-09-14', until: '2026-09-20' },
        localWindow: { from: '2026-09-14', until: '2026-09-18' },
      },
      version: 1,
      stage: 'provisional' as const,
      definitions: '2026-11',
      nil: false,
      note: null,
      figures:
        figures ??
        Object.fromEntries(Object.entries(counts).map(([indicator, value]) => [indicator, figureOf(indicator, value)])),
      leftOut: [],
      visits: [],
      jointVisits: [],
      signatures: [{ role: 'analyst' as const, at: '2026-09-21T08:00:00.000Z' }],
      returnDigest: hash('sha256', JSON.stringify([rest, counts]), 'hex'),
      ...rest,
    },
    own,
  );
}

/** By an invented desk. */
export const exampleTasking = (said: Partial<TaskingDocument> = {}, key = keyNamed('Joint Desk')): TaskingDocument =>
  signDocument(
    {
      schema: 'safelight/tasking' as const,
      schemaVersion: 1 as const,
      instance: { id: key.instanceId, name: 'Joint Desk' },
      issuedAt: '2026-09-01T09:00:00.000Z',
      week: {
        id: idNamed('a week of the desk'),
        name: 'Week against sexual exploitation',
        nationalOperation: 'Europe-wide week',
        window: { from: '2026-09-14', until: '2026-09-20' },
      },
      deadline: '2026-09-22T11:00:00.000Z',
      area: 'Hertfordshire',
      focus: ['sexual exploitation'],
      definitions: ['2026-11'],
      tasking: 'Visit nail bars.\nReport nil returns too.',
      sendTo: 'https://desk.example/staff/exchange/returns?week=1',
      ...said,
    },
    key,
  );

export const toBytes = (document: object): Buffer => Buffer.from(JSON.stringify(document));

const cellOf = (of: object, value: number) => ({ of, quantity: exact(value) });

/** A return as an analyst signed it, with a breakdown that describes people. */
export const signedByAnalyst = {
  id: idNamed('a return'),
  operationId: idNamed('an operation'),
  version: 1,
  stage: 'provisional',
  definitions: '2026-11',
  facts: {
    weekName: 'Week of action',
    weekFocus: ['sexual exploitation'],
    officialDates: ['2026-09-14', '2026-09-20'],
    localDates: ['2026-09-14', '2026-09-18'],
    area: 'Hertfordshire',
    leadAgency: 'Lea Vale Constabulary',
    codeName: 'Operation Lantern',
    unit: 'Modern Slavery and Exploitation Unit',
    ownUnits: [],
    partners: ['Open Door Relief'],
    participatingCountries: 23,
    parentWeekName: 'Europe-wide week',
  },
  figures: {
    'visits.made': figureOf('visits.made', 8),
    'people.advised': {
      ...figureOf('people.advised', 0),
      total: { kind: 'number', value: 5, qualifier: 'at least' },
    },
    'referrals.made': { ...figureOf('referrals.made', 0), total: { kind: 'words', words: 'fewer than 5' } },
    'arrests.made': {
      ...figureOf('arrests.made', 2),
      breakdowns: {
        byTown: [cellOf({ town: 'Watford' }, 2)],
        bySexAgeResidence: [
          cellOf({ sex: 'female', age: '30', residence: 'Watford' }, 1),
          cellOf({ sex: 'male', age: '32', residence: 'Watford' }, 1),
        ],
      },
    },
  },
  note: 'A late referral\u202e was added.\r\nIt came on Monday.',
  madeBy: '',
  madeAt: new Date('2026-09-23T09:00:00Z'),
  signature: {
    signedBy: '',
    signedAt: new Date('2026-09-23T10:00:00Z'),
    digest: 'a'.repeat(64),
    countersignedBy: null,
    countersignedAt: null,
  },
} as unknown as Return;
