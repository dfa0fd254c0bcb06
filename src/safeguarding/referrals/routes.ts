/** Routes of referrals: support agencies make them; the recipient decides, asks and finishes. Read, decide, change, answer. */

import { listAgencies, listMembers, memberNames } from '../../identity/agencies/index.ts';
import type { AnyTables, AuditedReader } from '../../platform/database/database.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import {
  type Answers,
  type App,
  type FormErrors,
  may,
  type Reply,
  type Request,
  readForm,
} from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { type EncounterSummary, lookUpEncounterSummary } from '../../visits/index.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { newTimelessId, type PersonId } from '../../vocabulary/ids.ts';
import { draftGroup } from '../../vocabulary/information-shared.ts';
import { matchLookup } from '../../vocabulary/visibility.ts';
import { type Consent, deriveConsentStatus } from '../consent/consent.ts';
import { deriveGrantStatus, type Grant } from '../consent/grant.ts';
import { disclosuresPath } from '../consent/pages.ts';
import { type ConsentTables, findGrantOfReferral, listConsents } from '../consent/store.ts';
import { mayApprove } from '../disclosures/disclosure.ts';
import { disclosureRoutes, type OpenSubject } from '../disclosures/routes.ts';
import * as disclosures from '../disclosures/store.ts';
import { filterSecondPersons, prepareReferralDisclosure } from '../disclosures/without-consent.ts';
import { findEncounterSummaries } from '../notes/encounters.ts';
import type { NoteId } from '../notes/note.ts';
import { type Agencies, agencyOf, describeEncounter } from '../notes/pages.ts';
import { getNote } from '../notes/store.ts';
import { createReferral, prepareReferral } from './create-referral.ts';
import {
  describeSecondPersons,
  type ReferralFormData,
  referralFormPage,
  referralOnConsentPage,
  referralPreviewPage,
} from './form-pages.ts';
import {
  DoneQuery,
  ListQuery,
  NotePath,
  ReferralForm,
  ReferralPath,
  type ReferralPreselection,
  ReferralQuery,
  SubjectPath,
  safeContactError,
  TakeBackForm,
} from './forms.ts';
import { referralPage, referralRefusals, referralsPage, takeBackPage, unreachableRecipientError } from './pages.ts';
import type { PersonReader } from './people.ts';
import {
  basisByGround,
  checkReferral,
  filterOutsideRecipients,
  filterRecipients,
  isAwaitingAnswer,
  isDecidingAgency,
  isDuplicateReferral,
  isMessagingAgency,
  type Referral,
  selectDocuments,
  takeBack,
} from './referral.ts';
import {
  getReferral,
  listMessages,
  listOpenReferrals,
  listReferrals,
  lockReferral,
  type ReferralTables,
  saveDecision,
} from './store.ts';
import { type AgeRead, listSourceIds, type Subject, subjectFromNote } from './subject.ts';

/** Fields of a referral other than the agreed items. */
const aboutFields = ['fromAgency', 'ground', 'purpose', 'until', 'state', 'messages'];

/** Names of agencies and people from the main store, read after the safeguarding store. */
export const readNames = (request: Request, ids: readonly (string | null)[]) =>
  request.under('agency.read', async (db) => {
    const agencies: Agencies = new Map((await listAgencies(db)).map((agency) => [agency.id as string, agency]));
    return { agencies, names: await memberNames(db, ids) };
  });

export const referralRoutes =
  (people: PersonReader) =>
  async (app: App, parts: AreaParts): Promise<void> => {
    const { keys } = parts;
    const openSubject = await referralFormRoutes(app, keys, people);
    await disclosureRoutes(openSubject, people)(app, parts);
    await readingRoutes(app, keys);
    await takeBackRoutes(app, keys);
  };

const subjectFields = ['needs', 'town', 'day', 'advice', 'wants', 'age', 'papers'];
const reachFields = ['contactWay', 'contactAt', 'contactWhen', 'contactNever', 'language', 'interpreter', 'aids'];

