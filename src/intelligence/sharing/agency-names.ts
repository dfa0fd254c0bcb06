/** Names of agencies, for pages about what they share. */
import { listAgencies } from '../../identity/agencies/index.ts';
import type { AnyTables, Reader } from '../../platform/database/database.ts';

export type AgencyNames = ReadonlyMap<string, string>;

/** By id. */
export const readAgencyNames = async (db: Reader<AnyTables>): Promise<AgencyNames> =>
  new Map((await listAgencies(db)).map(({ id, name }) => [id as string, name]));
