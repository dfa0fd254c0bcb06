/** Pages about agreements between agencies, and how a gap is worded. */
import type { EarlierVersion } from '../../platform/database/earlier-versions.ts';
import { type MemberNames, type ShownFields, textField, versionsSection } from '../../platform/forms/correction.ts';
import { serialiseBase } from '../../platform/forms/stale-form.ts';
import {
  backTo,
  type CasePage,
  type Cell,
  type FormPage,
  type PageAction,
  type SectionsPage,
} from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { agreementPaths } from '../../vocabulary/paths/identity.ts';
import type { Agency } from '../agencies/member.ts';
import {
  type Agreement,
  type AgreementGap,
  type AgreementStanding,
  checkAgreement,
  findWaitingChange,
  getStanding,
  listMissing,
} from './agreement.ts';

/** What is missing, as a whole sentence. */
export const agreementGapTexts: Record<AgreementGap, string> = {
  'not confirmed': 'Not every agency has confirmed the information-sharing agreement.',
  'no agreement': 'No information-sharing agreement is on file.',
  'review overdue': 'The information-sharing agreement is past its review day.',
  'no DPIA': 'The information-sharing agreement has no data protection impact assessment (DPIA).',
};

/** Who can put it right. */
export const agreementKeepers =
  'An administrator or data-protection lead of either agency can record or confirm it under “Agreements”.';

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

const waitsFor = (agreement: Agreement, names: Names): string => `waits for ${nameAll(listMissing(agreement), names)}`;

const stateOf = (agreement: Agreement, all: readonly Agreement[], names: Names, today: string): Cell => {
  const standing = getStanding(agreement, all);
  if (standing === 'waiting') return { text: waitsFor(agreement, names), tag: 'yellow' };
  if (standing !== 'confirmed') return { text: standing === 'replaced' ? 'replaced' : 'withdrawn', tag: 'grey' };
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
    'An agreement counts once each agency that it names has confirmed it here. An administrator or data-protection lead of that agency does this.',
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
        stateOf(agreement, agreements, names, today),
      ]),
      empty: 'No agreements yet. Add the first, with its reference and dates.',
    },
  ],
});

/** Confirmations and withdrawals make versions too. The page says who answered, and the log says when. */
const isOfTerms = ({ record, became }: EarlierVersion): boolean =>
  Object.keys(columnFields(new Map())).some(
    (column) => JSON.stringify(record[column]) !== JSON.stringify(became[column]),
  );

const standingSentence = (agreement: Agreement, all: readonly Agreement[], names: Names, today: string): string => {
  const checked = checkAgreement(agreement, today);
  const sentences: Record<AgreementStanding, string> = {
    waiting: `This ${waitsFor(agreement, names)}. It does not count until each has confirmed it.`,
    confirmed: checked.ok ? 'Valid today.' : agreementGapTexts[checked.refusal],
    dropped: 'Withdrawn before every agency had confirmed it. It does not count.',
    replaced: 'Replaced by a later agreement.',
    withdrawn: 'Withdrawn. It does not count.',
  };
  return sentences[getStanding(agreement, all)];
};

export type AgreementView = {
  readonly agreement: Agreement;
  readonly all: readonly Agreement[];
  readonly names: Names;
  readonly versions: readonly EarlierVersion[];
  readonly members: MemberNames;
  readonly today: string;
  /** Whether the agency of the reader is asked about it. Only such a reader sees why an agency withdrew. */
  readonly own: boolean;
  readonly can: { readonly change: boolean; readonly confirm: boolean; readonly withdraw: boolean };
};

/** Confirming sends what the page showed, so that nobody confirms a change that they have not read. */
function agreementActions({ agreement, names, can }: AgreementView): PageAction[] {
  const { id } = agreement;
  const hidden = { base: serialiseBase(agreement, agreementFields(names)) };
  return [
    ...(can.confirm ? [{ post: agreementPaths.confirm(id), text: 'Confirm for your agency', hidden }] : []),
    ...(can.change ? [{ href: agreementPaths.change(id), text: 'Change this agreement', secondary: can.confirm }] : []),
    ...(can.withdraw ? [{ href: agreementPaths.withdraw(id), text: 'Withdraw', secondary: true }] : []),
  ];
}

