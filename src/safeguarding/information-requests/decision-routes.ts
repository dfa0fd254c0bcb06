/** Decisions on victim information requests, by a lead of the agency that was asked, in the safeguarding database. */

import type { z } from 'zod';
import { listAgencies, listMembers } from '../../identity/agencies/index.ts';
import {
  digestOfWording,
  isUnreviewedTranslation,
  type ShownWords,
  wordsChanged,
  wordsIn,
} from '../../nrm/consent-words/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Writer } from '../../platform/database/database.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { answersOf, type FormResult, NothingAsked } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Reply, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { fillForm } from '../../platform/rendering/pages.ts';
import { determineAgeTreatment } from '../../vocabulary/age.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { policePurpose } from '../../vocabulary/information-shared.ts';
import { otherLanguageCode, validateExplanation } from '../../vocabulary/interpreting.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import {
  informationDecisionPaths,
  informationRequestPaths,
} from '../../vocabulary/paths/safeguarding/information-requests.ts';
import { disclosurePaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { wordsOfAll } from '../../vocabulary/value-words.ts';
import type { ConsentTables } from '../consent/store.ts';
import { type Disclosure, disclosureIdOf } from '../disclosures/disclosure.ts';
import * as disclosures from '../disclosures/store.ts';
import {
  type DisclosureRequest,
  filterSecondPersons,
  getApprovedDisclosure,
  prepareDisclosure,
} from '../disclosures/without-consent.ts';
import { explanationRefusals } from '../interpreting/pages.ts';
import type { Person } from '../people/person.ts';
import { getPerson, searchPeople } from '../people/store.ts';
import { describeSecondPersons, immediateDisclosureRefusals } from '../referrals/form-pages.ts';
import { composeAgreementWording } from './agreement-wording.ts';
import { agreementPage, approvedPage, decidePage, decisionRefusals, decisionsPage } from './decision-pages.ts';
import { AgreedForm, ApprovedPath, DecideForm, RequestPath } from './forms.ts';
import { editionNamed, testsOf } from './law.ts';
import { auditRequestRead } from './reads.ts';
import {
  asksForCounselling,
  type ConsentDetails,
  type Decision,
  type DecisionInput,
  type DecisionRefusal,
  decide,
  decisionIdOf,
  type RequestId,
} from './request.ts';
import type { DecisionTables, RequestWithAnswer } from './store.ts';
import * as store from './store.ts';

const askedFields = ['who', 'reference', 'kinds', 'tests', 'handling', 'notice', 'noticeWhy'];
const decisionFields = ['personId', 'outcome', 'ground', 'kinds', 'reasons', 'agreed'];

export async function decisionRoutes(app: App, { keys }: AreaParts): Promise<void> {
  await decidingRoutes(app, keys);
  await approvedRoutes(app, keys);
}

async function decidingRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get(informationDecisionPaths.requests.route, may('information decision.read'), async (request, reply) => {
    const decisions = await store.listDecisions(
      request.look('information decisions.listed', null, { fields: decisionFields }),
      keys,
    );
    request.returned(decisions.map(({ id }) => id));
    const { all, agencies } = await readReceivedRequests(request, keys);
    const byId = new Map(all.map((one) => [one.request.id, one]));
    const done = new Set(decisions.map(({ requestId }) => requestId));
    const waiting = all.filter(({ request: { id, dueAt } }) => !done.has(id) && request.now < dueAt);
    const decided = decisions.map((decision) => ({ decision, asked: byId.get(decision.requestId) }));
    const page = decisionsPage(waiting, decided, agencies, request.can('information decision.make'));
    return reply.sections(page);
  });

  const path = informationDecisionPaths.decide.route;
  app.get(path, may('information decision.make', RequestPath), async (request, reply) => {
    const { asked, ...around } = await readRequestWithPeople(request, keys, request.params.id);
    return reply.form(decidePage(asked, around));
  });

  // An adult’s yes is to words on a second page, under the same address.
  app.post(path, may('information decision.make', RequestPath), async (request, reply) => {
    const found = await readRequestWithPeople(request, keys, request.params.id);
    const { asked, ...around } = found;
    const again = (errors: FormErrors) => reply.form(decidePage(asked, around), answersOf(request.body), errors);
    if (around.decided) return again(decisionRefusals['decided already']);
    const form = readForm(DecideForm, request.body);
    if (!form.ok) return again(form.errors);
    const judged = judge(request, found, form.values);
    if (!judged.ok) return again(decisionRefusals[judged.refusal]);
    const { subject: person, ground } = judged.value;
    const gives = form.values.outcome === 'give agreed items';
    if (!(gives && person && ground === 'the person agreed'))
      return decideAsJudged(request, reply, keys, found, { ...form.values, ...judged.value, agreed: null }, again);
    if (!form.values.shown) return again(decisionRefusals['no language']);
    const words = wordsToAgree(found, form.values);
    const agreed = readAgreement(request, words, person);
    if (!agreed.ok)
      return reply.page(
        'nrm/consent-words/wording',
        fillForm(agreementPage(asked, words, person, answersOf(request.body)), answersOf(request.body), agreed.errors),
      );
    const said = { ...form.values, ...judged.value, agreed: agreed.values };
    return decideAsJudged(request, reply, keys, found, said, again);
  });
}

