/** Routes for asking and withdrawing consent, for reading consents and disclosures, and for confirming the end of a grant. Read, decide, change, answer. */

import {
  type Agency,
  listAgencies,
  listMembers,
  type MemberWithAgency,
  memberNames,
} from '../../identity/agencies/index.ts';
import { instantAt } from '../../platform/clock.ts';
import { digest, type UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, AuditedReader } from '../../platform/database/database.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { addDays } from '../../vocabulary/calendar/days.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId, type OperationId, type PersonId } from '../../vocabulary/ids.ts';
import { nrmPurpose } from '../../vocabulary/information-shared.ts';
import { type LanguageNeeds, validateExplanation } from '../../vocabulary/interpreting.ts';
import { accept } from '../../vocabulary/result.ts';
import { listOtherDisclosures, type OtherDisclosureSource } from '../disclosures/elsewhere.ts';
import { listDisclosureSummaries } from '../disclosures/store.ts';
import { explanationRefusals } from '../interpreting/pages.ts';
import { consentOverviewPage } from './account-pages.ts';
import { actPage, consentWordingPage, questionPage } from './asking-pages.ts';
import { acts, type Consent, validateConsent, withdraw } from './consent.ts';
import { grantEndPage, grantEndsPage, type OpenedRecord } from './end-pages.ts';
import {
  ActQuery,
  AnswerForm,
  ConsentOverviewQuery,
  ConsentPath,
  GrantPath,
  PersonPath,
  QuestionForm,
  WithdrawalForm,
} from './forms.ts';
import {
  askRefusals,
  consentOverviewPath,
  formatLastDay,
  notFirstResponderError,
  withdrawalRefusals,
  withdrawPage,
} from './pages.ts';
import * as store from './store.ts';
import { composeWording } from './wording.ts';

const consentFields = ['act', 'recipient', 'purpose', 'items', 'wording', 'language', 'how', 'interpreter', 'until'];
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
  readonly href: string;
  readonly text: string;
} & LanguageNeeds;
/** Other modules find the persons that a member may know; undefined for anybody else. */
export type FindKnownPerson = (
  db: AuditedReader<AnyTables>,
  keys: UnitKeys,
  personId: PersonId,
) => Promise<KnownPerson | undefined>;