/** Returns the function that opens a note or record, so that sending after approval uses the same person. */
async function referralFormRoutes(app: App, keys: AreaParts['keys'], people: PersonReader): Promise<OpenSubject> {
  /** The age recorded at the visit, for members who may still see the visit. */
  const agedAt = async (request: Request, id: PersonId): Promise<AgeRead> => {
    if (!request.can('encounter.read')) return 'not read';
    const seen = await request.under('encounter.read', (main) => lookUpEncounterSummary(main, id));
    return matchLookup<EncounterSummary, unknown, AgeRead>(seen, {
      full: ({ age }) => age,
      restricted: () => 'not read',
      nothing: () => 'not read',
    });
  };
  /** Read while the safeguarding store is open, because a second person must read the chosen drafts. */
  const chosenDrafts = async (request: Request, { recordId, documents }: Subject) => {
    const chosen = [answersOf(request.body).papers].flat();
    const drafts = documents.filter(({ id, item }) => item === draftGroup && chosen.includes(id));
    const ids = drafts.map(({ id }) => id);
    return recordId ? people.draftsOf(request, keys, recordId, ids) : [];
  };
  const withRecipients = async (request: Request, db: AuditedReader<AnyTables>, known: Subject) => {
    const given = await listConsents(db as unknown as AuditedReader<ConsentTables>, keys, known.ids);
    request.returned([...listSourceIds(known), ...given.map(({ id }) => id)]);
    const now = floorToHour(request.now);
    const consents = given.filter((one) => one.act === 'refer' && deriveConsentStatus(one, now) === 'in force');
    const asked = await listOpenReferrals(db as unknown as AuditedReader<ReferralTables>, known.ids, now);
    const drafts = await chosenDrafts(request, known);
    const subject = known.age === 'not read' ? { ...known, age: await agedAt(request, known.personId) } : known;
    const all = await request.under('agency.read', async (main) => {
      const agencies = await listAgencies(main);
      const members = await listMembers(main);
      return {
        agencies,
        inside: filterRecipients(agencies, members),
        outside: filterOutsideRecipients(agencies, members),
        seconds: filterSecondPersons(members, request.actor),
      };
    });
    const agencies: Agencies = new Map(all.agencies.map((agency) => [agency.id as string, agency]));
    const recipients = [...all.inside, ...all.outside];
    const may = { keepsWords: request.can('consent.record'), approves: mayApprove(request.actor.roles) };
    return {
      subject,
      consents,
      recipients,
      outside: all.outside,
      agencies,
      asked,
      drafts,
      seconds: all.seconds,
      ...may,
    };
  };
  const openedByNote = async (request: Request, id: NoteId) => {
    const db = request.look('note.shown', id, { fields: subjectFields });
    const note = await getNote(db, keys, id);
    const subject = subjectFromNote(note);
    const record = await people.agedOf(db, keys, subject.personId, request.today);
    if (record) request.returned([record.recordId]);
    const found = await withRecipients(request, db, { ...subject, age: record?.aged ?? subject.age });
    const met = (await findEncounterSummaries(request, [note.encounterId])).get(note.encounterId);
    return { ...found, subject: { ...found.subject, called: describeEncounter(met, note) } };
  };
  const openedByPerson = async (request: Request, id: PersonId) => {
    const db = request.look('person.asked for', null, { fields: ['called', ...subjectFields, ...reachFields] });
    return withRecipients(request, db, await people.subjectOf(db, keys, id, request.today));
  };
  const idIn = (body: unknown): string => {
    const read = ReferralPath.safeParse({ id: answersOf(body).id });
    return read.success ? read.data.id : newTimelessId();
  };

  const answer = async (request: Request, reply: Reply, found: ReferralFormData) => {
    const { subject, consents, recipients, outside, agencies } = found;
    const typed = answersOf(request.body);
    const again = (errors: FormErrors, id = idIn(request.body)) =>
      reply.page('platform/form', chooseReferralPage(found, id, { consent: parseConsentId(typed) }, typed, errors));
    const form = readForm(ReferralForm, request.body);
    if (!form.ok) return again(form.errors);
    const { agreed, to, step, also, reach, papers } = form.values;
    if (step === 'change') return again({});
    const consent: Consent | undefined =
      typeof agreed === 'object' ? consents.find(({ id }) => id === agreed.consent) : undefined;
    if (typeof agreed === 'object' && !consent) return again(referralRefusals['taken back']);
    if (!consent && also.includes('how to reach the person safely') && !(reach ?? subject.safeContact))
      return again({ reach: safeContactError });
    const may = checkReferral(consent?.recipient ?? to, agreed, recipients, subject.age);
    if (!may.ok)
      return again(
        consent && may.refusal === 'not a recipient' ? unreachableRecipientError : referralRefusals[may.refusal],
      );
    const chosen = selectDocuments(subject.documents, papers, consent?.items);
    if (!chosen.ok) return again(referralRefusals[chosen.refusal]);
    const resting = { ground: may.value, consent, outside, papers: chosen.value };
    const made = await prepareReferral(request, subject, form.values, resting);
    const earlier = found.asked.filter((one) => one.id !== made.referral.id);
    if (isDuplicateReferral(made.referral, chosen.value, earlier)) return again(referralRefusals['asked already']);
    const basis = basisByGround[made.referral.ground];
    const resolved = basis
      ? await prepareReferralDisclosure(request, made, { subject, form: form.values, drafts: found.drafts }, basis)
      : undefined;
    if (resolved && !resolved.ok) return again(referralRefusals[resolved.refusal]);
    const disclosure = resolved?.value;
    const approval = disclosure?.told === 'after approval' ? describeSecondPersons(found.seconds) : undefined;
    if (step === 'preview')
      return reply.page(
        'safeguarding/referrals/preview',
        referralPreviewPage(made, subject, agencies, request.body, approval),
      );
    if (disclosure && approval) {
      const added = await request.change(
        'disclosure.asked for',
        disclosure.id,
        (tx) => disclosures.addRequestOnce(tx as never, keys, disclosure),
        { kind: 'collection', fields: ['recipient', 'basis', 'items', 'reasons'] },
      );
      if (!added.ok) return again(referralRefusals[added.refusal], newTimelessId());
      return reply.redirect(`${disclosuresPath}/${disclosure.id}`, 303);
    }
    const sent = await request.change(
      'referral.made',
      made.referral.id,
      (tx) => createReferral(tx, keys, request, made, { subject, form: form.values, disclosure }),
      { kind: 'disclosure', recipient: made.referral.toAgency, fields: made.shown.map(({ item }) => item) },
    );
    if (!sent.ok)
      return again(referralRefusals[sent.refusal], sent.refusal === 'asked before' ? newTimelessId() : undefined);
    const { id, outside: byLetter } = made.referral;
    return reply.redirect(`/staff/safeguarding/referrals/${id}${byLetter ? '' : '?done=sent'}`, 303);
  };

  app.get('/safeguarding/notes/:id/refer', may('referral.make', NotePath, ReferralQuery), async (request, reply) => {
    const found = await openedByNote(request, request.params.id);
    return reply.page('platform/form', chooseReferralPage(found, newTimelessId(), request.query));
  });
  app.post('/safeguarding/notes/:id/refer', may('referral.make', NotePath), async (request, reply) =>
    answer(request, reply, await openedByNote(request, request.params.id)),
  );
  app.get(
    '/safeguarding/people/:personId/refer',
    may('referral.make', SubjectPath, ReferralQuery),
    async (request, reply) => {
      const found = await openedByPerson(request, request.params.personId);
      return reply.page('platform/form', chooseReferralPage(found, newTimelessId(), request.query));
    },
  );
  app.post('/safeguarding/people/:personId/refer', may('referral.make', SubjectPath), async (request, reply) =>
    answer(request, reply, await openedByPerson(request, request.params.personId)),
  );
  return (request, { noteId, personId }) =>
    noteId ? openedByNote(request, noteId as NoteId) : openedByPerson(request, personId);
}

