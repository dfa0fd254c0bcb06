/** Pages about agreements between agencies, and how a gap is worded. */
import type { EarlierVersion } from '../../platform/database/earlier-versions.ts';
import { type MemberNames, type ShownFields, textField, versionsSection } from '../../platform/forms/correction.ts';
import { serialiseBase } from '../../platform/forms/stale-form.ts';
import { backTo, type CasePage, type Cell, type FormPage, type SectionsPage } from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { agreementPaths } from '../../vocabulary/paths/identity.ts';
import type { Agency } from '../agencies/member.ts';
import { type Agreement, type AgreementGap, checkAgreement } from './agreement.ts';

/** What is missing, as a whole sentence. */
export const agreementGapTexts: Record<AgreementGap, string> = {
  'no agreement': 'No information-sharing agreement is on file.',
  'review overdue': 'The information-sharing agreement is past its review day.',
  'no DPIA': 'The information-sharing agreement has no data protection impact assessment (DPIA).',
};

/** Who can put it right. */
export const agreementKeepers =
  'An administrator or data-protection lead of either agency can record it under “Agreements”.';

/** "ISA/12, signed 1 March 2026, review by 1 March 2027. DPIA/4, 2 February 2026" */
export const describeAgreement = ({ reference, signedOn, reviewOn, dpiaReference, dpiaOn }: Agreement): string =>
  `${reference}, signed ${longDay(signedOn)}, review by ${longDay(reviewOn)}.${
    dpiaReference && dpiaOn ? ` DPIA: ${dpiaReference}, ${longDay(dpiaOn)}.` : ''
  }`;

type Names = ReadonlyMap<string, string>;
export const namesOf = (agencies: readonly Pick<Agency, 'id' | 'name'>[]): Names =>
  new Map(agencies.map(({ id, name }) => [id, name]));
const nameAll = (ids: unknown, names: Names): string =>
  ((ids ?? []) as string[]).map((id) => names.get(id) ?? 'an agency that has left').join('; ');

/** What the form shows of an agreement. */
export const agreementFields = (names: Names): ShownFields => ({
  agencies: ['agencies', (ids) => nameAll(ids, names)],
  reference: textField('reference'),
  signedOn: textField('signed'),
  reviewOn: textField('review by'),
  dpiaReference: textField('reference of the DPIA'),
  dpiaOn: textField('day of the DPIA'),
});

/** The same in the database's own column names, for earlier versions. */
const columnFields = (names: Names): ShownFields => {
  const { agencies, reference, signedOn, reviewOn, dpiaReference, dpiaOn } = agreementFields(names);
  return Object.fromEntries(
    Object.entries({
      agencies,
      reference,
      signed_on: signedOn,
      review_on: reviewOn,
      dpia_reference: dpiaReference,
      dpia_on: dpiaOn,
    }).flatMap(([column, field]) => (field ? [[column, field]] : [])),
  );
};

const stateOf = (agreement: Agreement, today: string): Cell => {
  const checked = checkAgreement(agreement, today);
  return checked.ok
    ? { text: 'valid', tag: 'green' }
    : { text: checked.refusal === 'no agreement' ? 'not signed yet' : checked.refusal, tag: 'red' };
};

const text = (words: string): Cell => ({ text: words });
const columns = (...names: string[]) => names.map((name) => ({ text: name }));

export const agreementsPage = (agreements: readonly Agreement[], names: Names, today: string): SectionsPage => ({
  title: 'Agreements',
  lead: [
    'Agencies share information under these agreements. Safelight keeps references and dates, not the documents.',
    'On a live site a partner cannot join an operation without a valid agreement with the agency that leads.',
  ],
  actions: [{ href: agreementPaths.add(), text: 'Add an agreement' }],
  sections: [
    {
      kind: 'table',
      caption: 'Agreements on file',
      stack: true,
      columns: columns('Reference', 'Agencies', 'Signed', 'Review by', 'DPIA', 'State'),
      rows: agreements.map((agreement) => [
        { text: agreement.reference, href: agreementPaths.agreement(agreement.id) },
        text(nameAll(agreement.agencies, names)),
        text(longDay(agreement.signedOn)),
        text(longDay(agreement.reviewOn)),
        text(agreement.dpiaReference ?? 'none'),
        stateOf(agreement, today),
      ]),
      empty: 'No agreements yet. Add the first, with its reference and dates.',
    },
  ],
});

export const agreementPage = (
  agreement: Agreement,
  around: {
    readonly names: Names;
    readonly versions: readonly EarlierVersion[];
    readonly members: MemberNames;
    readonly change: boolean;
    readonly today: string;
  },
): CasePage => {
  const row = (key: string, value: string) => ({ key: { text: key }, value: { text: value } });
  const checked = checkAgreement(agreement, around.today);
  return {
    title: agreement.reference,
    caption: 'Agreement',
    back: { href: agreementPaths.agreements(), text: 'Agreements' },
    actions: around.change ? [{ href: agreementPaths.change(agreement.id), text: 'Change this agreement' }] : [],
    sections: [
      {
        kind: 'summary',
        rows: [
          row('Agencies', nameAll(agreement.agencies, around.names)),
          row('Signed', longDay(agreement.signedOn)),
          row('Review by', longDay(agreement.reviewOn)),
          row('DPIA', agreement.dpiaReference ?? 'None on file'),
          row('Day of the DPIA', agreement.dpiaOn ? longDay(agreement.dpiaOn) : 'None on file'),
          row('State', checked.ok ? 'Valid today.' : agreementGapTexts[checked.refusal]),
        ],
      },
      ...versionsSection(around.versions, around.members, columnFields(around.names)),
    ],
  };
};

export function agreementFormPage(agencies: readonly Agency[], own: string, agreement?: Agreement): FormPage {
  return {
    title: agreement ? `Change ${agreement.reference}` : 'Add an agreement',
    ...backTo(
      agreement ? agreementPaths.agreement(agreement.id) : agreementPaths.agreements(),
      agreement ? 'The agreement' : 'Agreements',
    ),
    action: agreement ? agreementPaths.change(agreement.id) : agreementPaths.add(),
    lead: ['Enter references and dates alone. The agreement itself stays where your agency keeps it.'],
    fields: (ask) => [
      ask.many(
        'agencies',
        'Agencies that signed it',
        agencies.map(({ id, name }) => ({ value: id, text: name })),
        { value: agreement?.agencies ?? [own], hint: 'It covers every two of the agencies that you tick.' },
      ),
      ask.text('reference', 'Reference of the information-sharing agreement', { value: agreement?.reference }),
      ask.day('signed', 'Signed on', { value: agreement?.signedOn, hint: 'The day of the last signature' }),
      ask.day('review', 'Review by', { value: agreement?.reviewOn }),
      ask.text('dpiaReference', 'Reference of the data protection impact assessment (DPIA)', {
        value: agreement?.dpiaReference,
        hint: 'Leave it empty while there is none. Without it the agreement does not count.',
      }),
      ask.day('dpia', 'Day of the DPIA', { value: agreement?.dpiaOn }),
      ...(agreement ? [ask.kept('base', serialiseBase(agreement, agreementFields(namesOf(agencies))))] : []),
    ],
  };
}
