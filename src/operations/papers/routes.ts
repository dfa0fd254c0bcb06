/** Papers about an operation: who may ask for each, and where their numbered versions are stored. */
import { memberNames } from '../../identity/agencies/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { refuseOn, uniqueViolation } from '../../platform/database/violations.ts';
import type { App, Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { type PaperFile, type PaperPath, paperRoutes as routesOfPaper } from '../../platform/paper/paper-routes.ts';
import type { StaffPaper } from '../../platform/paper/staff-paper.ts';
import type { Link } from '../../platform/rendering/pages.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { type Id, type MemberId, newId, type OperationId, type VisitId } from '../../vocabulary/ids.ts';
import { powerPaths } from '../../vocabulary/paths/operations.ts';
import type { PaperKind } from './made-paper.ts';
import { pdfNames } from './paper-words.ts';
import * as store from './store.ts';

/** A paper as its records make it now, and where it belongs. */
export type ReadPaper = {
  readonly paper: StaffPaper;
  readonly operationId: OperationId;
  readonly visitId: VisitId | null;
  readonly back: Link;
};

export type PaperDefinition = {
  readonly kind: PaperKind;
  readonly of: 'visit paper' | 'plan paper';
  readonly path: PaperPath;
  readonly pdf: PaperPath;
  /** Reads the records under the rules of the reader, after logging the access. */
  readonly read: (request: Request, id: string) => Promise<ReadPaper>;
};

const use = 'made papers';

async function readFile(request: Request, { kind, read }: PaperDefinition, id: string, keys: UnitKeys) {
  const known = await read(request, id);
  return {
    ...known,
    subjectId: id,
    versions: await store.listMadePapers(request.db, kind, id),
    digestKeys: [keys.derive(use), ...keys.deriveEach(use)] as PaperFile['digestKeys'],
    guide: known.paper.notes ? powerPaths.catalogue() : undefined,
  };
}

/** A page that shows the paper, a button that makes a numbered version, and its PDF. */
export function paperRoutes(app: App, { keys }: Pick<AreaParts, 'keys'>, definition: PaperDefinition): void {
  const { kind, of, path, pdf } = definition;
  routesOfPaper(app, {
    ...{ path, pdf, pdfName: pdfNames[kind] },
    reads: `${of}.read`,
    makes: `${of}.make`,
    makers: 'A planner, a commander or an officer of the team',
    formatTime: formatMoment,
    events: { made: `${of}.made`, exported: `${of}.exported` },
    newId: newId<'paper'>,
    read: (request, id) => readFile(request, definition, id, keys),
    namesOf: (request, { versions }) =>
      memberNames(
        request.db,
        versions.map(({ madeBy }) => madeBy),
      ),
    add: (tx, version, { operationId, visitId, subjectId, versions }) =>
      refuseOn({ [uniqueViolation]: 'somebody made a version at the same moment' } as const, () =>
        store.addMadePaper(tx, {
          ...version,
          ...{ kind, operationId, visitId, subjectId },
          id: version.id as Id<'paper'>,
          madeBy: version.madeBy as MemberId,
          version: (versions[0]?.version ?? 0) + 1,
        }),
      ),
    discloses: (_, { actor }) => ({ kind: 'disclosure', recipient: actor.agencyId, fields: [kind] }),
  });
}
