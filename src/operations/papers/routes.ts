/** Who may ask for a paper: its page, its numbered versions, and the PDF of the version that its records make now. */
import { memberNames } from '../../identity/agencies/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { refuseOn, uniqueViolation } from '../../platform/database/violations.ts';
import { buttonRoute } from '../../platform/forms/form-route.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { paperPage } from '../../platform/paper/paper-page.ts';
import { formatPrinter, type StaffPaper } from '../../platform/paper/staff-paper.ts';
import { makeStaffPdf } from '../../platform/paper/staff-paper-pdf.ts';
import type { Link } from '../../platform/rendering/pages.ts';
import { type MemberId, newId, type OperationId, type VisitId } from '../../vocabulary/ids.ts';
import { powerPaths } from '../../vocabulary/paths/operations.ts';
import { digestParts, findChanges, type MadePaper, type PaperKind } from './made-paper.ts';
import { describeState, formatVersion, pdfNames } from './paper-words.ts';
import * as store from './store.ts';

/** A paper as its records make it now, and where it belongs. */
export type ReadPaper = {
  readonly paper: StaffPaper;
  readonly operationId: OperationId;
  readonly visitId: VisitId | null;
  readonly back: Link;
};

/** An address with the id of the record that the paper is about. */
type PaperPath = ((id: string) => string) & { readonly route: string };

export type PaperDefinition = {
  readonly kind: PaperKind;
  readonly of: 'visit paper' | 'plan paper';
  readonly path: PaperPath;
  readonly pdf: PaperPath;
  /** Reads the records under the rules of the reader, after logging the access. */
  readonly read: (request: Request, id: string) => Promise<ReadPaper>;
};

const use = 'made papers';

/** The paper with the versions that were made of it; `changes` is undefined before the first. */
async function readVersions(request: Request, { kind, read }: PaperDefinition, id: string, keys: UnitKeys) {
  const known = await read(request, id);
  const versions = await store.listMadePapers(request.db, kind, id);
  const latest = versions[0];
  const changes = latest && findChanges(latest, known.paper, keys.deriveEach(use));
  return { ...known, versions, latest, changes, current: changes?.length === 0 ? latest : undefined };
}

const stampOf = ({ actor }: Request, current: MadePaper | undefined, paper: StaffPaper) => ({
  version: current?.version ?? null,
  made: current ? formatVersion(current) : null,
  printedBy: paper.givenOut ? null : formatPrinter(actor),
});

/** A page that shows the paper, a button that makes a numbered version, and its PDF. */
export function paperRoutes(app: App, { keys }: Pick<AreaParts, 'keys'>, definition: PaperDefinition): void {
  const { kind, of, path, pdf } = definition;

  app.get(path.route, may(`${of}.read`, IdPath), async (request, reply) => {
    const { id } = request.params;
    const { paper, back, versions, changes, latest, current } = await readVersions(request, definition, id, keys);
    const names = await memberNames(
      request.db,
      versions.map(({ madeBy }) => madeBy),
    );
    const makes = request.can(`${of}.make`) && !current;
    return reply.page(
      'platform/paper',
      paperPage({
        paper,
        back,
        stamp: stampOf(request, current, paper),
        state: describeState(latest, changes, makes),
        make: makes ? { action: path(id), text: `Make version ${(latest?.version ?? 0) + 1}` } : undefined,
        guide: paper.sources.length > 0 ? powerPaths.catalogue() : undefined,
        pdf: current && request.mayTake(`${of}.read`) ? pdf(id) : undefined,
        versions: versions.map((version) => formatVersion(version, names)),
      }),
    );
  });

  buttonRoute(app, path.route, {
    may: may(`${of}.make`, IdPath),
    load: async (request) => ({
      id: newId<'paper'>(),
      subjectId: request.params.id,
      ...(await readVersions(request, definition, request.params.id, keys)),
    }),
    skip: ({ current, subjectId }) => (current ? path(subjectId) : undefined),
    saves: 'Version',
    event: `${of}.made`,
    subject: ({ id }) => id,
    details: ({ subjectId }) => ({ kind: 'collection', returned: [subjectId] }),
    change: (tx, { id, subjectId, paper, operationId, visitId, latest, changes }, _, { actor, now: madeAt }) =>
      refuseOn({ [uniqueViolation]: 'somebody made a version at the same moment' } as const, () =>
        store.addMadePaper(tx, {
          ...{ id, kind, operationId, visitId, subjectId, madeAt },
          version: (latest?.version ?? 0) + 1,
          parts: digestParts(paper, keys.derive(use)),
          changes: changes ?? [],
          madeBy: actor.memberId as MemberId,
        }),
      ),
    // Of those who press at the same moment, one makes the version. The page of all shows it.
    refused: (_, { subjectId }) => path(subjectId),
    next: (_, { subjectId }) => path(subjectId),
  });

  app.get(pdf.route, may(`${of}.read`, IdPath), async (request, reply) => {
    const { id } = request.params;
    const { paper, current } = await readVersions(request, definition, id, keys);
    if (!current) throw notFound('version of this paper');
    request.look(`${of}.exported`, id, { kind: 'disclosure', recipient: request.actor.agencyId, fields: [kind] });
    return reply.export({
      fileName: `${pdfNames[kind]}-version-${current.version}.pdf`,
      type: 'application/pdf',
      content: await makeStaffPdf(paper, stampOf(request, current, paper)),
    });
  });
}
