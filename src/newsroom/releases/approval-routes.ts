/** Who may ask what of a release that is to go out: submit, approve, send back, publish, correct, withdraw. */
import { z } from 'zod';
import { instantAt } from '../../platform/clock.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { type Answers, type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { clearNewsCache } from '../publication/routes.ts';
import {
  addPublication,
  addWithdrawal,
  findPublication,
  type Publication,
  replacePublication,
} from '../publication/store.ts';
import { checkNames, isCompared } from '../release-check/name-check.ts';
import { ApproveForm, CorrectForm, SeenForm, SendBackForm, WithdrawForm } from './forms.ts';
import { approvePage, correctPage, giveUpPage, publishPage, sendBackPage, withdrawPage } from './pages.ts';
import { buildShareText, type CheckedRelease, checkRelease, isPublicNow, readReleaseDetails } from './reading.ts';
import { refusalErrors } from './refusals.ts';
import {
  type ActKind,
  approve,
  beginCorrection,
  giveUpCorrection,
  isOpen,
  isOperationOver,
  type PublishRefusal,
  publicFrom,
  publish,
  sendBack,
  slugOf,
  submit,
  withdraw,
} from './release.ts';

import { answerChange } from './routes.ts';
import { addAct, getRelease, getRevision, listActs, lockRelease, type Release, saveRelease } from './store.ts';
import { hasNoBlockingFinding, type PublicText, sourcesOf } from './text.ts';

const Path = z.object({ id: z.uuid() });