/** With an existing consent, asks only for what is missing. */
function chooseReferralPage(
  found: ReferralFormData,
  id: string,
  { consent: consentId, ...wanted }: ReferralPreselection & { readonly consent?: string | undefined } = {},
  typed?: Answers,
  errors?: FormErrors,
) {
  const paper = found.subject.documents.find((one) => one.id === wanted.paper);
  const consent = found.consents.find((one) =>
    consentId ? one.id === consentId : coversPreselection(one, wanted, paper?.item),
  );
  const all = { ...found, wanted };
  return consent ? referralOnConsentPage(all, consent, id, typed, errors) : referralFormPage(all, id, typed, errors);
}
/** If the earlier choices are already covered by a consent, they are not asked again. */
const coversPreselection = (
  consent: Consent,
  { to, purpose }: ReferralPreselection,
  item: string | undefined,
): boolean => consent.recipient === to && consent.purpose === purpose && consent.items.some((one) => one === item);
const parseConsentId = ({ short, agreed }: Answers): string | undefined =>
  short === 'yes' ? /^consent:(.+)$/.exec(String(agreed))?.[1] : undefined;

/** What the member may see of a referral: the referral, its grant, and its messages. */
export async function openReferral(request: Request, keys: AreaParts['keys'], id: Referral['id']) {
  const db = request.look('referral.shown', id, { fields: aboutFields });
  const referral = await getReferral(db, keys, id);
  const grant = await findGrantOfReferral(db as unknown as AuditedReader<ConsentTables>, keys, id);
  return { db, referral, grant };
}
export const isGrantInForce = (grant: Grant | undefined, request: Request): boolean =>
  grant !== undefined && deriveGrantStatus(grant, floorToHour(request.now)) === 'open';

