/** Routes for telling an agency what a person agreed to, for reading it there, and for sending it outside Safelight. Read, decide, change, answer. */

import { z } from 'zod';
import { ExportForm, formatExportReason } from '../../platform/exports/export-reason.ts';
import { createTarEntry, isSecretKey, readRecipient, sealForRecipient, tarEnd } from '../../platform/files/index.ts';
import { answersOf, type FormResult, formIdIn, RequiredText } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Reply, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { listSharedDocuments } from '../../vocabulary/information-shared.ts';
import { consentPaths, sharingPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { documentPaths } from '../../vocabulary/paths/safeguarding/documents.ts';
import { readNames } from '../case/read-names.ts';
import { type Consent, type ConsentId, deriveConsentStatus } from '../consent/consent.ts';
import { deriveGrantStatus, type Grant, type GrantId } from '../consent/grant.ts';
import { addGrant, getConsent, getGrant, isGrantOpen, listSharedWith, lockConsent } from '../consent/store.ts';
import { readPaperVersions, safeguardingPaperRoutes } from '../papers/routes.ts';
import { ofGrant } from '../papers/store.ts';
import { ConsentPath, GrantPath, InformationSharingForm } from '../referrals/forms.ts';
import type { PackageFile, PersonReader } from '../referrals/people.ts';
import { type ReferralId, selectDocuments } from '../referrals/referral.ts';
import { getReferral } from '../referrals/store.ts';
import { listSourceIds } from '../referrals/subject.ts';
import { buildAgreedItems, shareInformation } from './information-sharing.ts';
import { type LetterData, letterPaper, letterText } from './letter.ts';
import { announceGrant } from './notified-store.ts';
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
    letterRoutes(app, parts);
    await exportRoutes(app, parts, people);
  };

/** A consent to tell somebody, while it is in force, and what is known of its person. */
async function openConsent(request: Request, { keys }: AreaParts, people: PersonReader, id: ConsentId) {
  const db = request.look('consent.shown', id, {
    fields: [...sharedFields, 'needs', 'wants', 'advice', 'contactAt', 'papers'],
  });
  const consent = await getConsent(db, keys, id);
  if (consent.act !== 'share' || deriveConsentStatus(consent, floorToHour(request.now)) !== 'in force')
    throw notFound('consent');
  const subject = await people.subjectOf(db, keys, consent.personId, request.today);
  request.returned([consent.id, ...listSourceIds(subject)]);
  const { agencies } = await readNames(request, []);
  return { consent, subject, agencies };
}

async function sharingFormRoutes(app: App, parts: AreaParts, people: PersonReader): Promise<void> {
  app.get(sharingPaths.sharing.route, may('grant.make', ConsentPath), async (request, reply) =>
    reply.form(page.sharingFormPage(await openConsent(request, parts, people, request.params.id), newTimelessId())),
  );
  // Not a form route: what they will see is shown first, and can be changed.
  app.post(sharingPaths.sharing.route, may('grant.make', ConsentPath), async (request, reply) => {
    const known = await openConsent(request, parts, people, request.params.id);
    const { consent, subject } = known;
    const again = (errors: FormErrors) =>
      reply.form(page.sharingFormPage(known, formIdIn<GrantId>(request.body)), answersOf(request.body), errors);
    const form = readForm(InformationSharingForm, request.body);
    if (!form.ok) return again(form.errors);
    const { id, step } = form.values;
    if (step === 'change') return again({});
    const papers = selectDocuments(subject.documents, form.values.papers, consent.items);
    if (!papers.ok) return again(page.sharingRefusals[papers.refusal] ?? {});
    const shown = buildAgreedItems(consent, subject, form.values, papers.value);
    const grant = shareNow(request, consent, { id, shown });
    if (!grant.ok) return again(page.sharingRefusals[grant.refusal] ?? {});
    if (step === 'preview')
      return reply.page(
        'safeguarding/referrals/preview',
        page.sharingPreviewPage(known, grant.value, answersOf(request.body)),
      );
    const told = await tellAgency(request, parts, consent, { id, shown });
    if (!told.ok) return again(page.sharingRefusals[told.refusal] ?? {});
    return reply.redirect(withQuery(consentPaths.overview(consent.personId), { done: 'told' }), 303);
  });
}

