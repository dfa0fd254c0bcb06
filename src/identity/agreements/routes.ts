/** The agreements between agencies: the list, one with its history, adding and changing. Read, decide, change, answer. */
import { listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import type { FormErrors } from '../../platform/forms/forms.ts';
import { answersAfterStale, isStale, staleForm, withChanges } from '../../platform/forms/stale-form.ts';
import type { HomeItem, HomeItems } from '../../platform/http/home.ts';
import { Problem } from '../../platform/http/problem.ts';
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import { type AgencyId, newId } from '../../vocabulary/ids.ts';
import { agreementPaths } from '../../vocabulary/paths/identity.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { listAgencies, memberNames } from '../agencies/store.ts';
import { type Agreement, listToReview } from './agreement.ts';
import { type AgreementAnswers, AgreementForm } from './forms.ts';
import { agreementFields, agreementFormPage, agreementPage, agreementsPage, namesOf } from './pages.ts';
import * as store from './store.ts';

const toAgreement = (
  id: Agreement['id'],
  { signed, review, dpia, agencies, ...rest }: AgreementAnswers,
): Agreement => ({
  id,
  ...rest,
  agencies: [...new Set(agencies)],
  signedOn: signed,
  reviewOn: review,
  dpiaOn: dpia,
});

const isSignedBy = ({ agencies }: Pick<Agreement, 'agencies'>, agency: string): boolean =>
  agencies.includes(agency as AgencyId);

/** An agreement is recorded by an agency that signed it, once it is signed. */
function findWrongAnswers(
  { agencies, signed, dpia }: AgreementAnswers,
  { actor, today }: Request,
): FormErrors | undefined {
  const errors = {
    ...(!isSignedBy({ agencies }, actor.agencyId) && {
      agencies: 'Select your own agency too. You can record only what it signed',
    }),
    ...(signed > today && { signed: 'The date of the last signature must be today or in the past' }),
    ...(dpia && dpia > today && { dpia: 'The day of the DPIA must be today or in the past' }),
  };
  return Object.keys(errors).length > 0 ? errors : undefined;
}

const listCurrentAgencies = async ({ db }: Request) => (await listAgencies(db)).filter(({ endedAt }) => !endedAt);

export async function agreementRoutes(app: App): Promise<void> {
  app.get(agreementPaths.agreements.route, may('agreement.read'), async (request, reply) => {
    const names = namesOf(await listAgencies(request.db));
    return reply.sections(agreementsPage(await store.listAgreements(request.db), names, request.today));
  });

  app.get(agreementPaths.agreement.route, may('agreement.read', IdPath), async (request, reply) => {
    const { db, actor, today } = request;
    const agreement = await store.getAgreement(db, request.params.id);
    const versions = await listEarlierVersions(db, 'agreements', agreement.id);
    const members = await memberNames(
      db,
      versions.map(({ replacedBy }) => replacedBy),
    );
    const change = request.can('agreement.change') && isSignedBy(agreement, actor.agencyId);
    const names = namesOf(await listAgencies(db));
    return reply.case(agreementPage(agreement, { names, versions, members, change, today }));
  });

  formRoute(app, agreementPaths.add.route, {
    may: may('agreement.add'),
    load: async (request) => ({ id: newId<'agreement'>(), agencies: await listCurrentAgencies(request) }),
    form: AgreementForm,
    check: (_, values, request) => findWrongAnswers(values, request),
    page: ({ agencies }, _typed, _errors, { actor }) => agreementFormPage(agencies, actor.agencyId),
    saves: 'Agreement',
    event: 'agreement.added',
    subject: ({ id }) => id,
    details: ({ id }, values) => ({ kind: 'collection', fields: Object.keys(toAgreement(id, values)) }),
    change: async (tx, { id }, values) => accept(await store.addAgreement(tx, toAgreement(id, values))),
    refusals: {},
    next: (_, { id }) => agreementPaths.agreement(id),
  });

  changeAgreementRoute(app);
}

function changeAgreementRoute(app: App): void {
  formRoute(app, agreementPaths.change.route, {
    may: may('agreement.change', IdPath),
    load: async (request) => {
      const agreement = await store.getAgreement(request.db, request.params.id);
      if (!isSignedBy(agreement, request.actor.agencyId))
        throw new Problem('forbidden', 'another agency signed this agreement');
      const agencies = await listCurrentAgencies(request);
      return { agreement, agencies, fields: agreementFields(namesOf(agencies)) };
    },
    form: AgreementForm,
    check: (_, values, request) => findWrongAnswers(values, request),
    page: ({ agreement, agencies, fields }, _, errors, { body, actor }) =>
      withChanges(agreementFormPage(agencies, actor.agencyId, agreement), errors, body, agreement, fields),
    retype: (body, { agreement, fields }, errors) => answersAfterStale(body, agreement, fields, errors),
    saves: 'Agreement',
    event: 'agreement.changed',
    subject: ({ agreement }) => agreement.id,
    details: ({ agreement }, values) => ({ fields: Object.keys(toAgreement(agreement.id, values)) }),
    change: async (tx, known, values, { body }) => {
      known.agreement = await store.lockAgreement(tx, known.agreement.id);
      if (isStale(body, known.agreement, known.fields)) return refuse('stale');
      return accept(await store.saveAgreement(tx, toAgreement(known.agreement.id, values)));
    },
    refusals: { stale: staleForm },
    next: (_, { agreement }) => agreementPaths.agreement(agreement.id),
  });
}

/** For administrators and data-protection leads of an agency that signed it, before its review day and after. */
export const agreementHomeItems: HomeItems = {
  action: 'agreement.change',
  waiting: async (db, { actor, today }) =>
    listToReview(await store.listAgreements(db), today)
      .filter((agreement) => isSignedBy(agreement, actor.agencyId))
      .map(
        ({ id, reference, reviewOn }): HomeItem => ({
          what: 'Review an agreement',
          detail: `${reference}.`,
          due: reviewOn,
          status: 'to do',
          href: agreementPaths.agreement(id),
          count: 1,
        }),
      ),
};
