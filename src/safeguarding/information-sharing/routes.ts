/** Routes for telling an agency what a person agreed to, for reading it there, and for sending it outside Safelight. Read, decide, change, answer. */

import { z } from 'zod';
import type { AuditedReader, Reader } from '../../platform/database/database.ts';
import { ExportForm, formatExportReason } from '../../platform/exports/export-reason.ts';
import { createTarEntry, isSecretKey, readRecipient, sealForRecipient, tarEnd } from '../../platform/files/index.ts';
import { answersOf, RequiredText } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { type ConsentId, deriveConsentStatus } from '../consent/consent.ts';
import { deriveGrantStatus, type GrantId } from '../consent/grant.ts';
import { consentOverviewPath } from '../consent/pages.ts';
import {
  addGrant,
  type ConsentTables,
  getConsent,
  getGrant,
  isGrantOpen,
  listSharedWith,
  lockConsent,
} from '../consent/store.ts';
import { ConsentPath, GrantPath, InformationSharingForm } from '../referrals/forms.ts';
import type { PackageFile, PersonReader } from '../referrals/people.ts';
import { type ReferralId, selectDocuments } from '../referrals/referral.ts';
import { readNames } from '../referrals/routes.ts';
import { getReferral } from '../referrals/store.ts';
import { listSourceIds } from '../referrals/subject.ts';
import { buildAgreedItems, shareInformation } from './information-sharing.ts';
import * as page from './pages.ts';

const sharedFields = ['fromAgency', 'recipient', 'purpose', 'items', 'until', 'ground'];
const SealedFileForm = ExportForm.extend({
  why: z.enum(page.exportReasons, 'Select why you take it along'),
  recipient: RequiredText('Enter the public key of whoever is to open it', 4_000),
});

export const informationSharingRoutes =
  (people: PersonReader) =>
  async (app: App, parts: AreaParts): Promise<void> => {
    await sharingFormRoutes(app, parts, people);
    await readingRoutes(app, parts);
    await exportRoutes(app, parts, people);
  };

async function sharingFormRoutes(app: App, { keys }: AreaParts, people: PersonReader): Promise<void> {
  const opened = async (request: Request, id: ConsentId) => {
    const db = request.look('consent.shown', id, {
      fields: [...sharedFields, 'needs', 'wants', 'advice', 'contactAt', 'papers'],
    });
    const consent = await getConsent(db as unknown as AuditedReader<ConsentTables>, keys, id);
    if (consent.act !== 'share' || deriveConsentStatus(consent, floorToHour(request.now)) !== 'in force')
      throw notFound('consent');
    const subject = await people.subjectOf(db, keys, consent.personId, request.today);
    request.returned([consent.id, ...listSourceIds(subject)]);
    const { agencies } = await readNames(request, []);
    return { consent, subject, agencies };
  };
  const idIn = (body: unknown): GrantId => {
    const read = GrantPath.safeParse({ id: answersOf(body).id });
    return read.success ? read.data.id : newTimelessId();
  };

  app.get('/safeguarding/consents/:id/share', may('grant.make', ConsentPath), async (request, reply) =>
    reply.page('platform/form', page.sharingFormPage(await opened(request, request.params.id), newTimelessId())),
  );
  app.post('/safeguarding/consents/:id/share', may('grant.make', ConsentPath), async (request, reply) => {
    const known = await opened(request, request.params.id);
    const { consent, subject, agencies } = known;
    const typed = answersOf(request.body);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', page.sharingFormPage(known, idIn(request.body), typed, errors));
    const form = readForm(InformationSharingForm, request.body);
    if (!form.ok) return again(form.errors);
    if (form.values.step === 'change') return again({});
    const by = { agencyId: request.actor.agencyId as AgencyId, memberId: request.actor.memberId as MemberId };
    const papers = selectDocuments(subject.documents, form.values.papers, consent.items);
    if (!papers.ok) return again(page.sharingRefusals[papers.refusal] ?? {});
    const shown = buildAgreedItems(consent, subject, form.values, papers.value);
    const grant = shareInformation(consent, { id: form.values.id, shown }, by, floorToHour(request.now));
    if (!grant.ok) return again(page.sharingRefusals[grant.refusal] ?? {});
    if (form.values.step === 'preview')
      return reply.page(
        'safeguarding/referrals/preview',
        page.sharingPreviewPage({ consent, subject, agencies }, grant.value, typed),
      );
    const told = await request.change(
      'shared information.sent',
      grant.value.id,
      async (tx) => {
        const held = await lockConsent(tx as never, keys, consent.id);
        const now = shareInformation(held, { id: form.values.id, shown }, by, floorToHour(request.now));
        if (now.ok) await addGrant(tx as never, keys, now.value);
        return now;
      },
      { kind: 'disclosure', recipient: consent.recipient, fields: shown.map(({ item }) => item) },
    );
    if (!told.ok) return again(page.sharingRefusals[told.refusal] ?? {});
    return reply.redirect(`${consentOverviewPath(consent.personId)}?done=told`, 303);
  });
}

/** A grant that the member may see now. Throws “not found” once it is over. */
async function openGrant(request: Request, keys: AreaParts['keys'], event: string, id: GrantId) {
  const db = request.look(event, id, { fields: sharedFields });
  const grant = await getGrant(db as unknown as AuditedReader<ConsentTables>, keys, id);
  if (deriveGrantStatus(grant, floorToHour(request.now)) !== 'open') throw notFound('grant');
  return { db, grant };
}

