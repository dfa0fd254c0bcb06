/** Who may ask what of a release that is to go out: submit, approve, send back, publish, correct, withdraw. */
import type { z } from 'zod';
import { instantAt } from '../../platform/clock.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { buttonRoute, formRoute } from '../../platform/forms/form-route.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { type App, IdPath, may, type Request, readForm, saving } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { releasePaths } from '../../vocabulary/paths/newsroom.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { addRound } from '../media-list/store.ts';
import { clearNewsCache } from '../publication/news.ts';
import {
  addPublication,
  addWithdrawal,
  findFreeSlug,
  findPublication,
  type Publication,
  replacePublication,
} from '../publication/store.ts';
import { checkNames as checkOwnNames, isCompared } from '../release-check/name-check.ts';
import { keepPictures } from '../release-picture/store.ts';
import { applyAct, keepSubmitted } from './acts.ts';
import { approvalNote, findUnconfirmed } from './approve-form.ts';
import { readBrackets } from './figure-fields.ts';
import { AnySeenForm, ApproveForm, correctForm, SendBackForm, withdrawForm } from './forms.ts';
import { checkImportedNames } from './imported-names.ts';
import { readNewFigures } from './new-figures.ts';
import { correctPage, giveUpPage, publishPage, sendBackPage, withdrawPage } from './pages.ts';
import { buildShareText, type CheckedRelease, checkRelease, readReleaseDetails } from './reading.ts';
import { refusalErrors } from './refusals.ts';
import {
  type ActKind,
  approve,
  beginCorrection,
  giveUpCorrection,
  isOpen,
  isOperationOver,
  isPublicNow,
  type PublishRefusal,
  publicFrom,
  publish,
  sendBack,
  submit,
  withdraw,
} from './release.ts';
import { showApproval } from './show-approval.ts';
import { findSigned } from './stated.ts';
import { divideStops } from './stopped-words.ts';
import { getRelease, getRevision, listActs, type Release } from './store.ts';
import { applyReleasePolicy, hasNoBlockingFinding, type PublicText, sourcesOf } from './text.ts';
import { answerChange, showRefusal } from './writing-routes.ts';

export async function approvalRoutes(app: App, parts: AreaParts): Promise<void> {
  submitRoute(app, parts);
  approveRoutes(app, parts);
  sendBackRoute(app);
  publishRoutes(app, parts);
  correctRoute(app);
  giveUpRoute(app, parts);
  withdrawRoute(app, parts);
}

/** What is the same for each act: who may ask, and where it leads. */
const ofRelease = <Action extends string>(action: Action) => ({
  may: may(action, IdPath),
  load: ({ db, params }: Request & { readonly params: z.output<typeof IdPath> }) => getRelease(db, params.id),
  subject: ({ id }: Release) => id,
  refusals: refusalErrors,
  next: (_: unknown, { id }: Release) => releasePaths.release(id),
});

/** The names of the case are compared before the act, in a change of their own. */
function submitRoute(app: App, parts: AreaParts): void {
  buttonRoute(app, releasePaths.submit.route, {
    may: may('release.write', IdPath),
    load: async (request) => {
      const { revision: seen } = readSeen(request.body);
      const before = await getRelease(request.db, request.params.id);
      // Names are compared only where nothing else holds the release up.
      const ready = submit(before, { seen, borneOut: true, over: true }).ok;
      return { id: before.id, seen, checked: await checkNames(request, parts.keys, before, ready) };
    },
    event: eventOf('submitted'),
    saves: 'Release submitted',
    subject: ({ id }) => id,
    change: async (tx, { id, seen, checked }, _, request) =>
      checked.ok
        ? applyAct(tx, id, request, 'submitted', null, async (release) => {
            const judged = await checkRelease(tx, release, request.now, parts.siteSettings);
            const submitted = submit(release, {
              seen,
              borneOut: isPublishable(release, judged, request.now),
              over: isOperationOver(judged.signed),
            });
            if (submitted.ok) await keepSubmitted(tx, submitted.value, judged, request.now);
            return submitted;
          })
        : checked,
    refused: showRefusal(parts),
    next: (_, { id }) => releasePaths.release(id),
  });
}