type RequestWithPeople = Awaited<ReturnType<typeof readRequestWithPeople>>;
type DecisionTyped = z.output<typeof DecideForm>;

/** Whom the decision is about, and the ground on which it may be taken. */
function judge(
  { today, now }: Request,
  { asked, found, tests }: RequestWithPeople,
  { person: chosen, outcome, passed, agreement, kinds, words }: DecisionTyped,
): Result<{ readonly subject: Person | undefined; readonly ground: Decision['ground'] }, DecisionRefusal> {
  const subject = found.find(({ id }) => id === chosen);
  const person = subject && { treatedAs: determineAgeTreatment(subject, today) };
  const names = tests.map(({ name }) => name);
  const ground = decide(asked.request, names, { outcome, person, passed, agreement, kinds, words }, now);
  return ground.ok ? accept({ subject, ground: ground.value }) : ground;
}

/** What an adult is asked. English alone where the language was not picked. */
function wordsToAgree({ asked, agencies }: RequestWithPeople, { kinds, words, shown }: DecisionTyped): ShownWords {
  const terms = { police: agencies.get(asked.request.agencyId) ?? 'Police', kinds, words: words ?? '' };
  return wordsIn(shown ?? otherLanguageCode, composeAgreementWording(terms), (code) =>
    composeAgreementWording(terms, code),
  );
}

/** The person’s yes to the words, with how they were explained. Without errors where the words were not shown yet. */
function readAgreement({ body }: Request, shown: ShownWords, person: Person): FormResult<ConsentDetails> {
  const no = (errors: FormErrors) => ({ ok: false, errors }) as const;
  if (answersOf(body).digest === undefined) return no({});
  const said = readForm(AgreedForm, body);
  if (!said.ok) return said;
  const digest = digestOfWording(shown);
  if (said.values.digest !== digest) return no(wordsChanged);
  const stood = validateExplanation(said.values, person, { unreviewed: isUnreviewedTranslation(shown) });
  if (!stood.ok) return no(explanationRefusals[stood.refusal]);
  const { how } = said.values;
  return { ok: true, values: { ...stood.value, ...shown, how, digest } };
}

type Judged = Omit<DecisionTyped, 'person'> & {
  readonly subject: Person | undefined;
  readonly ground: Decision['ground'];
  readonly agreed: ConsentDetails | null;
};

/** Saves what was decided; what is given of a child without an adult’s yes, a second person approves first, or it is told at once. */
async function decideAsJudged(
  request: Request,
  reply: Reply,
  keys: UnitKeys,
  { asked }: RequestWithPeople,
  said: Judged,
  again: (errors: FormErrors) => unknown,
): Promise<unknown> {
  const { subject, outcome, ground, agreed, reasons, passed, agreement } = said;
  const gives = outcome === 'give agreed items';
  const decision = decisionBy(request, {
    id: said.id === undefined ? newTimelessId<'information decision'>() : decisionIdOf(said.id),
    ...{ requestId: asked.request.id, personId: subject?.id ?? null, outcome, ground },
    ...{ kinds: gives ? said.kinds : [], reasons, agreed },
  });
  const given = gives ? { police: asked.request.agencyId, words: said.words ?? '' } : undefined;
  if (!given || agreed || !subject)
    return replyToDecision(await saveDecision(request, keys, { decision, given }), reply, again);
  const telling = toDisclosureRequest(asked, decision, subject, { ...given, passed, agreement });
  if (telling.until <= floorToHour(request.now)) return again(decisionRefusals['too late']);
  const second = await prepareDisclosure(request, telling, said);
  if (!second.ok) return again(immediateDisclosureRefusals[second.refusal]);
  const disclosure = second.value;
  if (disclosure.timing === 'at once')
    return replyToDecision(await saveDecision(request, keys, { decision, given, disclosure }), reply, again);
  const added = await request.change(
    'disclosure.asked for',
    decision.id,
    (tx) => disclosures.addRequestOnce(tx, keys, disclosure),
    { kind: 'collection', fields: ['recipient', 'basis', 'items', 'reasons'] },
  );
  if (!added.ok) return again(immediateDisclosureRefusals[added.refusal]);
  return reply.redirect(disclosurePaths.disclosure(decision.id), 303);
}

