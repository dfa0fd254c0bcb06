/** Who may ask what of the archive: list, import, read, download, take out. Looking is written down before the answer leaves. */
import { z } from 'zod';
import { memberNames } from '../../identity/agencies/index.ts';
import { toFileName } from '../../platform/exports/csv.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { answersOf, NothingAsked } from '../../platform/forms/forms.ts';
import { type App, IdPath, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { pageSize } from '../../platform/rendering/paging.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { importedReleasePaths } from '../../vocabulary/paths/newsroom.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { showHidden } from './findings/deceptive-text.ts';
import { badFileFinding } from './findings/file-findings.ts';
import { ImportedReleasesQuery, ImportForm, maxPastedLength } from './forms.ts';
import { importedReleasePage, showRelease } from './imported-release-page.ts';
import * as pages from './pages.ts';
import { checkAgainstPolicy } from './policy-today.ts';
import { openReader } from './reading.ts';
import * as store from './store.ts';

/** What may name a person in a text that others published. */
const fields = ['title', 'source', 'claims', 'discrepancies'];
/** As a form sends it, a character may take nine. */
const bodyLimit = maxPastedLength * 9;

export async function importedReleaseRoutes(app: App, { siteSettings }: AreaParts): Promise<void> {
  app.get(
    importedReleasePaths.list.route,
    may('imported release.read', z.unknown(), ImportedReleasesQuery),
    async (request, reply) => {
      const { page, ...shelf } = request.query;
      const db = shelf.words ? request.look('imported releases searched', null, { fields: ['words'] }) : request.db;
      const found = await store.listImportedReleases(db, shelf, { page, size: pageSize });
      if (shelf.words) request.returned(found.cuttings.map(({ id }) => id));
      const mayImport = request.can('imported release.import');
      return reply.page(
        'newsroom/imported-releases/archive',
        pages.importedReleasesPage({ ...found, shelf, page, mayImport }),
      );
    },
  );

  importRoutes(app);

  app.get(importedReleasePaths.release.route, may('imported release.read', IdPath), async (request, reply) => {
    const { id } = request.params;
    const cutting = await store.getImportedRelease(request.look('imported release shown', id, { fields }), id);
    const names = await memberNames(request.db, [cutting.importedBy]);
    const today = await checkAgainstPolicy(cutting, request.today, siteSettings.jurisdiction);
    const shown = await showRelease(cutting);
    const [mayPublish, mayRemove] = [request.can('release.draft'), request.can('imported release.remove')];
    return reply.page(
      'newsroom/imported-releases/imported-release',
      importedReleasePage({ cutting, today, shown, names, mayPublish, mayRemove }),
    );
  });

  downloadRoute(app);

  formRoute(app, importedReleasePaths.remove.route, {
    may: may('imported release.remove', IdPath),
    load: ({ db, params }) => store.getTitle(db, params.id),
    form: NothingAsked,
    page: (cutting) => pages.removePage(cutting),
    event: 'imported release removed',
    subject: ({ id }) => id,
    details: () => ({ kind: 'erasure' }),
    change: (tx, { id }) => store.removeImportedRelease(tx, id),
    refusals: pages.refusalErrors,
    next: () => importedReleasePaths.list(),
  });
}

/** Answered by the file as it came. */
function downloadRoute(app: App): void {
  app.get(importedReleasePaths.source.route, may('imported release.read', IdPath), async (request, reply) => {
    const { id } = request.params;
    const { source, fileName } = await store.getImportedRelease(
      request.look('imported release downloaded', id, {
        kind: 'disclosure',
        recipient: request.actor.agencyId,
        fields: ['source'],
      }),
      id,
    );
    return reply.export({
      fileName: `${toFileName(fileName.replace(/\.\w+$/, ''))}.md`,
      type: 'text/markdown',
      content: source,
    });
  });
}

/** Not a form route: the file is read to the letter and before the change, and a bad one is shown with its line. */
function importRoutes(app: App): void {
  app.get(importedReleasePaths.import.route, may('imported release.import'), async (_request, reply) =>
    reply.page('newsroom/imported-releases/import', pages.importPage()),
  );

  const importing = may('imported release.import');
  const toTheLetter = { ...importing, config: { ...importing.config, verbatim: true }, bodyLimit };
  app.post(importedReleasePaths.import.route, toTheLetter, async (request, reply) => {
    const typed = answersOf(request.body);
    const form = readForm(ImportForm, typed);
    if (!form.ok) return reply.page('newsroom/imported-releases/import', pages.importPage(typed, form.errors));
    const { text, fileName } = form.values;
    const read = (await openReader())(Buffer.from(text), fileName || `pasted-${request.today}.md`);
    if (!read.ok) {
      const { what, cure } = badFileFinding(read);
      const bad = { line: read.line, words: what, cure: cure ?? '', text: lineOf(text, read.line) };
      return reply.page(
        'newsroom/imported-releases/import',
        pages.importPage(typed, pages.badLineErrors(bad), { bad }),
      );
    }
    const kept = await request.change(
      'imported release imported',
      null,
      async (tx) => {
        const [id] = await store.addImportedReleases(tx, [read.value], importedBy(request));
        return id ? accept(id) : refuse('already there');
      },
      { kind: 'collection' },
    );
    if (kept.ok) return reply.redirect(importedReleasePaths.release(kept.value), 303);
    const already = await request.under('imported release.read', (db) => store.findByDigest(db, read.value.digest));
    return reply.page(
      'newsroom/imported-releases/import',
      pages.importPage(typed, pages.existingImportErrors, { already }),
    );
  });
}

const importedBy = ({ actor, now }: Pick<Request, 'actor' | 'now'>) => ({
  agencyId: actor.agencyId as AgencyId,
  importedBy: actor.memberId as MemberId,
  importedAt: now,
});

const longestShown = 300;
const lineOf = (text: string, line: number): pages.BadLine['text'] =>
  showHidden((text.split(/\r\n|\r|\n/)[line - 1] ?? '').trim().slice(0, longestShown));