/** The records that an agency opened from a request and that the member may read. */
export type ListOpenedRecords = (
  db: AuditedReader<AnyTables>,
  keys: UnitKeys,
  referralId: string,
) => Promise<readonly OpenedRecord[]>;
/** What later modules contribute: persons, and the agencies that can be asked or told at all. */
export type ConsentDependencies = {
  readonly find: FindKnownPerson;
  readonly opened: ListOpenedRecords;
  readonly reachable: (agencies: readonly Agency[], members: readonly MemberWithAgency[]) => readonly Agency[];
  /** Which of these referrals went to an agency without a member in Safelight. */
  readonly byLetter: (db: AuditedReader<AnyTables>, referralIds: readonly string[]) => Promise<ReadonlySet<string>>;
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

async function consentOverviewRoutes(app: App, { keys }: AreaParts, later: ConsentDependencies): Promise<void> {
  app.get(
    '/safeguarding/people/:personId/consents',
    may('consent.read', PersonPath, ConsentOverviewQuery),
    async (request, reply) => {
      const { personId } = request.params;
      const db = request.look('consents.shown', null, { fields: [...consentFields, ...grantFields] });
      const own = request.actor.agencyId;
      const person = await later.find(db, keys, personId);
      const ids = person?.ids ?? [personId];
      const consents = await store.listConsents(db, keys, ids);
      const disclosures = await listDisclosureSummaries(db, ids);
      // A recipient reads its grants on its own pages and gets no overview of the person.
      const grants = (await store.listGrants(db, keys, ids)).filter(
        ({ recipient, fromAgency }) => person || recipient !== own || fromAgency === own,
      );
      if (!person && consents.length + disclosures.length + grants.length === 0) throw notFound('person');
      const ends = await store.listGrantEnds(
        db,
        grants.map(({ id }) => id),
      );
      const byLetter = await later.byLetter(
        db,
        grants.flatMap(({ referralId }) => referralId ?? []),
      );
      // Logs the ids of the records: access depends on who owns them, not on which person they are about.
      request.returned([...(person ? [person] : []), ...consents, ...disclosures, ...grants].map(({ id }) => id));
      const elsewhere = person ? await listOtherDisclosures(later.tells, request, keys, ids) : [];
      const leftOut = later.tells.flatMap(({ action, otherwise }) => (request.can(action) ? [] : [otherwise]));
      const { agencies, names } = await request.under('agency.read', async (main) => ({
        agencies: new Map((await listAgencies(main)).map((one) => [one.id as string, one])),
        names: await memberNames(main, [
          ...consents.map(({ authorId }) => authorId),
          ...disclosures.flatMap(({ askedBy, approvedBy }) => [askedBy, approvedBy]),
          ...elsewhere.flatMap(({ people }) => people),
        ]),
      }));
      const back = person ?? { href: '/staff/safeguarding', text: 'Notes' };
      const asks = request.can('consent.record') && person !== undefined;
      const now = floorToHour(request.now);
      const reached = new Set(asks ? (await readReachable(request, later)).others.map(({ id }) => id as string) : []);
      const told = { consents, disclosures, grants, ends, elsewhere, byLetter, leftOut };
      const around = { agencies, names, now, back, asks, reached, own };
      const of = { keptBy: person?.keptBy, met: person?.operationId != null };
      return reply.page(
        'platform/page',
        consentOverviewPage({ done: request.query.done, personId, ...told, ...around, ...of }),
      );
    },
  );
}

async function consentFormRoutes(app: App, { keys }: AreaParts, later: ConsentDependencies): Promise<void> {
  const known = async (request: Request, personId: PersonId) => {
    const db = request.look('person.asked', null, { fields: ['operationId', 'language', 'interpreter'] });
    const person = await later.find(db, keys, personId);
    if (!person) throw notFound('person');
    const within = { authorId: request.actor.memberId, hour: floorToHour(request.now) };
    const before = await store.findConsentWithInterpreter(db as never, keys, person.ids, within);
    request.returned([person.id, ...(before ? [before.id] : [])]);
    const { others, own } = await readReachable(request, later);
    return { person, before: before?.interpreter ?? undefined, others, own };
  };
  /** Only examinations may go to the member’s own agency. */
  const askable = (act: Consent['act'], { others, own }: Pick<Awaited<ReturnType<typeof known>>, 'others' | 'own'>) =>
    act === 'examine' ? [...own, ...others] : others;
  const idIn = (body: unknown): string => {
    const read = ConsentPath.safeParse({ id: answersOf(body).id });
    return read.success ? read.data.id : newTimelessId();
  };

  app.get(
    '/safeguarding/people/:personId/consents/ask',
    may('consent.record', PersonPath, ActQuery),
    async (request, reply) => {
      const { personId } = request.params;
      const found = await known(request, personId);
      const { act, ...chosen } = request.query;
      if (!act) return reply.page('platform/page', actPage(personId));
      const asks = { personId, act, id: newTimelessId(), ...chosen };
      return reply.page('platform/form', questionPage(asks, askable(act, found)));
    },
  );

  app.post('/safeguarding/people/:personId/consents/ask', may('consent.record', PersonPath), async (request, reply) => {
    const { personId } = request.params;
    const found = await known(request, personId);
    const { person, before } = found;
    const typed = answersOf(request.body);
    const act = acts.find((one) => one === typed.act) ?? 'refer';
    const helping = askable(act, found);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', questionPage({ personId, act, id: idIn(request.body) }, helping, typed, errors));
    const form = readForm(QuestionForm, request.body);
    if (!form.ok) return again(form.errors);
    const { id, to, purpose, items, days, step } = form.values;
    const recipient = helping.find((one) => one.id === to);
    if (!recipient) return again({ to: 'Select an agency of the list' });
    if (purpose === nrmPurpose && !recipient.firstResponder)
      return again({ to: notFirstResponderError(recipient.name) });
    if (step === 'change') return again({});
    const until = endAfterDays(request.today, days);
    const scope = { personId: person.ids[0] ?? personId, act, recipient: to as AgencyId, purpose, items, until };
    const givenAt = floorToHour(request.now);
    const plain = { ...scope, givenAt, language: 'en', interpreted: 'nobody was needed', interpreter: null } as const;
    const stands = validateConsent(plain);
    if (!stands.ok) return again(askRefusals[stands.refusal]);
    const words = composeWording({ ...scope, recipient: recipient.name, lastDay: formatLastDay(until) });
    const shown = { personId, words, digest: digest(words) };
    const show = (errors: FormErrors) =>
      reply.page(
        'safeguarding/consent/wording',
        consentWordingPage({ ...shown, speaks: person, before }, request.body, errors),
      );
    if (step === 'show') return show({});

    const answer = readForm(AnswerForm, request.body);
    if (!answer.ok) return show(answer.errors);
    if (answer.values.digest !== shown.digest)
      return show({ '': 'The words have changed since. Show or read out these' });
    const stood = validateExplanation(answer.values, person);
    if (!stood.ok) return show(explanationRefusals[stood.refusal]);
    const consent: Consent = {
      ...scope,
      id,
      operationId: person.operationId,
      agencyId: request.actor.agencyId as AgencyId,
      authorId: request.actor.memberId as MemberId,
      wording: words,
      ...stood.value,
      how: answer.values.how,
      givenAt,
      withdrawnAt: null,
      withdrawnBy: null,
      withdrawnHow: null,
    };
    const whole = validateConsent(consent);
    if (!whole.ok) return show(askRefusals[whole.refusal]);
    await request.change('consent.given', id, async (tx) => accept(await store.addConsent(tx, keys, consent)), {
      kind: 'collection',
      fields: consentFields,
    });
    return reply.redirect(`${consentOverviewPath(personId)}?done=kept`, 303);
  });
}

async function withdrawingRoutes(app: App, { keys }: AreaParts): Promise<void> {
  const opened = async (request: Request, id: Consent['id']) => {
    const db = request.look('consent.shown', id, { fields: [...consentFields, ...grantFields] });
    const consent = await store.getConsent(db, keys, id);
    const told = (await store.listGrants(db, keys, [consent.personId])).filter(
      ({ consentId, ended }) => consentId === id && ended !== 'taken back',
    );
    const { agencies } = await readAgencies(request);
    return { consent, told, agencies };
  };
  app.get('/safeguarding/consents/:id/withdraw', may('consent.withdraw', ConsentPath), async (request, reply) => {
    const { consent, told, agencies } = await opened(request, request.params.id);
    return reply.page('platform/form', withdrawPage(consent, told, agencies));
  });
  app.post('/safeguarding/consents/:id/withdraw', may('consent.withdraw', ConsentPath), async (request, reply) => {
    const { consent, told, agencies } = await opened(request, request.params.id);
    const again = (errors: FormErrors) => reply.page('platform/form', withdrawPage(consent, told, agencies, errors));
    const form = readForm(WithdrawalForm, request.body);
    if (!form.ok) return again(form.errors);
    const done = await request.change(
      'consent.withdrawn',
      consent.id,
      async (tx) => {
        const current = await store.lockConsent(tx, keys, consent.id);
        const by = request.actor.memberId as MemberId;
        const result = withdraw(current, form.values.how, by, floorToHour(request.now));
        if (result.ok) await store.saveWithdrawal(tx, result.value);
        return result;
      },
      { fields: ['withdrawnAt'] },
    );
    if (!done.ok) return again(withdrawalRefusals[done.refusal]);
    return reply.redirect(`${consentOverviewPath(consent.personId)}?done=taken`, 303);
  });
}

async function grantEndRoutes(app: App, { keys }: AreaParts, later: ConsentDependencies): Promise<void> {
  app.get('/safeguarding/ended-grants', may('grant end.read'), async (request, reply) => {
    const ends = await store.listGrantEnds(request.look('grant ends.listed', null, { fields: grantFields }));
    request.returned(ends.map(({ id }) => id));
    const { agencies } = await readAgencies(request);
    return reply.page('platform/page', grantEndsPage(ends, agencies, request.actor.agencyId));
  });
  const opened = async (request: Request, id: string) => {
    const db = request.look('grant end.shown', id, { fields: [...grantFields, 'called'] });
    const [end] = await store.listGrantEnds(db, [id]);
    if (!end || end.recipient !== request.actor.agencyId) throw notFound('end of a grant');
    const records = end.referralId ? await later.opened(db as never, keys, end.referralId) : [];
    request.returned([end.id, ...records.map((one) => one.id)]);
    return { end, records };
  };
  app.get('/safeguarding/ended-grants/:id', may('grant end.acknowledge', GrantPath), async (request, reply) => {
    const { end, records } = await opened(request, request.params.id);
    return reply.page('platform/form', grantEndPage(end, (await readAgencies(request)).agencies, records));
  });
  app.post('/safeguarding/ended-grants/:id', may('grant end.acknowledge', GrantPath), async (request, reply) => {
    const { id } = (await opened(request, request.params.id)).end;
    const heardBy = request.actor.memberId as MemberId;
    await request.change('grant end.acknowledged', id, async (tx) =>
      accept(await store.acknowledgeGrantEnd(tx, { id, heardAt: floorToHour(request.now), heardBy })),
    );
    return reply.redirect('/staff/safeguarding/ended-grants', 303);
  });
}