type Sharing = Parameters<typeof shareInformation>[1];

const shareNow = ({ actor, now }: Request, consent: Consent, sharing: Sharing) => {
  const by = { agencyId: actor.agencyId as AgencyId, memberId: actor.memberId as MemberId };
  return shareInformation(consent, sharing, by, floorToHour(now));
};

/** Decides once more on the consent as it stands now. */
const tellAgency = (request: Request, { keys }: AreaParts, consent: Consent, sharing: Sharing) =>
  request.change(
    'shared information.sent',
    sharing.id,
    async (tx) => {
      const told = shareNow(request, await lockConsent(tx, keys, consent.id), sharing);
      if (told.ok) {
        await addGrant(tx, keys, told.value);
        await announceGrant(tx, told.value);
      }
      return told;
    },
    { kind: 'disclosure', recipient: consent.recipient, fields: sharing.shown.map(({ item }) => item) },
  );

/** A grant that the member may see now. Throws “not found” once it is over. */
async function openGrant(request: Request, keys: AreaParts['keys'], event: string, id: GrantId) {
  const db = request.look(event, id, { fields: sharedFields });
  const grant = await getGrant(db, keys, id);
  if (deriveGrantStatus(grant, floorToHour(request.now)) !== 'open') throw notFound('grant');
  return { db, grant };
}

async function readingRoutes(app: App, { keys }: AreaParts): Promise<void> {
  app.get(sharingPaths.received.route, may('shared information.read'), async (request, reply) => {
    const db = request.look('shared information.listed', null, { fields: sharedFields });
    const grants = await listSharedWith(db, request.actor.agencyId, floorToHour(request.now));
    request.returned(grants.map(({ id }) => id));
    return reply.list(page.receivedListPage(grants, (await readNames(request, [])).agencies));
  });
  app.get(sharingPaths.receivedOne.route, may('shared information.read', GrantPath), async (request, reply) => {
    const { grant } = await openGrant(request, keys, 'shared information.shown', request.params.id);
    if (grant.act !== 'share') throw notFound('grant');
    return reply.sections(page.receivedInformationPage(grant, (await readNames(request, [])).agencies));
  });
}

/** What the agency itself shared, while it may still be seen. */
async function openOwnGrant(request: Request, { keys }: AreaParts, id: GrantId) {
  const { db, grant } = await openGrant(request, keys, 'letter.shown', id);
  if (grant.fromAgency !== request.actor.agencyId) throw notFound('grant');
  const referral = grant.referralId ? await getReferral(db, keys, grant.referralId as ReferralId) : undefined;
  return { db, grant, referral };
}

/** What the letter links to on the screen. Each document is printed from its own page and enclosed. */
const relatedOf = ({ id, shown }: Grant) => ({
  title: 'Enclosures and other ways to send it',
  items: [
    ...listSharedDocuments(shown).map((one) => ({ href: documentPaths.document(one.id), text: one.called })),
    { href: sharingPaths.file(id), text: 'Make an encrypted file instead' },
  ],
});

/** The letter as the grant makes it now, with its versions. */
async function readLetter(request: Request, parts: AreaParts, id: GrantId) {
  const { db, grant, referral } = await openOwnGrant(request, parts, id);
  const versions = await readPaperVersions(db, parts.keys, ofGrant(id));
  const { agencies, names } = await readNames(
    request,
    versions.versions.map(({ madeBy }) => madeBy),
  );
  return {
    ...versions,
    ...{ grant, names, actions: [] },
    paper: letterPaper({ grant, referral, agencies }),
    back: { href: consentPaths.overview(grant.personId), text: 'Consent and disclosures' },
    related: relatedOf(grant),
  };
}