/** What was approved, the person, and the request as it is now. */
async function readApproved(request: Request, keys: UnitKeys, id: Disclosure['id']) {
  const disclosure = await getApprovedDisclosure(request, keys, id, (purpose) => purpose === policePurpose);
  const kept = disclosure.plan.form as ApprovedAnswer;
  const personId = disclosure.personId as Person['id'];
  const look = request.look('person.shown', personId, { fields: ['called', 'age'] });
  const person = await getPerson(look, keys, personId);
  return { disclosure, kept, person, ...(await readRequestWithPeople(request, keys, kept.requestId)) };
}

/** For the requester: sends exactly what was approved, before the deadline, if the person is still treated as a child. */
async function approvedRoutes(app: App, keys: UnitKeys): Promise<void> {
  formRoute(app, informationDecisionPaths.decideApproved.route, {
    may: may('information decision.make', ApprovedPath),
    load: (request) => readApproved(request, keys, request.params.id),
    form: NothingAsked,
    page: ({ disclosure, asked, agencies }) =>
      approvedPage(disclosure, agencies.get(asked.request.agencyId) ?? 'Police'),
    show: (reply, page) => reply.page('safeguarding/referrals/preview', page),
    event: 'information request.answered',
    subject: ({ disclosure }) => disclosure.id,
    details: ({ asked, kept }) => givenDetails(asked.request.agencyId, kept.kinds, 'child’s best interests'),
    change: async (tx, { disclosure, kept, person, asked, tests, decided }, _, request) => {
      if (decided) return refuse('decided already');
      const { passed, agreement, words, kinds } = kept;
      const outcome = 'give agreed items';
      const treatedAs = determineAgeTreatment(person, request.today);
      const names = tests.map(({ name }) => name);
      const judged = { outcome, person: { treatedAs }, passed, agreement, words, kinds } as const;
      const ground = decide(asked.request, names, judged, request.now);
      if (!ground.ok) return ground;
      if (ground.value !== 'child’s best interests') return refuse('asked as a child');
      const decision = decisionBy(request, {
        id: decisionIdOf(disclosure.id),
        ...{ requestId: asked.request.id, personId: person.id, outcome, ground: ground.value },
        ...{ kinds, reasons: disclosure.reasons, agreed: null },
      });
      return storeDecision(tx, keys, { decision, given: { police: asked.request.agencyId, words } });
    },
    refusals: { ...decisionRefusals, ...immediateDisclosureRefusals },
    next: () => informationDecisionPaths.requests(),
  });
}

type ApprovedAnswer = Pick<DecisionInput, 'passed' | 'agreement' | 'kinds'> & {
  readonly requestId: RequestId;
  readonly words: string;
};

/** What a second person is asked to approve: everything that police would read, under the id of the future decision, until the police deadline at most. */
function toDisclosureRequest(
  { request: { dueAt } }: RequestWithAnswer,
  { id, requestId, kinds, reasons }: Decision,
  person: Person,
  { police, ...said }: Pick<ApprovedAnswer, 'passed' | 'agreement' | 'words'> & { readonly police: AgencyId },
): DisclosureRequest {
  const form: ApprovedAnswer = { requestId, kinds, ...said };
  return {
    id: disclosureIdOf(id),
    personId: person.id,
    operationId: person.operationId,
    recipient: police,
    purpose: policePurpose,
    items: kinds,
    until: floorToHour(dueAt),
    basis: 'child',
    // The approver must know whether the child was asked.
    reasons: `${said.agreement === 'was not asked' ? 'The child was not asked.' : 'The child agreed to it.'} ${reasons}`,
    plan: {
      shown: [{ item: listOf(wordsOfAll(kinds)), words: said.words }],
      answering: { href: informationRequestPaths.request(requestId), text: 'What police asked, and why' },
      noteId: null,
      form,
    },
  };
}

