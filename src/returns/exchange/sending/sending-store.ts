/** What a signed return is sent with: the records behind its totals, and its visits by day, town and kind. Read under the statistics role. */
import type { Reader } from '../../../platform/database/database.ts';
import type { Indicator } from '../../../vocabulary/figures.ts';
import { totalCell } from '../../counting/counting.ts';
import type { CountedVisit, RecordOfTotal } from '../document/build.ts';

export type SendingTables = {
  returnRecords: { returnId: string; indicator: Indicator; cell: string; recordId: string; withinId: string | null };
  plannedVisits: {
    id: string;
    operationId: string;
    premisesId: string;
    powerId: string | null;
    day: string;
    jointReference: string | null;
  };
  premises: { id: string; town: string; business: string };
};

export const listRecordsOfTotals = (db: Reader<SendingTables>, returnId: string): Promise<RecordOfTotal[]> =>
  db
    .selectFrom('returnRecords')
    .select(['indicator', 'recordId', 'withinId'])
    .where('returnId', '=', returnId)
    .where('cell', '=', totalCell)
    .orderBy('indicator')
    .orderBy('recordId')
    .execute();

export const listCountedVisits = (db: Reader<SendingTables>, operationId: string): Promise<CountedVisit[]> =>
  db
    .selectFrom('plannedVisits as v')
    .innerJoin('premises as p', 'p.id', 'v.premisesId')
    .select(['v.id', 'v.premisesId', 'v.powerId', 'v.day', 'v.jointReference', 'p.town', 'p.business as kind'])
    .where('v.operationId', '=', operationId)
    .orderBy('v.id')
    .execute();