const withdrawnWords = ({ agreement: { withdrawn, withdrawnReason }, names, own }: AgreementView): string =>
  own && withdrawnReason ? `${nameAll(withdrawn, names)}. ${withdrawnReason}` : nameAll(withdrawn, names);

export const agreementPage = (view: AgreementView, changed = false): CasePage => {
  const { agreement, all, names, versions, members, today } = view;
  const row = (key: string, value: string, href?: string) => ({
    key: { text: key },
    value: { text: value },
    ...(href && { actions: { items: [{ href, text: 'Open' }] } }),
  });
  const before = all.find(({ id }) => id === agreement.replaces);
  const change = findWaitingChange(agreement, all);
  return {
    title: agreement.reference,
    caption: 'Agreement',
    back: { href: agreementPaths.agreements(), text: 'Agreements' },
    ...(changed && {
      lead: ['Somebody changed this agreement while you were reading it. Read it again, then confirm it.'],
    }),
    actions: agreementActions(view),
    sections: [
      {
        kind: 'summary',
        rows: [
          row('State', standingSentence(agreement, all, names, today)),
          row('Agencies', nameAll(agreement.agencies, names)),
          row('Confirmed by', nameAll(agreement.confirmed, names) || 'No agency yet'),
          ...(agreement.withdrawn.length > 0 ? [row('Withdrawn by', withdrawnWords(view))] : []),
          ...(before
            ? [row('Replaces', `${before.reference}, which counts until then`, agreementPaths.agreement(before.id))]
            : []),
          ...(change
            ? [row('Change proposed', `It ${waitsFor(change, names)}`, agreementPaths.agreement(change.id))]
            : []),
          row('Signed', longDay(agreement.signedOn)),
          row('Review by', longDay(agreement.reviewOn)),
          row('DPIA', agreement.dpiaReference ?? 'None on file'),
          row('Day of the DPIA', agreement.dpiaOn ? longDay(agreement.dpiaOn) : 'None on file'),
        ],
      },
      ...versionsSection(versions.filter(isOfTerms), members, columnFields(names)),
    ],
  };
};

/** What the other agencies are asked. Said before it is saved. */
const askedWords = (agreement: Agreement | undefined): string =>
  agreement && listMissing(agreement).length === 0
    ? 'Every agency of it is asked to confirm your change. Until all have, the earlier agreement counts.'
    : 'Saving confirms it for your agency. Each other agency is asked to confirm it. It counts once all have.';

export function agreementFormPage(agencies: readonly Agency[], own: string, agreement?: Agreement): FormPage {
  return {
    title: agreement ? `Change ${agreement.reference}` : 'Add an agreement',
    ...backTo(
      agreement ? agreementPaths.agreement(agreement.id) : agreementPaths.agreements(),
      agreement ? 'The agreement' : 'Agreements',
    ),
    action: agreement ? agreementPaths.change(agreement.id) : agreementPaths.add(),
    lead: [
      'Enter references and dates alone. The agreement itself stays where your agency keeps it.',
      askedWords(agreement),
    ],
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

export const withdrawPage = (agreement: Agreement): FormPage => ({
  title: `Withdraw from ${agreement.reference}`,
  ...backTo(agreementPaths.agreement(agreement.id), 'The agreement'),
  lead: [
    listMissing(agreement).length === 0
      ? 'Your agency is covered no longer. The agreement still covers the other agencies. It ends no access that a partner has already.'
      : 'Nobody can confirm it any more. An agreement that it was to replace still counts.',
  ],
  action: agreementPaths.withdraw(agreement.id),
  button: 'Withdraw',
  dangerous: true,
  fields: (ask) => [
    ask.words('reason', 'Why your agency withdraws', { hint: 'Those who keep agreements can read this. No names' }),
  ],
});
