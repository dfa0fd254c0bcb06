/** Who may ask what of releases on their way: list, draft, read, take along. Writing them is in writing-routes.ts. */
import { z } from 'zod';
import { memberNames } from '../../identity/agencies/index.ts';
import { ExportForm, exportPage, formatExportReason } from '../../platform/exports/export-reason.ts';
import { buttonRoute, formRoute } from '../../platform/forms/form-route.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, IdPath, may, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { listSignedReturns } from '../../returns/index.ts';
import { newId } from '../../vocabulary/ids.ts';
import { newsroomPaths, releasePaths } from '../../vocabulary/paths/newsroom.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { getImportedRelease } from '../imported-releases/store.ts';
import { listStopped } from '../submitted-releases/store.ts';
import { decisionFrom, draftPage, findOpenDecision, findUnsoundDecision } from './edit-page.ts';
import { DraftForm } from './forms.ts';
import { countUnwritten, mostReturns } from './home-items.ts';
import { choosePage, newsroomPage } from './pages.ts';
import {
  checkRelease,
  draftFrom,
  draftFromImported,
  exportRelease,
  readDraftMaterial,
  showRelease,
} from './reading.ts';
import { mayReadRevision, states } from './release.ts';
import { releaseExport, revisionPage } from './release-page.ts';
import { leaveOutStopped } from './stopped-words.ts';
import * as store from './store.ts';

const RevisionPath = IdPath.extend({ revision: z.coerce.number().int().min(1).max(1_000_000) });
const OptionalText = z
  .string()
  .trim()
  .max(100)
  .transform((text) => text || undefined)
  .optional()
  .catch(undefined);
const Shelf = PageQuery.extend({
  state: z.enum(states).optional().catch(undefined),
  area: OptionalText,
  words: OptionalText,
});

export async function newsroomRoutes(app: App, parts: AreaParts): Promise<void> {
  app.get(newsroomPaths.list.route, may('release.read', z.unknown(), Shelf), async (request, reply) => {
    const { page, ...shelf } = request.query;
    const found = await store.listReleases(request.db, shelf, { page, size: pageSize });
    const unwritten = await countUnwritten(request.db);
    const names = await memberNames(
      request.db,
      found.releases.map(({ editedBy }) => editedBy),
    );
    const stopped = await listStopped(
      request.db,
      found.releases.map(({ id }) => id),
    );
    const { now } = request;
    const shown = { ...found, shelf, page, names, stopped, unwritten, now };
    return reply.page('newsroom/releases/newsroom', newsroomPage(shown));
  });

  app.get(newsroomPaths.returns.route, may('release.draft', z.unknown(), PageQuery), async (request, reply) => {
    const { page } = request.query;
    const all = await listSignedReturns(request.db, { limit: mostReturns });
    const returns = all.slice((page - 1) * pageSize, page * pageSize);
    const written = await store.listReleasesAbout(
      request.db,
      returns.map(({ operationId }) => operationId),
    );
    const pages = paginate(page, pageSize, all.length, (number) =>
      withQuery(newsroomPaths.returns(), { page: number }),
    );
    return reply.list(choosePage(returns, written, pages));
  });

  draftRoute(app);
  draftImportedRoute(app, parts);

  app.get(releasePaths.release.route, may('release.read', IdPath), async (request, reply) =>
    reply.page(
      'newsroom/releases/release',
      await showRelease(
        request.db,
        { id: request.params.id, origin: parts.origin, contacts: parts.siteSettings },
        request,
      ),
    ),
  );

  exportRoutes(app, parts);

  app.get(releasePaths.revision.route, may('release.read', RevisionPath), async (request, reply) => {
    const release = await store.getRelease(request.db, request.params.id);
    const { revision } = request.params;
    const acts = await store.listActs(request.db, release.id);
    if (revision !== release.revision && !mayReadRevision(release, acts, request.actor, revision))
      throw notFound('revision');
    const earlier = await store.getRevision(request.db, release, revision);
    const { preview } = await checkRelease(request.db, earlier, request.now);
    const names = await memberNames(request.db, [earlier.editedBy]);
    return reply.page('newsroom/releases/release', revisionPage(release, earlier, preview, names));
  });
}

