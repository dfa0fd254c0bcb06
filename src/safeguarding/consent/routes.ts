/** Routes for asking and withdrawing consent, for reading consents and disclosures, and for confirming the end of a grant. Read, decide, change, answer. */

import { listAgencies, memberNames } from '../../identity/agencies/index.ts';
import { largeWordsPage } from '../../nrm/consent-words/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { buttonRoute, formRoute } from '../../platform/forms/form-route.ts';
import { answersOf, formIdIn } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Reply, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { fillForm } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type MemberId, newTimelessId, type PersonId } from '../../vocabulary/ids.ts';
import { consentPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { bannerFields } from '../case/frame.ts';
import { frameOf } from '../case/read-frame.ts';
import { listOtherDisclosures } from '../disclosures/elsewhere.ts';
import { listDisclosureSummaries } from '../disclosures/store.ts';
import { listGrantNotices, readNotified } from '../information-sharing/notified-store.ts';
import { consentOverviewPage } from './account-pages.ts';
import { isAgreedBefore, readAnswer } from './answer.ts';
import { largeTypeRoutes } from './asking/large-type-routes.ts';
import {
  type Asked,
  type ConsentDependencies,
  composeConsent,
  findRecipient,
  listAskable,
  readAgencies,
  readAsked,
  readReachable,
} from './asking/question.ts';
import { actPage, consentWordingPage, questionPage } from './asking-pages.ts';
import { acts, type Consent, validateConsent, withdraw } from './consent.ts';
import { grantEndPage, withdrawnGrantsPage } from './end-pages.ts';
import * as input from './forms.ts';
import type { GrantEnd } from './grant.ts';
import { answeredOtherwiseError, askRefusals, withdrawalRefusals, withdrawPage } from './pages.ts';
import * as store from './store.ts';

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

export const consentRoutes =
  (later: ConsentDependencies) =>
  async (app: App, parts: AreaParts): Promise<void> => {
    await consentOverviewRoutes(app, parts, later);
    await consentFormRoutes(app, parts, later);
    largeTypeRoutes(app, parts);
    await withdrawingRoutes(app, parts);
    await grantEndRoutes(app, parts, later);
  };

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
  const notices = await listGrantNotices(
    db,
    // A letter is sent by hand, without a notification.
    grants.flatMap(({ id, referralId }) => (referralId && byLetter.has(referralId) ? [] : [id])),
  );
  // Logs the ids of the records: access depends on who owns them, not on which person they are about.
  request.returned(
    [...(person ? [person] : []), ...consents, ...refusals, ...disclosures, ...grants].map(({ id }) => id),
  );
  const elsewhere = person ? await listOtherDisclosures(later.tells, request, keys, ids) : [];
  return { person, told: { consents, refusals, disclosures, grants, ends, elsewhere, byLetter, notices } };
}

async function consentOverviewRoutes(app: App, { keys }: AreaParts, later: ConsentDependencies): Promise<void> {
  const reading = may('consent.read', input.PersonPath, input.ConsentOverviewQuery);
  app.get(consentPaths.overview.route, reading, async (request, reply) => {
    const { personId } = request.params;
    const { person, told } = await readAccount(request, keys, later, personId);
    const { agencies, names, notified } = await request.under('agency.read', async (main) => ({
      notified: await readNotified(main, told.notices),
      agencies: new Map((await listAgencies(main)).map((one) => [one.id as string, one])),
      names: await memberNames(main, [
        ...[...told.consents, ...told.refusals].map(({ authorId }) => authorId),
        ...told.disclosures.flatMap(({ askedBy, approvedBy }) => [askedBy, approvedBy]),
        ...told.elsewhere.flatMap(({ people }) => people),
      ]),
    }));
    const asks = request.can('consent.record') && person !== undefined;
    const account = {
      ...{ ...told, personId, agencies, names, notified, asks },
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
    if (form.values.step === 'large')
      return reply.page('nrm/consent-words/large-words', largeWordsPage(plain, consentPaths.overview(personId)));
    return form.values.step === 'show'
      ? showWording(request, reply, found, plain, {})
      : saveAnswer(request, reply, keys, found, plain);
  });
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
  return reply.page('nrm/consent-words/wording', page);
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
