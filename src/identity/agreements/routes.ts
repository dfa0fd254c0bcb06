/** The agreements between agencies: the list, one with its history, adding, changing, confirming and withdrawing. Read, decide, change, answer. */
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { buttonRoute, formRoute } from '../../platform/forms/form-route.ts';
import type { FormErrors } from '../../platform/forms/forms.ts';
import { answersAfterStale, isStale, staleForm, withChanges } from '../../platform/forms/stale-form.ts';
import type { HomeItem, HomeItems } from '../../platform/http/home.ts';
import { found, Problem } from '../../platform/http/problem.ts';
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import { type AgencyId, newId } from '../../vocabulary/ids.ts';
import { agreementPaths } from '../../vocabulary/paths/identity.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import type { Agency } from '../agencies/member.ts';
import { listAgencies, memberNames } from '../agencies/store.ts';
import {
  type Agreement,
  type AgreementId,
  type AgreementTerms,
  confirmAgreement,
  findDateRefusals,
  findWaitingChange,
  getStanding,
  listAsked,
  listToReview,
  mayWithdraw,
} from './agreement.ts';
import { type AgreementAnswers, AgreementForm, dateErrors, WithdrawForm } from './forms.ts';
import {
  type AgreementView,
  agreementFields,
  agreementFormPage,
  agreementPage,
  agreementsPage,
  namesOf,
  withdrawPage,
} from './pages.ts';
import * as store from './store.ts';

const toTerms = ({ signed, review, dpia, agencies, ...rest }: AgreementAnswers): AgreementTerms => ({
  ...rest,
  agencies: [...new Set(agencies)],
  signedOn: signed,
  reviewOn: review,
  dpiaOn: dpia,
});

/** As an agency records it: confirmed by itself alone. */
const toAgreement = (id: AgreementId, values: AgreementAnswers, by: string): Agreement => ({
  id,
  ...toTerms(values),
  confirmed: [by as AgencyId],
  replaces: null,
  alsoAsks: [],
  withdrawn: [],
  withdrawnReason: null,
});
const termFields = ['agencies', 'reference', 'signedOn', 'reviewOn', 'dpiaReference', 'dpiaOn'];

const isSignedBy = ({ agencies, withdrawn }: Pick<Agreement, 'agencies' | 'withdrawn'>, agency: string): boolean =>
  agencies.includes(agency as AgencyId) && !withdrawn.includes(agency as AgencyId);

/** An agreement is recorded by an agency that signed it, once it is signed, with dates that can be right. */
function findWrongAnswers(
  { agencies, signed, review, dpia }: AgreementAnswers,
  current: readonly { readonly id: string }[],
  { actor, today }: Request,
): FormErrors | undefined {
  const known = new Set(current.map(({ id }) => id));
  const errors = {
    ...(!agencies.includes(actor.agencyId as AgencyId) && {
      agencies: 'Select your own agency too. You can record only what it signed',
    }),
    ...(!agencies.every((id) => known.has(id)) && { agencies: 'Select agencies from the list' }),
    ...Object.assign(
      {},
      ...findDateRefusals({ signedOn: signed, reviewOn: review }, today).map((one) => dateErrors[one]),
    ),
    ...(signed > today && { signed: 'The date of the last signature must be today or in the past' }),
    ...(dpia && dpia > today && { dpia: 'The day of the DPIA must be today or in the past' }),
  };
  return Object.keys(errors).length > 0 ? errors : undefined;
}

const listCurrentAgencies = async ({ db }: Request) => (await listAgencies(db)).filter(({ endedAt }) => !endedAt);

/** The agreement as its page shows it, and what the member may do with it. */
async function readView(request: Request, id: string): Promise<AgreementView> {
  const { db, actor, today } = request;
  const all = await store.listAgreements(db);
  const agreement = found(
    all.find((one) => one.id === id),
    'agreement',
  );
  const versions = await listEarlierVersions(db, 'agreements', agreement.id);
  const own = listAsked(agreement).includes(actor.agencyId as AgencyId);
  const members = await memberNames(
    db,
    versions.map(({ replacedBy }) => replacedBy),
  );
  const standing = getStanding(agreement, all);
  const can = {
    change: request.can('agreement.change') && isChangeable(agreement, all, actor.agencyId),
    confirm: request.can('agreement.confirm') && confirmAgreement(agreement, actor.agencyId).ok,
    withdraw: request.can('agreement.withdraw') && mayWithdraw(agreement, actor.agencyId, standing),
  };
  return { agreement, all, names: namesOf(await listAgencies(db)), versions, members, today, own, can };
}