function draftRoute(app: App): void {
  formRoute(app, newsroomPaths.draft.route, {
    may: may('release.draft', IdPath),
    load: async ({ db, params, today }) => ({
      id: newId<'release'>(),
      material: await readDraftMaterial(db, params.id, today),
    }),
    form: DraftForm,
    check: (_, values, { today }) => findUnsoundDecision(values, today),
    page: ({ material }, typed, errors) => draftPage(material, typed, errors),
    show: (reply, page) => reply.page('newsroom/releases/draft', page),
    event: 'release drafted',
    saves: 'Release drafted',
    subject: ({ id }) => id,
    details: () => ({ kind: 'collection' }),
    change: async (tx, { id, material }, values, request) => {
      const decided = decisionFrom(findOpenDecision(material), values);
      const release = await leaveOutStopped(tx, { ...(await draftFrom(material, decided, request)), id });
      await store.addRelease(tx, release);
      await store.addAct(tx, release, 'drafted', request.actor, request.now);
      return accept(true);
    },
    refusals: {},
    next: (_, { id }) => releasePaths.release(id),
  });
}

/** Once for each imported release: a repeat goes on to the release that there is. */
function draftImportedRoute(app: App, { siteSettings }: AreaParts): void {
  buttonRoute(app, newsroomPaths.history.route, {
    may: may('release.draft', IdPath),
    load: async (request) => {
      const { id } = request.params;
      const already = await store.findReleaseOfImported(request.db, id);
      if (already) return { id, already, drafted: undefined };
      const db = request.look('imported release read', id, { fields: ['title', 'source', 'claims', 'discrepancies'] });
      const imported = await getImportedRelease(db, id);
      return { id, already, drafted: await draftFromImported(imported, request, siteSettings.jurisdiction) };
    },
    skip: ({ already }) => already && releasePaths.release(already),
    event: 'release drafted',
    saves: 'Release drafted',
    subject: ({ drafted }) => drafted?.id ?? null,
    details: () => ({ kind: 'collection' }),
    change: async (tx, { drafted }, _, { actor, now }) => {
      if (!drafted || !(await store.addReleaseOfImported(tx, drafted))) return refuse('drafted already');
      await store.addAct(tx, drafted, 'drafted', actor, now);
      return accept(drafted.id);
    },
    // Somebody else drafted it at the same moment.
    refused: async (_, { id }, reply, request) => {
      const release = await request.under('release.read', (db) => store.findReleaseOfImported(db, id));
      return reply.redirect(releasePaths.release(`${release}`), 303);
    },
    next: (id) => releasePaths.release(id),
  });
}

/** Answered by the file. */
function exportRoutes(app: App, { origin }: AreaParts): void {
  app.get(releasePaths.export.route, may('release.export', IdPath), async (request, reply) =>
    reply.form(exportPage(releaseExport(await store.getRelease(request.db, request.params.id)))),
  );

  app.post(releasePaths.export.route, may('release.export', IdPath), async (request, reply) => {
    const { id } = request.params;
    const release = await store.getRelease(request.db, id);
    const form = readForm(ExportForm, request.body);
    if (!form.ok) return reply.form(exportPage(releaseExport(release)), answersOf(request.body), form.errors);
    const db = request.look('release exported', id, {
      kind: 'disclosure',
      recipient: request.actor.agencyId,
      reason: formatExportReason(form.values),
    });
    const { now, today } = request;
    const { fileName, bytes } = await exportRelease(db, id, { now, today, origin });
    return reply.export({ fileName, type: 'text/markdown', content: bytes });
  });
}
