/** Routes for asking and withdrawing consent, for reading consents and disclosures, and for confirming the end of a grant. Read, decide, change, answer. */

import type { z } from 'zod';
import {
  type Agency,
  listAgencies,
  listMembers,
  type MemberWithAgency,
  memberNames,
} from '../../identity/agencies/index.ts';
import { instantAt } from '../../platform/clock.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader } from '../../platform/database/database.ts';
import { buttonRoute, formRoute } from '../../platform/forms/form-route.ts';
import { answersOf, type FormResult, formIdIn } from '../../platform/forms/forms.ts';
import { found, notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Reply, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { fillForm } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import type { Age } from '../../vocabulary/age.ts';
import { addDays } from '../../vocabulary/calendar/days.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId, type OperationId, type PersonId } from '../../vocabulary/ids.ts';
import { nrmPurpose } from '../../vocabulary/information-shared.ts';
import type { LanguageNeeds } from '../../vocabulary/interpreting.ts';
import { consentPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { bannerFields } from '../case/frame.ts';
import { frameOf, readCaseFrame } from '../case/read-frame.ts';
import { readAge } from '../consent-words/asked-age.ts';
import { wordsIn } from '../consent-words/shown-words.ts';
import { listOtherDisclosures, type OtherDisclosureSource } from '../disclosures/elsewhere.ts';
import { listDisclosureSummaries } from '../disclosures/store.ts';
import type { NoteTables } from '../notes/store.ts';
import type { Person } from '../people/person.ts';
import type { PersonTables } from '../people/store.ts';
import type { ReferralTables } from '../referrals/store.ts';
import { consentOverviewPage } from './account-pages.ts';
import { isAgreedBefore, readAnswer } from './answer.ts';
import { actPage, consentWordingPage, questionPage } from './asking-pages.ts';
import { acts, type Consent, consentSources, listStandingRefusals, validateConsent, withdraw } from './consent.ts';
import { grantEndPage, type OpenedRecord, withdrawnGrantsPage } from './end-pages.ts';
import * as input from './forms.ts';
import type { GrantEnd } from './grant.ts';
import {
  answeredOtherwiseError,
  askRefusals,
  describeRefusal,
  lastDayOf,
  notFirstResponderError,
  withdrawalRefusals,
  withdrawPage,
} from './pages.ts';
import * as store from './store.ts';
import { composeWording } from './wording.ts';

const consentFields = [
  'act',
  'recipient',
  'purpose',
  'items',
  'wording',
  'shownWording',
  'language',
  'how',
  'interpreter',
  'until',
];
const grantFields = ['recipient', 'items', 'until', 'ended'];

/** A person that the member knows, through a note or a record. */
export type KnownPerson = {
  /** Id of the note or record. */
  readonly id: string;
  readonly operationId: OperationId | null;
  /** All ids of the person; new entries use the first. */
  readonly ids: store.PersonIds;
  /** The agency that keeps the record; undefined if there is only a note. */
  readonly keptBy?: AgencyId | undefined;
  /** The record, where the member may read it. */
  readonly record?: Person | undefined;
  /** The age that the note says, where there is no record; null in older notes. */
  readonly noteAge?: Age | null;
  readonly href: string;
  readonly text: string;
} & LanguageNeeds;
/** Other modules find the persons that a member may know; undefined for anybody else. */
export type FindKnownPerson = (
  db: AuditedReader<PersonTables & NoteTables>,
  keys: UnitKeys,
  personId: PersonId,
) => Promise<KnownPerson | undefined>;

/** The records that an agency opened from a request and that the member may read. */
export type ListOpenedRecords = (
  db: AuditedReader<PersonTables>,
  keys: UnitKeys,
  referralId: string,
) => Promise<readonly OpenedRecord[]>;
/** What later modules contribute: persons, and the agencies that can be asked or told at all. */
export type ConsentDependencies = {
  readonly find: FindKnownPerson;
  readonly opened: ListOpenedRecords;
  readonly reachable: (agencies: readonly Agency[], members: readonly MemberWithAgency[]) => readonly Agency[];
  /** Which of these referrals went to an agency without a member in Safelight. */
  readonly byLetter: (
    db: AuditedReader<ReferralTables>,
    referralIds: readonly string[],
  ) => Promise<ReadonlySet<string>>;
  /** Disclosures about the person made in other ways. */
  readonly tells: readonly OtherDisclosureSource[];
};

export const consentRoutes =
  (later: ConsentDependencies) =>
  async (app: App, parts: AreaParts): Promise<void> => {
    await consentOverviewRoutes(app, parts, later);
    await consentFormRoutes(app, parts, later);
    await withdrawingRoutes(app, parts);
    await grantEndRoutes(app, parts, later);
  };

/** The end of the given number of days, not counting today. */
export const endAfterDays = (today: string, days: number): Date => instantAt(addDays(today, days + 1), '00:00');

const readAgencies = (request: Request) =>
  request.under('agency.read', async (db) => ({
    agencies: new Map((await listAgencies(db)).map((one) => [one.id as string, one])),
  }));

/** Leaves out the member’s own agency, and coordinators, who hold no data about people. */
const readReachable = (request: Request, { reachable }: ConsentDependencies) =>
  request.under('agency.read', async (db) => {
    const all = await listAgencies(db);
    const others = reachable(all, await listMembers(db)).filter(
      ({ id, kind }) => id !== request.actor.agencyId && kind !== 'coordinator',
    );
    return { others, own: all.filter(({ id, side }) => id === request.actor.agencyId && side === 'help') };
  });

/** All that the safeguarding store says of what was agreed and who was told. */
async function readAccount(request: Request, keys: UnitKeys, later: ConsentDependencies, personId: PersonId) {
  const db = request.look('consents.shown', null, { fields: [...bannerFields, ...consentFields, ...grantFields] });
  const own = request.actor.agencyId;
  const person = await later.find(db, keys, personId);
  const ids = person?.ids ?? [personId];
  const consents = await store.listConsents(db, keys, ids);
  const refusals = await store.listConsentRefusals(db, keys, ids);
  const disclosures = await listDisclosureSummaries(db, ids);
  // A recipient reads its grants on its own pages and gets no overview of the person.
  const grants = (await store.listGrants(db, keys, ids)).filter(
    ({ recipient, fromAgency }) => person || recipient !== own || fromAgency === own,
  );
  if (!person && consents.length + refusals.length + disclosures.length + grants.length === 0) throw notFound('person');
  const ends = await store.listGrantEnds(
    db,
    grants.map(({ id }) => id),
  );
  const byLetter = await later.byLetter(
    db,
    grants.flatMap(({ referralId }) => referralId ?? []),
  );
  // Logs the ids of the records: access depends on who owns them, not on which person they are about.
  request.returned(
    [...(person ? [person] : []), ...consents, ...refusals, ...disclosures, ...grants].map(({ id }) => id),
  );
  const elsewhere = person ? await listOtherDisclosures(later.tells, request, keys, ids) : [];
  return { person, told: { consents, refusals, disclosures, grants, ends, elsewhere, byLetter } };
}

async function consentOverviewRoutes(app: App, { keys }: AreaParts, later: ConsentDependencies): Promise<void> {
  const reading = may('consent.read', input.PersonPath, input.ConsentOverviewQuery);
  app.get(consentPaths.overview.route, reading, async (request, reply) => {
    const { personId } = request.params;
    const { person, told } = await readAccount(request, keys, later, personId);
    const { agencies, names } = await request.under('agency.read', async (main) => ({
      agencies: new Map((await listAgencies(main)).map((one) => [one.id as string, one])),
      names: await memberNames(main, [
        ...[...told.consents, ...told.refusals].map(({ authorId }) => authorId),
        ...told.disclosures.flatMap(({ askedBy, approvedBy }) => [askedBy, approvedBy]),
        ...told.elsewhere.flatMap(({ people }) => people),
      ]),
    }));
    const asks = request.can('consent.record') && person !== undefined;
    const account = {
      ...{ ...told, personId, agencies, names, asks },
      frame: person?.record && frameOf(request, person.record, agencies, 'consent'),
      done: request.query.done,
      leftOut: later.tells.flatMap(({ action, otherwise }) => (request.can(action) ? [] : [otherwise])),
      now: floorToHour(request.now),
      back: person ?? { href: notePaths.list(), text: 'Notes' },
      reached: new Set(asks ? (await readReachable(request, later)).others.map(({ id }) => id as string) : []),
      own: request.actor.agencyId,
      keptBy: person?.keptBy,
      met: person?.operationId != null,
      shownToPerson: request.query.view === 'person',
      speaks: person ?? {},
    };
    return reply.sections(consentOverviewPage(account));
  });
}

/** Who may be asked on whose behalf: read once for the question, the words and the answer. */
async function readAsked(request: Request, keys: UnitKeys, later: ConsentDependencies, personId: PersonId) {
  const db = request.look('person.asked', null, { fields: [...bannerFields, 'operationId'] });
  const person = found(await later.find(db, keys, personId), 'person');
  const within = { authorId: request.actor.memberId, hour: floorToHour(request.now) };
  const before = await store.findConsentWithInterpreter(db, keys, person.ids, within);
  const refusals = await store.listConsentRefusals(db, keys, person.ids);
  const consents = await store.listConsents(db, keys, person.ids);
  const standing = listStandingRefusals(refusals, consents);
  request.returned([person.id, ...(before ? [before.id] : []), ...[...consents, ...standing].map(({ id }) => id)]);
  const { others, own } = await readReachable(request, later);
  const frame = person.record && (await readCaseFrame(request, person.record, 'consent')).frame;
  const { agencies } = await readAgencies(request);
  const refused = standing.map((one) => describeRefusal(one, agencies));
  const age = readAge(person, request.today);
  return { personId, person, age, refused, frame, consents, before: before?.interpreter ?? undefined, others, own };
}
type Asked = Awaited<ReturnType<typeof readAsked>>;

/** Only examinations may go to the member’s own agency. */
const listAskable = (act: Consent['act'], { others, own }: Asked) => (act === 'examine' ? [...own, ...others] : others);

async function consentFormRoutes(app: App, { keys }: AreaParts, later: ConsentDependencies): Promise<void> {
  const asking = may('consent.record', input.PersonPath, input.ActQuery);
  app.get(consentPaths.asking.route, asking, async (request, reply) => {
    const { personId } = request.params;
    const found = await readAsked(request, keys, later, personId);
    const { act, ...chosen } = request.query;
    if (!act) return reply.sections(actPage(personId, found.refused, request.today, found.frame, found.person.record));
    const { refused, frame, person: speaks, age } = found;
    const asks = { personId, act, refused, frame, speaks, age, id: newTimelessId(), ...chosen };
    return reply.form(questionPage(asks, listAskable(act, found)));
  });

  // Not a form route: the question shows the words first, and only then takes the answer.
  app.post(consentPaths.asking.route, may('consent.record', input.PersonPath), async (request, reply) => {
    const { personId } = request.params;
    const found = await readAsked(request, keys, later, personId);
    const act = acts.find((one) => one === answersOf(request.body).act) ?? 'refer';
    const { refused, frame, person: speaks } = found;
    const asks = { personId, act, refused, frame, speaks, age: found.age, id: formIdIn(request.body) };
    const again = (errors: FormErrors) =>
      reply.form(questionPage(asks, listAskable(act, found)), answersOf(request.body), errors);
    const form = readForm(input.QuestionForm, request.body);
    if (!form.ok) return again(form.errors);
    const recipient = findRecipient(form.values, listAskable(act, found));
    if (!recipient.ok) return again(recipient.errors);
    if (form.values.step === 'change') return again({});
    const plain = composeConsent(request, found, { ...form.values, act }, recipient.values);
    const stands = validateConsent(plain);
    if (!stands.ok) return again(askRefusals[stands.refusal]);
    return form.values.step === 'show'
      ? showWording(request, reply, found, plain, {})
      : saveAnswer(request, reply, keys, found, plain);
  });
}

type Question = z.output<typeof input.QuestionForm>;
type Recipient = Asked['others'][number];

function findRecipient({ to, purpose }: Question, askable: readonly Recipient[]): FormResult<Recipient> {
  const recipient = askable.find((one) => one.id === to);
  if (!recipient) return { ok: false, errors: { to: 'Select an agency of the list' } };
  return purpose === nrmPurpose && !recipient.firstResponder
    ? { ok: false, errors: { to: notFirstResponderError(recipient.name) } }
    : { ok: true, values: recipient };
}

/** The consent with its words, as if it were explained in English; the answer says how it was. */
function composeConsent(
  { actor, now, today }: Request,
  { personId, person, age }: Asked,
  { id, act, purpose, items, days, shown }: Question,
  recipient: Recipient,
): Consent {
  const until = endAfterDays(today, days);
  const scope = { personId: person.ids[0] ?? personId, act, recipient: recipient.id, purpose, items, until };
  const metAtVisit = person.operationId !== null;
  const terms = {
    ...{ ...scope, recipient: recipient.name, recipientKind: recipient.kind },
    ...{ metAtVisit, mayBeChild: age !== 'adult', lastDay: lastDayOf(until) },
  };
  return {
    ...scope,
    ...{ id, operationId: person.operationId, givenAt: floorToHour(now), how: consentSources[0] },
    agencyId: actor.agencyId as AgencyId,
    authorId: actor.memberId as MemberId,
    ...wordsIn(shown, composeWording(terms), (code) => composeWording(terms, code)),
    ...{ language: 'en', interpreted: 'nobody was needed', interpreter: null },
    ...{ withdrawnAt: null, withdrawnBy: null, withdrawnHow: null },
  };
}

function showWording(
  request: Request,
  reply: Reply,
  asked: Asked,
  consent: Consent,
  errors: FormErrors,
): Promise<string> {
  const { personId, person: speaks, before } = asked;
  const agreedBefore = isAgreedBefore(asked.consents, consent);
  const shown = { personId, consent, speaks, age: asked.age, before, agreedBefore };
  const page = fillForm(consentWordingPage(shown, request.body), answersOf(request.body), errors);
  return reply.page('safeguarding/consent-words/wording', page);
}

/** Keeps the consent, or shows the words again with what was wrong. */
async function saveAnswer(request: Request, reply: Reply, keys: UnitKeys, found: Asked, plain: Consent) {
  const consent = readAnswer(request.body, found.person, plain);
  if (!consent.ok) return showWording(request, reply, found, plain, consent.errors);
  const { refused, ...values } = consent.values;
  const saved = await request.change(
    refused ? 'consent.refused' : 'consent.given',
    values.id,
    async (tx) => {
      if (await store.isOtherAnswerKept(tx, values, refused)) return refuse('answered otherwise');
      await (refused ? store.addConsentRefusal : store.addConsent)(tx, keys, values);
      return accept(true);
    },
    { kind: 'collection', fields: consentFields },
  );
  if (!saved.ok) return showWording(request, reply, found, plain, answeredOtherwiseError);
  const done = !refused ? 'kept' : isAgreedBefore(found.consents, plain) ? 'ended' : 'refused';
  return reply.redirect(withQuery(consentPaths.overview(found.personId), { done }), 303);
}

async function withdrawingRoutes(app: App, { keys }: AreaParts): Promise<void> {
  formRoute(app, consentPaths.withdrawal.route, {
    may: may('consent.withdraw', input.ConsentPath),
    load: async (request) => {
      const { id } = request.params;
      const db = request.look('consent.shown', id, { fields: [...consentFields, ...grantFields] });
      const consent = await store.getConsent(db, keys, id);
      const told = (await store.listGrants(db, keys, [consent.personId])).filter(
        ({ consentId, ended }) => consentId === id && ended !== 'taken back',
      );
      const { agencies } = await readAgencies(request);
      return { consent, told, agencies };
    },
    form: input.WithdrawalForm,
    page: ({ consent, told, agencies }) => withdrawPage(consent, told, agencies),
    event: 'consent.withdrawn',
    subject: ({ consent }) => consent.id,
    details: () => ({ fields: ['withdrawnAt'] }),
    change: async (tx, { consent }, { how }, { actor, now }) => {
      const current = await store.lockConsent(tx, keys, consent.id);
      const result = withdraw(current, how, actor.memberId as MemberId, floorToHour(now));
      if (result.ok) await store.saveWithdrawal(tx, result.value);
      return result;
    },
    refusals: withdrawalRefusals,
    next: (_, { consent }) => withQuery(consentPaths.overview(consent.personId), { done: 'taken' }),
  });
}

async function grantEndRoutes(app: App, { keys }: AreaParts, later: ConsentDependencies): Promise<void> {
  app.get(consentPaths.ends.route, may('grant end.read'), async (request, reply) => {
    const ends = await store.listGrantEnds(request.look('grant ends.listed', null, { fields: grantFields }));
    request.returned(ends.map(({ id }) => id));
    const { agencies } = await readAgencies(request);
    return reply.sections(withdrawnGrantsPage(ends, agencies, request.actor.agencyId));
  });
  const load = async (request: Request & { readonly params: { readonly id: GrantEnd['id'] } }) => {
    const { id } = request.params;
    const db = request.look('grant end.shown', id, { fields: [...grantFields, 'called'] });
    const [end] = await store.listGrantEnds(db, [id]);
    if (!end || end.recipient !== request.actor.agencyId) throw notFound('end of a grant');
    const records = end.referralId ? await later.opened(db, keys, end.referralId) : [];
    request.returned([end.id, ...records.map((one) => one.id)]);
    return { end, records };
  };
  const acknowledging = may('grant end.acknowledge', input.GrantPath);
  app.get(consentPaths.end.route, acknowledging, async (request, reply) => {
    const { end, records } = await load(request);
    return reply.form(grantEndPage(end, (await readAgencies(request)).agencies, records));
  });
  buttonRoute(app, consentPaths.end.route, {
    may: acknowledging,
    load,
    event: 'grant end.acknowledged',
    subject: ({ end }) => end.id,
    change: async (tx, { end }, _, { actor, now }) => {
      const heard = { id: end.id, confirmedAt: floorToHour(now), confirmedBy: actor.memberId as MemberId };
      return accept(await store.acknowledgeGrantEnd(tx, heard));
    },
    next: () => consentPaths.ends(),
  });
}