/** By hand: once the form is in order, the names of the case are compared in a change of their own. */
function approveRoutes(app: App, parts: AreaParts): void {
  app.get(releasePaths.approve.route, may('release.judge', IdPath), async (request, reply) =>
    showApproval(request, reply, parts, await getRelease(request.db, request.params.id)),
  );

  app.post(
    releasePaths.approve.route,
    saving('Release approved', may('release.judge', IdPath)),
    async (request, reply) => {
      const release = await getRelease(request.db, request.params.id);
      const form = readForm(ApproveForm, request.body);
      if (!form.ok) return showApproval(request, reply, parts, release, answersOf(request.body), form.errors);
      const { revision: seen, note, ...ticks } = form.values;
      const wasStopped = (await divideStops(request.db, release)).earlier.length > 0;
      const ticked = { ...release, wasStopped };
      const unconfirmed = seen === release.revision ? findUnconfirmed(ticked, ticks) : undefined;
      if (unconfirmed) return showApproval(request, reply, parts, release, answersOf(request.body), unconfirmed);
      const acts = await listActs(request.db, release.id);
      const could = approve(release, acts, request.actor, { seen, borneOut: true });
      const checked = await checkNames(request, parts.keys, release, could.ok);
      if (!checked.ok) return answerChange(request, reply, parts, checked);
      const approved = await request.change(eventOf('approved'), release.id, (tx) =>
        applyAct(tx, release.id, request, 'approved', approvalNote(ticked, note), async (current) =>
          approve(current, await listActs(tx, current.id), request.actor, {
            seen,
            borneOut: isPublishable(
              current,
              await checkRelease(tx, current, request.now, parts.siteSettings),
              request.now,
            ),
          }),
        ),
      );
      return answerChange(request, reply, parts, approved);
    },
  );
}

/** Where it is refused the form keeps the note, so that the member can decide again on the current text. */
function sendBackRoute(app: App): void {
  formRoute(app, releasePaths.sendBack.route, {
    ...ofRelease('release.judge'),
    form: SendBackForm,
    page: sendBackPage,
    event: eventOf('sent back'),
    saves: 'Release sent back',
    change: (tx, { id }, { note, revision }, request) =>
      applyAct(tx, id, request, 'sent back', note, async (current) => sendBack(current, revision)),
  });
}

/** By hand: the names of the case are compared in a change of their own, and the caches of the news are read again. */
function publishRoutes(app: App, parts: AreaParts): void {
  app.get(releasePaths.publish.route, may('release.publish', IdPath), async (request, reply) => {
    const { id } = request.params;
    const details = await readReleaseDetails(request.db, id, request);
    const { release, said, told: publishable, publication } = details;
    if (!said || release.state !== 'approved') return reply.redirect(releasePaths.release(id), 303);
    const link = `${parts.origin}/news/${publication?.slug ?? (await findFreeSlug(request.db, said.title))}`;
    const share = await buildShareText(said, publishable, link);
    const { now } = request;
    const mails = release.importedReleaseId === null && parts.senders.has('email');
    return reply.form(publishPage(release, { link, share, now, isOut: isPublicNow(publication, now), mails }));
  });

  app.post(
    releasePaths.publish.route,
    saving('Release published', may('release.publish', IdPath)),
    async (request, reply) => {
      const { id } = request.params;
      const before = await getRelease(request.db, id);
      const { revision: seen } = readSeen(request.body);
      const ready = before.state === 'approved' && seen === before.revision;
      const checked = await checkNames(request, parts.keys, before, ready);
      if (!checked.ok) return answerChange(request, reply, parts, checked);
      const kind = before.publishedRevision === null ? 'published' : 'corrected';
      const published = await request.change(
        eventOf(kind),
        id,
        (tx) => applyAct(tx, id, request, kind, null, (release) => publishNow(request, tx, release, seen, parts)),
        kind === 'published' ? { kind: 'disclosure' } : {},
      );
      if (published.ok) clearNewsCache(parts);
      return answerChange(request, reply, parts, published);
    },
  );
}

/** The note takes figures in brackets, as the text does. */
function correctRoute(app: App): void {
  formRoute(app, releasePaths.correct.route, {
    may: may('release.write', IdPath),
    load: async (request) => {
      const release = await getRelease(request.db, request.params.id);
      const signed = await findSigned(request.db, release);
      const told = signed && (await applyReleasePolicy(release, signed));
      const newFigures = await readNewFigures(request.db, release);
      return { release, newFigures, ...(await readBrackets(release, told, undefined)) };
    },
    form: ({ release, brackets }) => correctForm(release.importedReleaseId === null ? brackets : undefined),
    page: ({ release, newFigures }) => correctPage(release, newFigures),
    event: eventOf('correction begun'),
    saves: 'Correction begun',
    subject: ({ release }) => release.id,
    refusals: refusalErrors,
    change: (tx, { release: { id } }, { note }, request) =>
      applyAct(tx, id, request, 'correction begun', note, async (current) => beginCorrection(current, note)),
    next: (_, { release }) => releasePaths.edit(release.id),
  });
}

function giveUpRoute(app: App, parts: AreaParts): void {
  formRoute(app, releasePaths.giveUp.route, {
    ...ofRelease('release.write'),
    instead: (release) =>
      release.correction === null || !isOpen(release) ? releasePaths.release(release.id) : undefined,
    form: AnySeenForm,
    page: giveUpPage,
    event: eventOf('correction given up'),
    change: (tx, { id }, { revision }, request) =>
      applyAct(tx, id, request, 'correction given up', null, async (release) => {
        if (release.correction !== null && revision !== release.revision) return refuse('changed since');
        if (release.publishedRevision === null) return refuse('no correction');
        const published = await getRevision(tx, release, release.publishedRevision);
        await keepPictures(tx, id, [published.picture]);
        return giveUpCorrection(release, published);
      }),
    refused: showRefusal(parts),
  });
}

