/** The page on which a second person countersigns a return or sends it back, and how a refusal is worded. */
import type { FormErrors } from '../../platform/http/server.ts';
import type { FormPage, Section, SectionsPage } from '../../platform/rendering/pages.ts';
import { formatDateTime } from '../../vocabulary/calendar/moments.ts';
import { type Indicator, indicators } from '../../vocabulary/figures.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { returnPaths } from '../../vocabulary/paths/returns.ts';
import { checksSection, failedCheckLines } from '../checks-table.ts';
import { formatQuantityText } from '../figure-words.ts';
import { listChecks, type SignRefusal, type Workings } from '../return.ts';
import { describeFigures, differencesTable, type ReturnPageData, row } from '../return-page.ts';
import type { FirstSignature, SecondRefusal } from './second-signature.ts';

export type CountersignPage = FormPage & { readonly sections: readonly Section[] };

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'returns/second-signature/countersign': CountersignPage;
  }
}

export type CountersignData = Pick<ReturnPageData, 'drawn' | 'before' | 'changes' | 'names'> & {
  readonly changedAt: Date | null;
  readonly workings: Workings;
  readonly first: FirstSignature;
};

/** Everything that the signature covers, and below it the buttons: nobody countersigns without passing it. */
export function countersignPage({
  drawn,
  before,
  changes,
  changedAt,
  names,
  workings,
  first,
}: CountersignData): CountersignPage {
  const nameOf = (member: string) => names.get(member) ?? 'a member';
  return {
    title: `Countersign return ${drawn.version}`,
    caption: `${drawn.facts.codeName}, ${drawn.facts.area}`,
    back: { href: returnPaths.return(drawn.id), text: `Return ${drawn.version}` },
    lead: [
      `${nameOf(first.signedBy)} signed these figures as ${first.stage} on ${formatDateTime(first.signedAt)}. They are ${first.stage === 'final' ? 'final' : 'a revision of a final return'} when you countersign them.`,
      ...failedCheckLines(listChecks(workings)),
      'Read the figures, the checks and the changes. Compare them with what you know of the operation. When you countersign, you confirm that the figures match the records.',
    ],
    sections: [
      ...(changedAt
        ? [
            {
              kind: 'states' as const,
              items: [{ kind: 'unlawful' as const, text: `${recountFirst}.` }],
            },
          ]
        : []),
      {
        kind: 'summary',
        rows: [
          row('Counted', `${formatDateTime(drawn.madeAt)}, by ${nameOf(drawn.madeBy)}`),
          row('Signed first', `${formatDateTime(first.signedAt)}, by ${nameOf(first.signedBy)}`),
          ...(drawn.note ? [row('Why this version', drawn.note)] : []),
        ],
      },
      ...describeFigures(drawn, workings),
      ...qualifiedSection(drawn, workings),
      checksSection(listChecks(workings), drawn.id),
      before
        ? differencesTable(changes, before)
        : { kind: 'words', title: 'What changed', lead: ['This is the first version that is signed.'] },
    ],
    action: returnPaths.countersign(drawn.id),
    cancel: returnPaths.return(drawn.id),
    button: `Countersign as ${first.stage}`,
    sends: { name: 'answer', value: 'countersign' },
    further: [{ name: 'answer', text: 'Send back to the analyst', value: 'send back' }],
    fields: (ask) => [
      ask.hidden('seen', first.id),
      ask.words('reason', 'What has to be corrected? (only if you send it back)', { most: 500, rows: 3 }),
    ],
  };
}

/** Figures that are not said exactly, each with what the records say and the analyst's reason. */
function qualifiedSection({ figures }: CountersignData['drawn'], { counted, qualifications }: Workings): Section[] {
  const qualified = (Object.keys(qualifications) as Indicator[]).filter((indicator) => qualifications[indicator]);
  if (qualified.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'Figures that are not said exactly',
      columns: ['Figure', 'The return says', 'The records say', 'Why'].map((text) => ({ text })),
      rows: qualified.map((indicator) => [
        { text: capital(indicators[indicator]) },
        { text: formatQuantityText(figures[indicator]?.total) },
        { text: formatQuantityText(counted[indicator]?.total) },
        { text: qualifications[indicator]?.reason ?? '' },
      ]),
      stack: true,
    },
  ];
}

const recountFirst = 'Records were changed after this was counted. Send it back, so that it is counted again';

/** Also what stops a second signature that did not stop the first. */
export const countersignErrors: Record<
  SecondRefusal | Exclude<SignRefusal, 'already signed' | 'waits for a second' | 'changed since you looked'>,
  FormErrors
> = {
  'their own': { '': 'You signed this return first. Somebody else must countersign it' },
  'another agency’s': { '': 'Only a member of the agency that leads the operation can countersign its return' },
  'decided before': { '': 'Somebody has countersigned this return or sent it back already' },
  'changed since signed': {
    '': 'The return has changed since it was signed. The analyst must sign it again before you countersign it',
  },
  'recount first': { '': recountFirst },
  'checks fail': { '': 'A check fails now. Send it back to the analyst' },
  'not all done': { '': 'Something is still open, so the return cannot be final. Send it back to the analyst' },
  'glass not reviewed': {
    '': 'Emergency access to this operation is not reviewed yet. Ask the commander or data-protection lead of the agency that leads to review it',
  },
  'operation not over': { '': 'The operation is not over yet. Countersign the return after its last day' },
};

/** Shown where there is nothing to countersign for this member. */
export const uncountersignablePage = (
  drawn: ReturnPageData['drawn'],
  why: keyof typeof countersignErrors,
): SectionsPage => ({
  back: { href: returnPaths.return(drawn.id), text: `Return ${drawn.version}` },
  caption: drawn.facts.codeName,
  title: 'You cannot countersign this return',
  sections: [
    {
      kind: 'states',
      items: Object.values(countersignErrors[why]).map((text) => ({ kind: 'unlawful', text: `${text}.` })),
      links: [{ href: returnPaths.return(drawn.id), text: 'Back to the return' }],
    },
  ],
});
