/** Routes of a paper: its page, a button that makes a numbered version, and the PDF of the version that its records make now. */
import type { Result } from '../../vocabulary/result.ts';
import type { LogDetails } from '../audit-hook/audit.ts';
import type { AnyTables, Writer } from '../database/database.ts';
import type { MemberNames } from '../forms/correction.ts';
import { buttonRoute } from '../forms/form-route.ts';
import { notFound } from '../http/problem.ts';
import { type App, IdPath, may, type Request } from '../http/server.ts';
import type { Link } from '../rendering/pages.ts';
import { type PaperPage, paperPage } from './paper-page.ts';
import {
  describeState,
  digestParts,
  type FormatTime,
  findChanges,
  formatVersion,
  type PaperVersion,
} from './paper-versions.ts';
import { formatPrinter, type StaffPaper } from './staff-paper.ts';
import { makeStaffPdf } from './staff-paper-pdf.ts';

/** A paper as its records make it now, the versions that were made of it, and where it belongs. */
export type PaperFile = {
  readonly paper: StaffPaper;
  readonly back: Link;
  /** The newest first. */
  readonly versions: readonly PaperVersion[];
  /** Keys of the digests, the present one first. */
  readonly digestKeys: readonly [present: string, ...earlier: string[]];
} & Partial<Pick<PaperPage, 'guide' | 'related'>>;

/** An address with the id of the record that the paper is about. */
export type PaperPath = ((id: string) => string) & { readonly route: string };

/** What is saved of a version. */
export type NewVersion = Omit<PaperVersion, 'version'> & { readonly id: string };

export type PaperDefinition<File extends PaperFile> = {
  readonly path: PaperPath;
  readonly pdf: PaperPath;
  /** The file without version and ending. */
  readonly pdfName: string;
  readonly reads: string;
  readonly makes: string;
  /** Who makes the first version, for a reader who cannot. */
  readonly makers: string;
  readonly formatTime: FormatTime;
  readonly events: { readonly made: string; readonly exported: string };
  readonly newId: () => string;
  /** Reads the records under the rules of the reader, after logging the access. */
  readonly read: (request: Request, id: string) => Promise<File>;
  /** Names of the members who made its versions. */
  readonly namesOf: (request: Request, file: File) => Promise<MemberNames>;
  readonly add: (
    tx: Writer<AnyTables>,
    version: NewVersion,
    file: File,
    request: Request,
  ) => Promise<Result<unknown, string>>;
  /** What the log says of a PDF. */
  readonly discloses: (file: File, request: Request) => LogDetails;
  /** Asked again when the PDF is ready. */
  readonly isStillAvailable?: (request: Request, id: string) => Promise<boolean>;
};

/** `current` is the last version, where the records still say the same. `changes` is undefined before the first. */
async function readVersions<File extends PaperFile>(request: Request, { read }: PaperDefinition<File>, id: string) {
  const file = await read(request, id);
  const latest = file.versions[0];
  const changes = latest && findChanges(latest, file.paper, file.digestKeys);
  return { file, latest, changes, current: changes?.length === 0 ? latest : undefined };
}

const stampOf = ({ actor }: Request, current: PaperVersion | undefined, paper: StaffPaper, formatTime: FormatTime) => ({
  version: current?.version ?? null,
  made: current ? formatTime(current.madeAt) : null,
  printedBy: paper.givenOut ? null : formatPrinter(actor),
});

export function paperRoutes<File extends PaperFile>(app: App, definition: PaperDefinition<File>): void {
  pageRoute(app, definition);
  versionRoute(app, definition);
  pdfRoute(app, definition);
}

function pageRoute<File extends PaperFile>(app: App, definition: PaperDefinition<File>): void {
  const { path, pdf, reads, formatTime, makers } = definition;
  app.get(path.route, may(reads, IdPath), async (request, reply) => {
    const { id } = request.params;
    const { file, latest, changes, current } = await readVersions(request, definition, id);
    const names = await definition.namesOf(request, file);
    const makes = request.can(definition.makes) && !current;
    return reply.page(
      'platform/paper',
      paperPage({
        paper: file.paper,
        back: file.back,
        stamp: stampOf(request, current, file.paper, formatTime),
        state: describeState(latest, changes, { makes, makers, formatTime }),
        make: makes ? { action: path(id), text: `Make version ${(latest?.version ?? 0) + 1}` } : undefined,
        guide: file.guide,
        related: file.related,
        pdf: current && request.mayTake(reads) ? pdf(id) : undefined,
        versions: file.versions.map((version) => formatVersion(version, formatTime, names)),
      }),
    );
  });
}

function versionRoute<File extends PaperFile>(app: App, definition: PaperDefinition<File>): void {
  const { path, makes, events } = definition;
  buttonRoute(app, path.route, {
    may: may(makes, IdPath),
    load: async (request) => ({
      id: definition.newId(),
      subjectId: request.params.id,
      ...(await readVersions(request, definition, request.params.id)),
    }),
    skip: ({ current, subjectId }) => (current ? path(subjectId) : undefined),
    saves: 'Version',
    event: events.made,
    subject: ({ id }) => id,
    details: ({ subjectId }) => ({ kind: 'collection', returned: [subjectId] }),
    change: (tx, { id, file, changes }, _, request) =>
      definition.add(
        tx,
        {
          id,
          parts: digestParts(file.paper, file.digestKeys[0]),
          changes: changes ?? [],
          madeBy: request.actor.memberId,
          madeAt: request.now,
        },
        file,
        request,
      ),
    // Of those who press at the same moment, one makes the version. The page of all shows it.
    refused: (_, { subjectId }) => path(subjectId),
    next: (_, { subjectId }) => path(subjectId),
  });
}

function pdfRoute<File extends PaperFile>(app: App, definition: PaperDefinition<File>): void {
  const { pdf, pdfName, reads, events, formatTime, isStillAvailable } = definition;
  app.get(pdf.route, may(reads, IdPath), async (request, reply) => {
    const { id } = request.params;
    const { file, current } = await readVersions(request, definition, id);
    if (!current) throw notFound('version of this paper');
    await request.under(reads, async (_, look) => look(events.exported, id, definition.discloses(file, request)));
    return reply.export({
      fileName: `${pdfName}-version-${current.version}.pdf`,
      type: 'application/pdf',
      content: await makeStaffPdf(file.paper, stampOf(request, current, file.paper, formatTime)),
      ...(isStillAvailable && { isStillAvailable: () => isStillAvailable(request, id) }),
    });
  });
}