function withdrawRoute(app: App, parts: AreaParts): void {
  const shared = ofRelease('release.withdraw');
  formRoute(app, releasePaths.withdraw.route, {
    ...shared,
    form: ({ publishedRevision }) => withdrawForm(publishedRevision !== null),
    page: (release, _, __, { now }) => withdrawPage(release, now),
    event: eventOf('withdrawn'),
    change: (tx, { id }, { why }, request) =>
      applyAct(tx, id, request, 'withdrawn', why, async (current) => {
        const gone = withdraw(current);
        if (!gone.ok) return gone;
        const publication = await findPublication(tx, current.id);
        const hadBeenPublic = isPublicNow(publication, request.now);
        const { now: at, actor } = request;
        await addWithdrawal(tx, {
          ...{ id: current.id, slug: publication?.slug ?? null, at, hadBeenPublic, by: actor.memberId, why },
        });
        await keepPictures(tx, current.id, []);
        if (publication && hadBeenPublic && !publication.importedFrom)
          await addRound(tx, {
            releaseId: current.id,
            agencyId: current.agencyId,
            occasion: 'withdrawn',
            version: publication.version,
            replyTo: parts.siteSettings.partnership?.press.email ?? null,
            dueAt: at,
          });
        return gone;
      }),
    refused: showRefusal(parts),
    next: (value, release) => {
      clearNewsCache(parts); // It is done: the caches of this process are read again.
      return shared.next(value, release);
    },
  });
}

/** A text that others published is compared too: somebody may have pasted what they wrote themselves. */
const checkNames: typeof checkOwnNames = (request, keys, release, mayGoOn) =>
  (release.importedReleaseId === null ? checkOwnNames : checkImportedNames)(request, keys, release, mayGoOn);

const readSeen = (body: unknown): z.output<typeof AnySeenForm> => AnySeenForm.parse(answersOf(body));

/** Whether no finding blocks, and no unexplained word is a name of the case. */
const isPublishable = (release: Release, { said, findings, compared }: CheckedRelease, now: Date): boolean =>
  said !== undefined &&
  hasNoBlockingFinding(findings) &&
  (release.importedReleaseId === null ? isCompared(release, compared, now) : compared?.at.getTime() === now.getTime());

const eventOf = (kind: ActKind): string => `release ${kind}`;

/** Publishes the approved text, or replaces the published one with it. */
async function publishNow(
  { now, today }: Request,
  tx: Writer<AnyTables>,
  release: Release,
  seen: number,
  { origin, siteSettings }: Pick<AreaParts, 'origin' | 'siteSettings'>,
): Promise<Result<Release, PublishRefusal>> {
  const whole = await readReleaseDetails(tx, release.id, { now, today }, siteSettings);
  const { acts, signed, told: publishable, findings, said, figures, overtaken, publication } = whole;
  const decided = publish(release, acts, seen, {
    borneOut: isPublishable(release, whole, now),
    pinned: release.importedReleaseId !== null || signed?.digest === release.returnDigest,
    over: isOperationOver(signed),
    overtaken,
  });
  if (!decided.ok || !said) return decided.ok ? refuse('not borne out') : decided;

  const out = isPublicNow(publication, now) ? publication : undefined;
  const showing = out ?? {
    publishedAt: now,
    embargoUntil: release.embargoUntil && release.embargoUntil > now ? release.embargoUntil : null,
  };
  const { importedFrom } = release;
  const next: Omit<Publication, 'slug' | 'shareText'> = {
    ...pickPublicText(said),
    id: release.id,
    version: (publication?.version ?? 0) + 1,
    sources: sourcesOf(findings),
    figures,
    issuedBy: signed?.facts.leadAgency ?? null,
    importedFrom,
    cautions: release.cautions,
    publishedAt: showing.publishedAt,
    embargoUntil: showing.embargoUntil,
    dated: importedFrom?.publishedOn ? instantAt(importedFrom.publishedOn, '12:00') : publicFrom(showing),
    corrections: [
      ...(publication?.corrections ?? []),
      ...(said.correction ? [{ at: now.toISOString(), note: said.correction }] : []),
    ],
    changedAt: now,
  };
  const share = (slug: string): Promise<string> => buildShareText(said, publishable, `${origin}/news/${slug}`);
  if (publication)
    await replacePublication(tx, { ...next, slug: publication.slug, shareText: await share(publication.slug) });
  else await addPublication(tx, next, share);
  await keepPictures(tx, release.id, [said.picture]);
  if (!importedFrom)
    await addRound(tx, {
      releaseId: release.id,
      agencyId: release.agencyId,
      occasion: out && said.correction ? 'corrected' : 'published',
      version: next.version,
      replyTo: siteSettings.partnership?.press.email ?? null,
      dueAt: publicFrom(showing),
    });
  return accept(decided.value);
}

const pickPublicText = ({ title, area, description, keyPoints, body, quotes, picture }: PublicText) => ({
  title,
  area,
  description,
  keyPoints,
  body,
  quotes,
  picture,
});
