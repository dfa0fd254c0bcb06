/** Routes for safeguarding leads: the releases that wait, one of them with its picture, and the form that stops it. */
import { z } from 'zod';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { isolatedResponse } from '../../platform/files/index.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, IdPath, may } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { announce } from '../../platform/notifications/index.ts';
import { submittedReleasePaths } from '../../vocabulary/paths/newsroom.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { getPictureBytes } from '../release-picture/store.ts';
import { bodyOf, type PressOffice, submittedListPage, submittedPage } from './pages.ts';
import { readStopNames } from './stop-names.ts';
import { stopReasons } from './stops.ts';
import * as store from './store.ts';

const StopForm = z.object({
  revision: z.coerce.number().int().catch(0),
  reason: z.enum(stopReasons, 'Select why this text must not be published'),
});
/** Which picture a page means, so that a browser does not show the one before. */
const PictureQuery = z.object({ v: z.string().max(40).optional().catch(undefined) });

export async function submittedReleaseRoutes(app: App, { siteSettings }: AreaParts): Promise<void> {
  app.get(submittedReleasePaths.list.route, may('submitted release.stop'), async (request, reply) => {
    const submitted = await store.listSubmitted(request.db);
    const stops = await store.listStops(
      request.db,
      submitted.map(({ id }) => id),
    );
    return reply.list(submittedListPage(submitted, stops));
  });

  stopRoute(app, siteSettings.partnership?.press);

  const isolated = { ...may('submitted release.stop', IdPath, PictureQuery), ...isolatedResponse };
  app.get(submittedReleasePaths.pictureFile.route, isolated, async (request, reply) => {
    const { text } = await store.getSubmitted(request.db, request.params.id);
    if (!text.picture) throw notFound('picture');
    return reply.type('image/jpeg').send(await getPictureBytes(request.db, text.picture.id));
  });
}

function stopRoute(app: App, press: PressOffice): void {
  formRoute(app, submittedReleasePaths.release.route, {
    may: may('submitted release.stop', IdPath),
    load: async ({ db, params, actor }) => {
      const release = await store.getSubmitted(db, params.id);
      const stops = await store.listStopsOf(db, release.id);
      const isOwn = stops.some((stop) => stop.revision === release.revision && stop.memberId === actor.memberId);
      return { release, stops, isOwn, names: await readStopNames(db, stops), html: await bodyOf(release) };
    },
    form: StopForm,
    page: ({ release, ...more }) => submittedPage(release, { ...more, press }),
    show: (reply, page) => reply.page('newsroom/submitted-releases/submitted', page),
    event: 'release stopped',
    subject: ({ release }) => release.id,
    details: () => ({ kind: 'collection', fields: ['reason'] }),
    change: async (tx, { release: { id }, isOwn }, { revision, reason }, { actor, now }) => {
      if (isOwn) return refuse('stopped already');
      const before = await store.findSubmitted(tx, id);
      if (!before) return refuse('gone');
      if (before.scheduled) return refuse('scheduled');
      if (before.revision !== revision) return refuse('changed since');
      await store.addStop(tx, before, reason, actor, now);
      // Somebody may have published it while the row above waited for them.
      const after = await store.findSubmitted(tx, id);
      if (!after) return refuse('gone');
      if (after.scheduled) return refuse('scheduled');
      await announceStop(tx, before, actor.memberId);
      return accept(true);
    },
    refusals: {
      'stopped already': { '': 'You stopped this text already.' },
      'changed since': { '': 'The text changed after you opened it. Nothing was stopped. Read it as it is now.' },
      scheduled: {
        '': 'Press published this release while you read it, so it was not stopped. Nobody outside can read it before its embargo ends. Ring the newsroom now: anyone in press can withdraw it.',
      },
      gone: {
        '': 'This release no longer waits, so it was not stopped. It may be public. Telephone the press office and ask them to withdraw it.',
      },
    },
    next: (_, { release }) => submittedReleasePaths.release(release.id),
  });
}

/** To the press officers who could approve or publish it. */
const announceStop = (
  tx: Writer<AnyTables>,
  { id, operationId, agencyId }: store.SubmittedRelease,
  except: string,
): Promise<void> =>
  announce(tx, id, {
    kind: 'release stopped',
    among: { operation: operationId, agency: agencyId, colleagues: ['press'], except },
  });