const isChangeable = (agreement: Agreement, all: readonly Agreement[], agency: string): boolean =>
  ['waiting', 'confirmed'].includes(getStanding(agreement, all)) && isSignedBy(agreement, agency);

export async function agreementRoutes(app: App): Promise<void> {
  app.get(agreementPaths.agreements.route, may('agreement.read'), async (request, reply) => {
    const names = namesOf(await listAgencies(request.db));
    return reply.sections(agreementsPage(await store.listAgreements(request.db), names, request.today));
  });

  app.get(agreementPaths.agreement.route, may('agreement.read', IdPath), async (request, reply) =>
    reply.case(agreementPage(await readView(request, request.params.id))),
  );

  formRoute(app, agreementPaths.add.route, {
    may: may('agreement.add'),
    load: async (request) => ({ id: newId<'agreement'>(), agencies: await listCurrentAgencies(request) }),
    form: AgreementForm,
    check: ({ agencies }, values, request) => findWrongAnswers(values, agencies, request),
    page: ({ agencies }, _typed, _errors, { actor }) => agreementFormPage(agencies, actor.agencyId),
    saves: 'Agreement',
    event: 'agreement.added',
    subject: ({ id }) => id,
    details: () => ({ kind: 'collection', fields: termFields }),
    change: async (tx, { id }, values, { actor }) =>
      accept(await store.addAgreement(tx, toAgreement(id, values, actor.agencyId))),
    refusals: {},
    next: (_, { id }) => agreementPaths.agreement(id),
  });

  changeAgreementRoute(app);
  answerRoutes(app);
}

type Changed = { readonly agreement: Agreement; readonly agencies: readonly Agency[]; readonly newId: AgreementId };

/** What waits is changed in place, and all are asked again. What counts stays until all have confirmed the change. */
async function saveChange(
  tx: Writer<AnyTables>,
  { agreement, agencies, newId }: Changed,
  values: AgreementAnswers,
  by: string,
) {
  const all = await store.listAgreements(tx);
  if (!isChangeable(agreement, all, by)) return refuse('ended');
  const changed = toAgreement(newId, values, by);
  if (getStanding(agreement, all) === 'waiting') {
    const { id, replaces, alsoAsks } = agreement;
    await store.saveAgreement(tx, { ...changed, id, replaces, alsoAsks });
    return accept(id);
  }
  if (findWaitingChange(agreement, all)) return refuse('change waits');
  const still = new Set(agencies.map(({ id }) => id));
  const alsoAsks = agreement.agencies.filter(
    (id) => still.has(id) && isSignedBy(agreement, id) && !changed.agencies.includes(id),
  );
  await store.addAgreement(tx, { ...changed, replaces: agreement.id, alsoAsks });
  return accept(newId);
}

function changeAgreementRoute(app: App): void {
  formRoute(app, agreementPaths.change.route, {
    may: may('agreement.change', IdPath),
    load: async (request) => {
      const { agreement, all } = await readView(request, request.params.id);
      if (!isChangeable(agreement, all, request.actor.agencyId))
        throw new Problem('forbidden', 'another agency signed this agreement, or it has ended');
      const agencies = await listCurrentAgencies(request);
      const waiting = findWaitingChange(agreement, all);
      return { agreement, agencies, waiting, newId: newId<'agreement'>(), fields: agreementFields(namesOf(agencies)) };
    },
    instead: ({ waiting }) => waiting && agreementPaths.agreement(waiting.id),
    form: AgreementForm,
    check: ({ agencies }, values, request) => findWrongAnswers(values, agencies, request),
    page: ({ agreement, agencies, fields }, _, errors, { body, actor }) =>
      withChanges(agreementFormPage(agencies, actor.agencyId, agreement), errors, body, agreement, fields),
    retype: (body, { agreement, fields }, errors) => answersAfterStale(body, agreement, fields, errors),
    saves: 'Agreement',
    event: 'agreement.changed',
    subject: ({ agreement }) => agreement.id,
    details: () => ({ fields: [...termFields, 'confirmed'] }),
    change: async (tx, known, values, { body, actor }) => {
      known.agreement = await store.lockAgreement(tx, known.agreement.id);
      if (isStale(body, known.agreement, known.fields)) return refuse('stale');
      return saveChange(tx, known, values, actor.agencyId);
    },
    refusals: {
      stale: staleForm,
      ended: { '': 'This agreement was withdrawn or replaced. Add a new one' },
      'change waits': { '': 'Another change of this agreement waits. Confirm it or withdraw it first' },
    },
    next: (id) => agreementPaths.agreement(id),
  });
}