/** In the member’s own name, now. */
const decisionBy = (request: Request, said: Omit<Decision, 'agencyId' | 'decidedBy' | 'decidedAt'>): Decision => ({
  ...said,
  agencyId: request.actor.agencyId as AgencyId,
  decidedBy: request.actor.memberId as MemberId,
  decidedAt: floorToHour(request.now),
});

type DecisionToSave = {
  readonly decision: Decision;
  readonly given: { readonly police: AgencyId; readonly words: string } | undefined;
  /** A disclosure made at once, for later review. */
  readonly disclosure?: Disclosure;
};

const givenDetails = (police: AgencyId, kinds: Decision['kinds'], ground: Decision['ground']) =>
  ({ kind: 'disclosure', fields: kinds, recipient: police, reason: ground ?? '' }) as const;

/** Saves the decision here and sends the answer in one transaction. */
const saveDecision = (request: Request, keys: UnitKeys, saved: DecisionToSave) =>
  request.change(
    saved.given ? 'information request.answered' : 'information request.given nothing',
    saved.decision.id,
    (tx) => storeDecision(tx, keys, saved),
    saved.given
      ? givenDetails(saved.given.police, saved.decision.kinds, saved.decision.ground)
      : { kind: 'collection', fields: decisionFields },
  );

async function storeDecision(
  tx: Writer<DecisionTables & ConsentTables>,
  keys: UnitKeys,
  { decision, given, disclosure }: DecisionToSave,
) {
  const { requestId, agencyId, kinds } = decision;
  const once = disclosure ? await disclosures.addImmediateDisclosure(tx, keys, disclosure) : accept(true);
  if (!once.ok) return once;
  const added = await store.addDecision(tx, keys, decision);
  if (added.ok && given) await store.sendAnswer(tx, keys, { requestId, agencyId, kinds, words: given.words });
  return added;
}

const replyToDecision = (
  done: Awaited<ReturnType<typeof saveDecision>>,
  reply: Reply,
  again: (errors: FormErrors) => unknown,
): unknown =>
  done.ok
    ? reply.redirect(informationDecisionPaths.requests(), 303)
    : again({ ...decisionRefusals, ...immediateDisclosureRefusals }[done.refusal]);

/** Requests to the member’s agency, read from the main database with the member’s rights. */
const readReceivedRequests = (request: Request, keys: UnitKeys, id?: RequestId) =>
  request.under('information request.read', async (db, look) => {
    const event = id ? 'information request.shown' : 'information requests.listed';
    const seen = auditRequestRead(request, event, id ?? null, askedFields, look);
    const all = (await store.listRequests(seen, keys, id && [id])).filter(
      ({ request: asked }) => asked.recipient === request.actor.agencyId,
    );
    if (!id) request.returned(all.map(({ request: asked }) => asked.id));
    const agencies = new Map((await listAgencies(db)).map((one) => [one.id as string, one.name]));
    return { all, agencies, seconds: describeSecondPersons(filterSecondPersons(await listMembers(db), request.actor)) };
  });

/** Adds people with the name that police gave, among records the member may read; each is a logged view. */
async function readRequestWithPeople(request: Request, keys: UnitKeys, id: RequestId) {
  const [decided] = await store.listDecisions(
    request.look('information decision.shown', null, { fields: decisionFields }),
    keys,
    id,
  );
  request.returned(decided ? [decided.id] : []);
  const { all, agencies, seconds } = await readReceivedRequests(request, keys, id);
  const [asked] = all;
  if (!asked) throw notFound('request');
  const found = await request.under('person.read', async (_db, look) => {
    const people: Person[] = await searchPeople(
      look('people.searched', null, { fields: ['called', 'yearOfBirth', 'language'] }),
      keys,
      { name: asked.request.who, yearOfBirth: null },
    );
    request.returned(people.map((one) => one.id));
    return people;
  });
  const edition = editionNamed(asked.request.law);
  const tests = edition ? testsOf(edition, asksForCounselling(asked.request.kinds)) : [];
  return { asked, agencies, found, tests, decided, seconds, id: newTimelessId() };
}
