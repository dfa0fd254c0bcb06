/** Routes for safeguarding leads: the releases that wait or are published, one of them with its picture, and the form that stops it. */
import { z } from 'zod';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { isolatedResponse } from '../../platform/files/index.ts';
import { buttonRoute, formRoute } from '../../platform/forms/form-route.ts';
import { CheckboxList } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, IdPath, may } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { announce, markSubjectRead } from '../../platform/notifications/index.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { submittedReleasePaths } from '../../vocabulary/paths/newsroom.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { clearNewsCache } from '../publication/news.ts';
import { getPictureBytes } from '../release-picture/store.ts';
import { bodyOf, submittedListPage, submittedPage } from './pages.ts';
import { readStopNames } from './stop-names.ts';
import { stopReasons } from './stops.ts';
import * as store from './store.ts';

const StopForm = z.object({
  revision: z.coerce.number().int().catch(0),
  reason: z.enum(stopReasons, 'Select why this text must not be published'),
});
const WithdrawForm = StopForm.extend({
  confirm: CheckboxList(['yes']).refine((ticks) => ticks.length > 0, 'Confirm that the release is withdrawn now'),
});
const ListQuery = PageQuery.extend({ withdrawn: z.literal('yes').optional().catch(undefined) });
/** Beside a correction that waits, the published text has an address of its own. */
const TextQuery = z.object({ text: z.enum(['waiting', 'published']).catch('waiting') });
/** Which picture a page means, so that a browser does not show the one before. */
const PictureQuery = TextQuery.extend({ v: z.string().max(40).optional().catch(undefined) });

export async function submittedReleaseRoutes(app: App, parts: AreaParts): Promise<void> {
  const list = may('submitted release.stop', z.unknown(), ListQuery);
  app.get(submittedReleasePaths.list.route, list, async ({ db, query: { page, withdrawn }, now }, reply) => {
    const { found, submitted } = await store.listSubmitted(db, { page, size: pageSize });
    const stops = await store.listStops(
      db,
      submitted.map(({ id }) => id),
    );
    const pages = paginate(page, pageSize, found, (number) =>
      withQuery(submittedReleasePaths.list(), { page: number }),
    );
    return reply.list(submittedListPage(submitted, { stops, pages, now, wasWithdrawn: withdrawn === 'yes' }));
  });

  stopRoute(app, parts);
  readRoute(app);

  const isolated = { ...may('submitted release.stop', IdPath, PictureQuery), ...isolatedResponse };
  app.get(submittedReleasePaths.pictureFile.route, isolated, async (request, reply) => {
    const { text } = await store.getSubmitted(request.db, request.params.id, request.query.text);
    if (!text.picture) throw notFound('picture');
    return reply.type('image/jpeg').send(await getPictureBytes(request.db, text.picture.id));
  });
}

/** The lead has read the text and does not stop it: it is no task any more. Press does not see it. */
function readRoute(app: App): void {
  buttonRoute(app, submittedReleasePaths.read.route, {
    may: may('notification.acknowledge', IdPath),
    load: async ({ db, params: { id }, now }) => {
      if (!(await store.mayReadBefore(db, id, now))) throw notFound('release');
      return id;
    },
    saves: null,
    event: 'release read before publication',
    subject: (id) => id,
    change: async (tx, subject, _, { actor, now }) =>
      accept(await markSubjectRead(tx, { kind: 'release to read', subject, actor }, now)),
    next: () => submittedReleasePaths.list(),
  });
}

/** A stop of a text that waits holds it back. A stop of a published one withdraws the release: the database does both at once. */
function stopRoute(app: App, parts: AreaParts): void {
  formRoute(app, submittedReleasePaths.release.route, {
    may: may('submitted release.stop', IdPath, TextQuery),
    load: async ({ db, params, query, actor, now }) => {
      const release = await store.getSubmitted(db, params.id, query.text);
      const stops = await store.listStopsOf(db, release.id);
      const isOwn = stops.some((stop) => stop.revision === release.revision && stop.memberId === actor.memberId);
      const isCorrection = !release.scheduled && (await store.findSubmitted(db, params.id, 'published')) !== undefined;
      const press = parts.siteSettings.partnership?.press;
      const shown = { stops, isOwn, isCorrection, now, press, names: await readStopNames(db, stops) };
      // The page of a text that waits asks for no withdrawal.
      return { release, shown, asked: query.text, html: await bodyOf(release) };
    },
    form: ({ asked }) => (asked === 'published' ? WithdrawForm : StopForm),
    page: ({ release, shown, html }) => submittedPage(release, { ...shown, html }),
    show: (reply, page) => reply.page('newsroom/submitted-releases/submitted', page),
    event: ({ release }) => (release.scheduled ? 'release withdrawn by a stop' : 'release stopped'),
    subject: ({ release }) => release.id,
    details: () => ({ kind: 'collection', fields: ['reason'] }),
    change: async (tx, { release: { id }, shown, asked }, { revision, reason }, { actor, now }) => {
      if (shown.isOwn) return refuse('stopped already');
      const before = await store.findSubmitted(tx, id, asked);
      if (!before) return refuse(await whyGone(tx, id, asked));
      if (before.revision !== revision) return refuse('changed since');
      await store.addStop(tx, before, reason, actor, now);
      // Somebody may have published or withdrawn it while the row above waited for them.
      const after = await store.findSubmitted(tx, id, asked);
      if (asked === 'waiting' && !after) return refuse(await whyGone(tx, id, asked));
      if (asked === 'published' && after) return refuse('changed since');
      await announceStop(tx, before, actor.memberId);
      return accept(asked);
    },
    refusals: {
      'stopped already': { '': 'You stopped this text already.' },
      'changed since': { '': 'The text changed after you opened it. Nothing was stopped. Read it as it is now.' },
      'published since': {
        '': 'Press published this text while you read it, so it was not stopped. You can still stop it. Read below what that does, then confirm it.',
      },
      gone: {
        '': 'This text no longer waits. It is a draft again, or it was withdrawn. Nobody outside can read it, so there is nothing to stop.',
      },
    },
    next: (stopped, { release }) => {
      if (stopped === 'waiting') return submittedReleasePaths.release(release.id);
      clearNewsCache(parts); // It is done: the caches of this process are read again.
      return withQuery(submittedReleasePaths.list(), { withdrawn: 'yes' });
    },
  });
}

const whyGone = async (tx: Writer<AnyTables>, id: string, asked: store.Which): Promise<'published since' | 'gone'> =>
  asked === 'waiting' && (await store.findSubmitted(tx, id, 'published')) ? 'published since' : 'gone';

/** To the press officers who wrote it, and to those who could approve or publish it. Any agency may have approved an imported one. */
const announceStop = (
  tx: Writer<AnyTables>,
  { id, operationId, agencyId }: store.SubmittedRelease,
  except: string,
): Promise<void> =>
  announce(tx, id, {
    kind: 'release stopped',
    among: { operation: operationId, agency: operationId && agencyId, colleagues: ['press'], except },
  });