function answerRoutes(app: App): void {
  buttonRoute(app, agreementPaths.confirm.route, {
    may: may('agreement.confirm', IdPath),
    load: async (request) => {
      const view = await readView(request, request.params.id);
      if (!listAsked(view.agreement).includes(request.actor.agencyId as AgencyId))
        throw new Problem('forbidden', 'this agency is not asked about the agreement');
      return { view };
    },
    saves: 'Agreement',
    event: 'agreement.confirmed',
    subject: ({ view }) => view.agreement.id,
    details: () => ({ fields: ['confirmed'] }),
    change: async (tx, known, _, { body, actor }) => {
      const agreement = await store.lockAgreement(tx, known.view.agreement.id);
      known.view = { ...known.view, agreement };
      if (isStale(body, agreement, agreementFields(known.view.names))) return refuse('changed');
      const confirmed = confirmAgreement(agreement, actor.agencyId);
      return confirmed.ok ? accept(await store.saveAgreement(tx, confirmed.value)) : confirmed;
    },
    refused: async (refusal, { view }, reply) =>
      refusal === 'changed'
        ? reply.code(422).case(agreementPage(view, true))
        : agreementPaths.agreement(view.agreement.id),
    next: (_, { view }) => agreementPaths.agreement(view.agreement.id),
  });

  formRoute(app, agreementPaths.withdraw.route, {
    may: may('agreement.withdraw', IdPath),
    load: async (request) => {
      const { agreement, can } = await readView(request, request.params.id);
      if (!can.withdraw) throw new Problem('forbidden', 'this agency cannot withdraw from the agreement');
      return agreement;
    },
    form: WithdrawForm,
    page: (agreement) => withdrawPage(agreement),
    saves: 'Agreement',
    event: 'agreement.withdrawn',
    subject: ({ id }) => id,
    details: (_, { reason }) => ({ fields: ['withdrawn', 'withdrawnReason'], reason }),
    change: async (tx, { id }, { reason }, { actor }) => {
      const agreement = await store.lockAgreement(tx, id);
      const standing = getStanding(agreement, await store.listAgreements(tx));
      if (!mayWithdraw(agreement, actor.agencyId, standing)) return refuse('ended');
      const withdrawn = [...agreement.withdrawn, actor.agencyId as AgencyId];
      return accept(await store.saveAgreement(tx, { ...agreement, withdrawn, withdrawnReason: reason }));
    },
    refusals: { ended: { '': 'This agreement was withdrawn or replaced already' } },
    next: (_, { id }) => agreementPaths.agreement(id),
  });
}

/** For administrators and data-protection leads: agreements that their agency is asked to confirm, and those that it signed from before their review day. */
export const agreementHomeItems: HomeItems = {
  action: 'agreement.change',
  waiting: async (db, { actor, today }) => {
    const all = await store.listAgreements(db);
    const item = (what: string, { id, reference }: Agreement, due?: string): HomeItem => ({
      what,
      detail: `${reference}.`,
      ...(due && { due }),
      status: 'to do',
      href: agreementPaths.agreement(id),
      count: 1,
    });
    return [
      ...all
        .filter((agreement) => confirmAgreement(agreement, actor.agencyId).ok)
        .map((agreement) => item('Confirm an agreement', agreement)),
      ...listToReview(all, today)
        .filter((agreement) => isSignedBy(agreement, actor.agencyId))
        .map((agreement) => item('Review an agreement', agreement, agreement.reviewOn)),
    ];
  },
};