export async function approvalRoutes(app: App, parts: AreaParts): Promise<void> {
  app.post('/releases/:id/submit', may('release.write', Path), async (request, reply) => {
    const form = readForm(SeenForm, request.body);
    const before = await getRelease(request.db, request.params.id);
    const seen = form.ok ? form.values.revision : 0;
    // Names are compared only where nothing else holds the release up.
    const ready = submit(before, { seen, borneOut: true, over: true }).ok;
    const checked = await checkNames(request, parts.keys, before, ready);
    if (!checked.ok) return answerChange(request, reply, parts, checked);
    const submitted = await applyAct(request, 'submitted', null, async (release, tx) => {
      const judged = await checkRelease(tx, release, request.now);
      return submit(release, {
        seen,
        borneOut: isPublishable(release, judged, request.now),
        over: isOperationOver(judged.signed),
      });
    });
    return answerChange(request, reply, parts, submitted);
  });

  app.get('/releases/:id/approve', may('release.judge', Path), async (request, reply) =>
    reply.page('platform/form', approvePage(await getRelease(request.db, request.params.id))),
  );

  app.post('/releases/:id/approve', may('release.judge', Path), async (request, reply) => {
    const release = await getRelease(request.db, request.params.id);
    const form = readForm(ApproveForm, request.body);
    if (!form.ok) return reply.page('platform/form', approvePage(release, request.body as Answers, form.errors));
    const { revision, note } = form.values;
    const could = approve(release, await listActs(request.db, release.id), request.actor, {
      seen: revision,
      borneOut: true,
    });
    const checked = await checkNames(request, parts.keys, release, could.ok);
    if (!checked.ok) return answerChange(request, reply, parts, checked);
    const approved = await applyAct(request, 'approved', note || null, async (current, tx) =>
      approve(current, await listActs(tx, current.id), request.actor, {
        seen: revision,
        borneOut: isPublishable(current, await checkRelease(tx, current, request.now), request.now),
      }),
    );
    return answerChange(request, reply, parts, approved);
  });

  app.get('/releases/:id/send-back', may('release.judge', Path), async (request, reply) =>
    reply.page('platform/form', sendBackPage(await getRelease(request.db, request.params.id))),
  );

  app.post('/releases/:id/send-back', may('release.judge', Path), async (request, reply) => {
    const release = await getRelease(request.db, request.params.id);
    const typed = request.body as Answers;
    const again = (errors: FormErrors) => reply.page('platform/form', sendBackPage(release, typed, errors));
    const form = readForm(SendBackForm, typed);
    if (!form.ok) return again(form.errors);
    const sent = await applyAct(request, 'sent back', form.values.note, async (current) =>
      sendBack(current, form.values.revision),
    );
    // The form keeps the note, so that the member can decide again on the current text.
    return sent.ok ? answerChange(request, reply, parts, sent) : again(refusalErrors[sent.refusal]);
  });

  app.get('/releases/:id/publish', may('release.publish', Path), async (request, reply) => {
    const page = await publishing(request);
    return page ? reply.page('platform/form', page({})) : reply.redirect(`/staff/releases/${request.params.id}`, 303);
  });

  async function publishing(
    request: Request,
  ): Promise<((errors: FormErrors) => ReturnType<typeof publishPage>) | undefined> {
    const {
      release,
      said,
      told: publishable,
      publication,
    } = await readReleaseDetails(request.db, (request.params as { id: string }).id, request);
    if (!said || release.state !== 'approved') return undefined;
    const link = `${parts.origin}/news/${publication?.slug ?? slugOf(said.title)}`;
    const share = await buildShareText(said, publishable, link);
    const shown = { link, share, now: request.now, isOut: isPublicNow(publication, request.now) };
    return (errors) => publishPage(release, shown, errors);
  }

  app.post('/releases/:id/publish', may('release.publish', Path), async (request, reply) => {
    const { id } = request.params;
    const form = readForm(SeenForm, request.body);
    const before = await getRelease(request.db, id);
    const seen = form.ok ? form.values.revision : 0;
    const checked = await checkNames(
      request,
      parts.keys,
      before,
      before.state === 'approved' && seen === before.revision,
    );
    if (!checked.ok) return answerChange(request, reply, parts, checked);
    const first = before.publishedRevision === null;
    const published = await applyAct(request, first ? 'published' : 'corrected', null, async (release, tx) =>
      publishNow(request, tx, release, seen, parts.origin),
    );
    if (published.ok) clearNewsCache(parts);
    return answerChange(request, reply, parts, published);
  });

  app.get('/releases/:id/correct', may('release.write', Path), async (request, reply) =>
    reply.page('platform/form', correctPage(await getRelease(request.db, request.params.id))),
  );

  app.post('/releases/:id/correct', may('release.write', Path), async (request, reply) => {
    const release = await getRelease(request.db, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', correctPage(release, request.body as Answers, errors));
    const form = readForm(CorrectForm, request.body);
    if (!form.ok) return again(form.errors);
    const begun = await applyAct(request, 'correction begun', form.values.note, async (current) =>
      beginCorrection(current, form.values.note),
    );
    if (!begun.ok) return again(refusalErrors[begun.refusal]);
    return reply.redirect(`/staff/releases/${release.id}/edit`, 303);
  });

  app.get('/releases/:id/give-up', may('release.write', Path), async (request, reply) => {
    const release = await getRelease(request.db, request.params.id);
    if (release.correction === null || !isOpen(release)) return reply.redirect(`/staff/releases/${release.id}`, 303);
    return reply.page('platform/form', giveUpPage(release));
  });

  app.post('/releases/:id/give-up', may('release.write', Path), async (request, reply) => {
    const form = readForm(SeenForm, request.body);
    const givenUp = await applyAct(request, 'correction given up', null, async (release, tx) => {
      if (release.correction !== null && (!form.ok || form.values.revision !== release.revision))
        return refuse('changed since');
      if (release.publishedRevision === null) return refuse('no correction');
      return giveUpCorrection(release, await getRevision(tx, release, release.publishedRevision));
    });
    return answerChange(request, reply, parts, givenUp);
  });

  app.get('/releases/:id/withdraw', may('release.withdraw', Path), async (request, reply) => {
    const release = await getRelease(request.db, request.params.id);
    return reply.page('platform/form', withdrawPage(release, release.publishedRevision !== null));
  });

  app.post('/releases/:id/withdraw', may('release.withdraw', Path), async (request, reply) => {
    const release = await getRelease(request.db, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page(
        'platform/form',
        withdrawPage(release, release.publishedRevision !== null, request.body as Answers, errors),
      );
    const form = readForm(WithdrawForm, request.body);
    if (!form.ok) return again(form.errors);
    const { why } = form.values;
    const withdrawn = await applyAct(request, 'withdrawn', why, async (current, tx) => {
      const gone = withdraw(current);
      if (!gone.ok) return gone;
      const publication = await findPublication(tx, current.id);
      await addWithdrawal(tx, {
        id: current.id,
        slug: publication?.slug ?? null,
        at: request.now,
        hadBeenPublic: isPublicNow(publication, request.now),
        by: request.actor.memberId,
        why,
      });
      return gone;
    });
    if (withdrawn.ok) clearNewsCache(parts);
    return answerChange(request, reply, parts, withdrawn);
  });
}

/** Whether no finding blocks, and no unexplained word is a name of the case. */
const isPublishable = (release: Release, { said, findings, compared }: CheckedRelease, now: Date): boolean =>
  said !== undefined && hasNoBlockingFinding(findings) && isCompared(release, compared, now);

/** One step of a release under lock: decides on current data, saves the result and records who did it. */
async function applyAct<Refusal extends string>(
  request: Request,
  kind: ActKind,
  note: string | null,
  decide: (release: Release, tx: Writer<AnyTables>) => Promise<Result<Release, Refusal>>,
): Promise<Result<Release, Refusal>> {
  const { id } = request.params as { id: string };
  return request.change(
    `release ${kind}`,
    id,
    async (tx) => {
      const decided = await decide(await lockRelease(tx, id), tx);
      if (!decided.ok) return decided;
      await saveRelease(tx, decided.value);
      await addAct(tx, decided.value, kind, request.actor, request.now, note);
      return decided;
    },
    kind === 'published' ? { kind: 'disclosure' } : {},
  );
}

/** Publishes the approved text, or replaces the published one with it. */
async function publishNow(
  { now, today }: Request,
  tx: Writer<AnyTables>,
  release: Release,
  seen: number,
  origin: string,
): Promise<Result<Release, PublishRefusal>> {
  const whole = await readReleaseDetails(tx, release.id, { now, today });
  const { acts, signed, told: publishable, findings, said, overtaken, publication } = whole;
  const decided = publish(release, acts, seen, {
    borneOut: isPublishable(release, whole, now),
    pinned: release.cuttingId !== null || signed?.digest === release.returnDigest,
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
  return accept(decided.value);
}

const pickPublicText = ({ title, area, description, keyPoints, body, quotes }: PublicText) => ({
  title,
  area,
  description,
  keyPoints,
  body,
  quotes,
});