async function readingRoutes(app: App, keys: AreaParts['keys']): Promise<void> {
  app.get('/safeguarding/referrals', may('referral.read', undefined, ListQuery), async (request, reply) => {
    const { page, done } = request.query;
    const db = request.look('referrals.listed', null, { fields: ['day', 'fromAgency', 'toAgency', 'needs', 'state'] });
    const { referrals, total } = await listReferrals(db, page);
    request.returned(referrals.map(({ id }) => id));
    const { agencies } = await readNames(request, []);
    const pages = paginate(page, pageSize, total, (to) => withQuery('/staff/safeguarding/referrals', { page: to }));
    const asked = request.actor.roles.includes('partner caseworker');
    return reply.page(
      'platform/page',
      referralsPage(referrals, agencies, pages, asked, floorToHour(request.now), done),
    );
  });

  app.get('/safeguarding/referrals/:id', may('referral.read', ReferralPath, DoneQuery), async (request, reply) => {
    const { db, referral, grant } = await openReferral(request, keys, request.params.id);
    const messages = await listMessages(db, keys, referral.id);
    const people = [referral.decidedBy, ...messages.map(({ authorId }) => authorId)];
    const { agencies, names } = await readNames(request, people);
    const open = isGrantInForce(grant, request);
    const may = {
      decides: open && request.can('referral.decide') && mayDecide(request, referral),
      talks: open && request.can('referral.ask') && mayMessage(request, referral),
      opensPerson: referral.toAgency === request.actor.agencyId && request.can('person.open'),
      sends: open && referral.outside && referral.fromAgency === request.actor.agencyId,
      ours: referral.fromAgency === request.actor.agencyId && referral.toAgency !== request.actor.agencyId,
      asksOthers: request.can('referral.make'),
      questioned: isAwaitingAnswer(messages),
    };
    const { done } = request.query;
    const shown = { referral, grant, messages, agencies, names, ...may, done, now: floorToHour(request.now) };
    return reply.page('platform/page', referralPage(shown));
  });
}

/** The sending agency takes back a referral made on a legal ground. The grant ends too, and the recipient is notified. */
async function takeBackRoutes(app: App, keys: AreaParts['keys']): Promise<void> {
  const opened = async (request: Request, id: Referral['id']) => {
    const { referral } = await openReferral(request, keys, id);
    const own = referral.fromAgency === request.actor.agencyId;
    if (!own || !takeBack(referral, floorToHour(request.now)).ok) throw notFound('referral');
    const { agencies } = await readNames(request, []);
    return { referral, recipient: agencyOf(agencies, referral.toAgency) };
  };
  app.get('/safeguarding/referrals/:id/take-back', may('referral.take back', ReferralPath), async (request, reply) => {
    const { referral, recipient } = await opened(request, request.params.id);
    return reply.page('platform/form', takeBackPage(referral, recipient));
  });
  app.post('/safeguarding/referrals/:id/take-back', may('referral.take back', ReferralPath), async (request, reply) => {
    const { referral, recipient } = await opened(request, request.params.id);
    const again = (errors: FormErrors) => reply.page('platform/form', takeBackPage(referral, recipient, errors));
    const form = readForm(TakeBackForm, request.body);
    if (!form.ok) return again(form.errors);
    const done = await request.change(
      'referral.taken back',
      referral.id,
      async (tx) => {
        const result = takeBack(await lockReferral(tx, keys, referral.id), floorToHour(request.now));
        if (result.ok) await saveDecision(tx, keys, result.value);
        return result;
      },
      { reason: form.values.why, fields: ['ended'] },
    );
    if (!done.ok) return again(referralRefusals[done.refusal]);
    return reply.redirect(`/staff/safeguarding/referrals/${referral.id}`, 303);
  });
}

export const mayDecide = (request: Request, referral: Referral): boolean =>
  isDecidingAgency(referral, request.actor.agencyId);
export const mayMessage = (request: Request, referral: Referral): boolean =>
  isMessagingAgency(referral, request.actor.agencyId);