/** On paper, by the disclosing agency and only while the grant lasts. */
const letterRoutes = (app: App, parts: AreaParts): void =>
  safeguardingPaperRoutes(app, {
    path: sharingPaths.letter,
    pdf: sharingPaths.letterPdf,
    pdfName: 'letter',
    reads: 'letter.read',
    makes: 'letter.make',
    events: { made: 'letter.made', exported: 'letter.exported' },
    read: (request, id) => readLetter(request, parts, id as GrantId),
    discloses: ({ grant }) => ({ kind: 'disclosure', recipient: grant.recipient, fields: grant.items }),
    isStillAvailable: (request, id) =>
      request.under('letter.read', (db) => isGrantOpen(db, id as GrantId, floorToHour(request.now))),
  });

/** As a file sealed to one key, by the disclosing agency and only while the grant lasts. */
async function exportRoutes(app: App, parts: AreaParts, people: PersonReader): Promise<void> {
  app.get(sharingPaths.file.route, may('shared information.export', GrantPath), async (request, reply) => {
    const { grant } = await openOwnGrant(request, parts, request.params.id);
    return reply.form(page.sealedFilePage(grant, (await readNames(request, [])).agencies));
  });
  // Not a form route: the answer is a file.
  app.post(sharingPaths.file.route, may('shared information.export', GrantPath), async (request, reply) => {
    const asked = await readSealing(request.body);
    const { grant, referral } = await openOwnGrant(request, parts, request.params.id);
    if (!asked.ok) {
      const { agencies } = await readNames(request, []);
      const kept = asked.errors === secretKeyEntered ? {} : answersOf(request.body);
      return reply.form(page.sealedFilePage(grant, agencies), kept, asked.errors);
    }
    const papers = await logSealing(request, parts, people, grant, asked.values);
    const { agencies } = await readNames(request, []);
    return sendSealed(request, reply, { grant, referral, agencies }, asked.values.recipient, papers);
  });
}

type Sealing = { readonly reason: string; readonly recipient: string };

const secretKeyEntered: FormErrors = { recipient: page.keyErrors['a secret key'] };

/** Why it leaves, and the key that opens it; a secret key is neither kept nor shown again. */
async function readSealing(body: unknown): Promise<FormResult<Sealing>> {
  const form = readForm(SealedFileForm, body);
  const typed = answersOf(body);
  const recipient = await readRecipient(String(typed.recipient ?? ''));
  if (isSecretKey(JSON.stringify(typed))) return { ok: false, errors: secretKeyEntered };
  if (form.ok && recipient.ok)
    return { ok: true, values: { reason: formatExportReason(form.values), recipient: recipient.value } };
  const wrongKey = recipient.ok ? {} : { recipient: page.keyErrors[recipient.refusal] };
  return { ok: false, errors: { ...(form.ok ? {} : form.errors), ...wrongKey } };
}

type Papers = Awaited<ReturnType<PersonReader['handOut']>>;

/** Writes down that it leaves, and opens the papers that go along. */
async function logSealing(
  request: Request,
  { keys, filesFolder }: AreaParts,
  people: PersonReader,
  grant: Grant,
  { reason, recipient }: Sealing,
): Promise<Papers | undefined> {
  let papers: Papers | undefined;
  if (grant.papers.length > 0) {
    const details = { kind: 'disclosure', fields: ['content'], recipient: grant.recipient } as const;
    papers = await people.handOut(request.look('papers.sealed', null, details), { keys, filesFolder }, grant.papers);
    request.returned([...grant.papers]);
  }
  request.look('letter.sealed', grant.id, {
    kind: 'disclosure',
    fields: grant.items,
    recipient: grant.recipient,
    reason: `${reason}; sealed to ${shortenKey(recipient)}`,
  });
  return papers;
}

function sendSealed(
  request: Request,
  reply: Reply,
  leaving: LetterData,
  recipient: string,
  papers: Papers | undefined,
) {
  const { grant } = leaving;
  const text = new Uint8Array(Buffer.from(letterText(leaving, request.today)));
  const name = `letter-${request.today}-${grant.id.slice(0, 8)}`;
  return reply.export({
    fileName: papers ? `${name}.tar.age` : `${name}.txt.age`,
    type: 'application/octet-stream',
    content: sealForRecipient(recipient, () => (papers ? bundleLetter(text, papers) : letterOnly(text))),
    isStillAvailable: () =>
      request.under('shared information.export', (db) => isGrantOpen(db, grant.id, floorToHour(request.now))),
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