async function readingRoutes(app: App, { keys }: AreaParts): Promise<void> {
  app.get('/safeguarding/received-information', may('shared information.read'), async (request, reply) => {
    const db = request.look('shared information.listed', null, {
      fields: sharedFields,
    }) as unknown as AuditedReader<ConsentTables>;
    const grants = await listSharedWith(db, request.actor.agencyId, floorToHour(request.now));
    request.returned(grants.map(({ id }) => id));
    return reply.page('platform/page', page.receivedListPage(grants, (await readNames(request, [])).agencies));
  });
  app.get(
    '/safeguarding/received-information/:id',
    may('shared information.read', GrantPath),
    async (request, reply) => {
      const { grant } = await openGrant(request, keys, 'shared information.shown', request.params.id);
      if (grant.act !== 'share') throw notFound('grant');
      return reply.page('platform/page', page.receivedInformationPage(grant, (await readNames(request, [])).agencies));
    },
  );
}

/** On paper or sealed to one key, by the disclosing agency and only while the grant lasts. */
async function exportRoutes(app: App, { keys, filesFolder }: AreaParts, people: PersonReader): Promise<void> {
  const own = async (request: Request, event: string, id: GrantId) => {
    const { db, grant } = await openGrant(request, keys, event, id);
    if (grant.fromAgency !== request.actor.agencyId) throw notFound('grant');
    const referral = grant.referralId ? await getReferral(db, keys, grant.referralId as ReferralId) : undefined;
    return { grant, referral };
  };
  app.get('/safeguarding/grants/:id/letter', may('shared information.export', GrantPath), async (request, reply) => {
    const leaving = await own(request, 'letter.shown', request.params.id);
    const { agencies } = await readNames(request, []);
    return reply.page('platform/page', page.letterPage({ ...leaving, agencies }, request.today));
  });
  app.get('/safeguarding/grants/:id/file', may('shared information.export', GrantPath), async (request, reply) => {
    const { grant } = await own(request, 'letter.shown', request.params.id);
    return reply.page('platform/form', page.sealedFilePage(grant, (await readNames(request, [])).agencies));
  });
  app.post('/safeguarding/grants/:id/file', may('shared information.export', GrantPath), async (request, reply) => {
    const form = readForm(SealedFileForm, request.body);
    const typed = answersOf(request.body);
    const recipient = await readRecipient(String(typed.recipient ?? ''));
    const hasSecretKey = isSecretKey(JSON.stringify(typed));
    const sealing = form.ok && recipient.ok && !hasSecretKey;
    const { grant, referral } = await own(request, 'letter.shown', request.params.id);
    let papers: Awaited<ReturnType<PersonReader['handOut']>> | undefined;
    if (sealing && grant.papers.length > 0) {
      const details = { kind: 'disclosure', fields: ['content'], recipient: grant.recipient } as const;
      papers = await people.handOut(request.look('papers.sealed', null, details), { keys, filesFolder }, grant.papers);
      request.returned([...grant.papers]);
    }
    if (sealing)
      request.look('letter.sealed', grant.id, {
        kind: 'disclosure',
        fields: grant.items,
        recipient: grant.recipient,
        reason: `${formatExportReason(form.values)}; sealed to ${shortenKey(recipient.value)}`,
      });
    const { agencies } = await readNames(request, []);
    if (!sealing) {
      const kept = hasSecretKey ? {} : typed;
      const wrongKey = recipient.ok ? {} : { recipient: page.keyErrors[recipient.refusal] };
      const errors = { ...(form.ok ? {} : form.errors), ...wrongKey };
      return reply.page(
        'platform/form',
        page.sealedFilePage(
          grant,
          agencies,
          kept,
          hasSecretKey ? { recipient: page.keyErrors['a secret key'] } : errors,
        ),
      );
    }
    const text = new Uint8Array(Buffer.from(page.letterText({ grant, referral, agencies }, request.today)));
    const name = `letter-${request.today}-${grant.id.slice(0, 8)}`;
    return reply.export({
      fileName: papers ? `${name}.tar.age` : `${name}.txt.age`,
      type: 'application/octet-stream',
      content: sealForRecipient(recipient.value, () => (papers ? bundleLetter(text, papers) : letterOnly(text))),
      isStillAvailable: () =>
        request.under('shared information.export', (db) =>
          isGrantOpen(db as Reader<ConsentTables>, grant.id, floorToHour(request.now)),
        ),
    });
  });
}

async function* letterOnly(letter: Uint8Array): AsyncGenerator<Uint8Array> {
  yield letter;
}

/** One archive with the letter first, then its documents. Starts only after all documents are locked. */
async function* bundleLetter(
  letter: Uint8Array,
  papers: () => AsyncGenerator<PackageFile>,
): AsyncGenerator<Uint8Array> {
  const parts = papers();
  try {
    let part = await parts.next();
    yield* createTarEntry({ name: 'letter.txt', content: letter });
    for (; !part.done; part = await parts.next()) yield* createTarEntry(part.value);
    yield tarEnd;
  } finally {
    await parts.return(undefined);
  }
}

/** Enough of the key to recognise it. */
const shortenKey = (recipient: string): string => `${recipient.slice(0, 12)}…${recipient.slice(-8)}`;
