/** Routes that letters and handovers share: each has a page, numbered versions in the safeguarding database, and a PDF. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader } from '../../platform/database/database.ts';
import type { MemberNames } from '../../platform/forms/correction.ts';
import type { App } from '../../platform/http/server.ts';
import { type PaperDefinition, type PaperFile, paperRoutes } from '../../platform/paper/paper-routes.ts';
import { floorToHour, formatHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type Id, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { accept } from '../../vocabulary/result.ts';
import type { ConsentTables } from '../consent/store.ts';
import type { HandoverTables } from '../handovers/store.ts';
import * as store from './store.ts';

/** What was read of a paper. The names come from the main store, after the safeguarding store. */
export type SafeguardingPaperFile = PaperFile & {
  readonly of: store.PaperSubject;
  readonly actions: readonly string[];
  readonly names: MemberNames;
};

type Shared = 'makers' | 'formatTime' | 'newId' | 'namesOf' | 'add';

export const safeguardingPaperRoutes = <File extends SafeguardingPaperFile>(
  app: App,
  definition: Omit<PaperDefinition<File>, Shared>,
): void =>
  paperRoutes<File>(app, {
    ...definition,
    makers: 'A member who helps the person',
    formatTime: formatHour,
    newId: newTimelessId<'paper'>,
    namesOf: async (_, { names }) => names,
    add: async (tx, version, { of, actions }, { actor }) =>
      accept(
        await store.addPaperVersion(tx, {
          ...version,
          ...of,
          actions,
          id: version.id as Id<'paper'>,
          agencyId: actor.agencyId as AgencyId,
          madeBy: version.madeBy as MemberId,
          madeAt: floorToHour(version.madeAt),
        }),
      ),
  });

/** The versions that were made of it, and the key of their digests. */
export const readPaperVersions = async (
  db: AuditedReader<ConsentTables & HandoverTables & store.SafeguardingPaperTables>,
  keys: UnitKeys,
  of: store.PaperSubject,
): Promise<Pick<SafeguardingPaperFile, 'of' | 'versions' | 'digestKeys'>> => ({
  of,
  versions: await store.listPaperVersions(db, of),
  digestKeys: [await store.readDigestKey(db, keys, of)],
});
