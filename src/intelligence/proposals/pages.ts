/** Pages about proposals: the list, one proposal, and its forms. */
import { type OperationInWeek, placeFields } from '../../operations/plan/index.ts';
import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import {
  backTo,
  type CasePage,
  type FormPage,
  type ListPage,
  type PageAction,
  type Section,
  type SummaryRow,
} from '../../platform/rendering/pages.ts';
import type { Pages } from '../../platform/rendering/paging.ts';
import { withLineBreaks } from '../../platform/rendering/views.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { operationPaths, premisesPaths } from '../../vocabulary/paths/operations.ts';
import { type EntityContent, entityName } from '../entities/entity.ts';
import type { Mention } from '../entities/mentions.ts';
import type { LinkedEntity } from '../entities/store.ts';
import { gradeOf } from '../items/item.ts';
import { formatDays } from '../items/words.ts';
import { mostText } from './forms.ts';
import { type OpenProposal, type Proposal, proposalResults } from './proposal.ts';
import { describeState, resultWords } from './words.ts';

const listTitle = 'Proposals from intelligence';
const text = (words: string) => ({ text: words });
const row = (key: string, value: string): SummaryRow => ({ key: text(key), value: text(value) });

/** The texts of all items, each with its grade and days: what the form begins with. */
const draftCase = (mentions: readonly Mention[]): string =>
  mentions
    .map(({ item }) => `${gradeOf(item)}, ${formatDays(item)}: ${item.text}`)
    .join('\n')
    .slice(0, mostText);

/** Distinct, in the order of the items. */
export const conditionsOf = (mentions: readonly Mention[]): readonly string[] => [
  ...new Set(mentions.flatMap(({ item: { conditions } }) => (conditions === null ? [] : [conditions]))),
];

const premisesOf = (content: EntityContent) =>
  content.kind === 'premises' ? content : { address: undefined, postcode: undefined };

export const proposePage = (entity: LinkedEntity, mentions: readonly Mention[]): FormPage => {
  const { address, postcode } = premisesOf(entity.content);
  const conditions = conditionsOf(mentions);
  return {
    title: 'Propose a visit',
    caption: entityName(entity.content),
    ...backTo(intelligencePaths.entity(entity.id), entityName(entity.content)),
    lead: [
      'Planners of your agency read this and decide. They do not see the items or their sources.',
      ...conditions.map((one) => `These handling conditions go with it: ${one}`),
    ],
    button: 'Propose the visit',
    fields: (ask) => [
      ask.text('address', 'Address to visit', { value: address }),
      ask.text('postcode', 'Postcode (optional)', { value: postcode, classes: 'govuk-input--width-10' }),
      ask.words('text', 'Intelligence case', {
        hint: 'It begins with the text and grade of each item. Leave out what planners do not need.',
        value: draftCase(mentions),
        rows: 8,
        most: mostText,
      }),
      ask.words('powers', 'Powers that may be needed (optional)', { rows: 2, most: 1_000 }),
      ask.words('risks', 'Known risks (optional)', {
        hint: 'To the team and to the people there.',
        rows: 2,
        most: 2_000,
      }),
    ],
  };
};

export const proposalListPage = (proposals: readonly OpenProposal[], pages: Pages): ListPage => ({
  title: listTitle,
  lead: [
    'Visits that intelligence officers of your agency propose. Planners accept each into an operation, or decline it.',
  ],
  list: {
    kind: 'table',
    caption: 'Proposals, those that wait first',
    stack: true,
    columns: ['Proposal', 'Address', 'Proposed', 'State'].map(text),
    rows: proposals.map((proposal) => [
      { text: proposal.title, href: intelligencePaths.proposal(proposal.id) },
      text([proposal.address, proposal.postcode].filter(Boolean).join(', ')),
      text(formatMoment(proposal.proposedAt)),
      proposal.state === 'proposed' ? { text: describeState(proposal), tag: 'yellow' } : text(describeState(proposal)),
    ]),
    empty: 'No proposal yet. Triage proposes a visit from the page of premises or a person in intelligence.',
    pages,
  },
});

export type ShownProposal = {
  readonly proposal: OpenProposal;
  readonly names: MemberNames;
  readonly decides: boolean;
  /** Triage opens the intelligence behind it; a planner does not. */
  readonly readsIntelligence: boolean;
};

function listActions({
  proposal: { id, state, result },
  decides,
  readsIntelligence,
  proposal,
}: ShownProposal): PageAction[] {
  const open: PageAction[] = readsIntelligence
    ? [{ href: intelligencePaths.entity(proposal.entityId), text: 'Open the intelligence', secondary: true }]
    : [];
  if (!decides) return open;
  if (state === 'proposed')
    return [
      { href: intelligencePaths.acceptProposal(id), text: 'Accept it into an operation' },
      { href: intelligencePaths.declineProposal(id), text: 'Decline it', secondary: true },
      ...open,
    ];
  if (state === 'accepted')
    return [
      { href: intelligencePaths.proposalResult(id), text: 'Record what the visit found', secondary: result !== null },
      ...open,
    ];
  return open;
}

export function proposalPage(shown: ShownProposal): CasePage {
  const { proposal, names } = shown;
  const { decidedAt, decidedBy, resultAt, resultBy, result, operationId, premisesId } = proposal;
  const link = (href: string, words: string) => ({
    actions: { items: [{ href, text: 'Open', visuallyHiddenText: words }] },
  });
  return {
    title: `Proposal: ${proposal.title}`,
    caption: describeState(proposal),
    back: { href: intelligencePaths.proposals(), text: listTitle },
    actions: listActions(shown),
    sections: [
      ...conditionsSection(proposal),
      {
        kind: 'summary',
        rows: [
          row('Address', [proposal.address, proposal.postcode].filter(Boolean).join(', ')),
          { key: text('Intelligence case'), value: withLineBreaks(proposal.text) },
          row('Powers that may be needed', proposal.powers ?? 'Not entered'),
          row('Known risks', proposal.risks ?? 'Not entered'),
          row('Proposed', `${formatMoment(proposal.proposedAt)} by ${getMemberName(names, proposal.proposedBy)}`),
          ...(decidedAt ? [row('Decided', `${formatMoment(decidedAt)} by ${getMemberName(names, decidedBy)}`)] : []),
          ...(proposal.reason ? [row('Why it was declined', proposal.reason)] : []),
          ...(operationId && shown.decides
            ? [{ ...row('Operation', 'In its plan'), ...link(operationPaths.operation(operationId), 'the operation') }]
            : []),
          ...(premisesId && shown.decides
            ? [{ ...row('Premises', 'In the plan'), ...link(premisesPaths.premises(premisesId), 'the premises') }]
            : []),
          ...(result && resultAt
            ? [
                row(
                  'The visit',
                  `${resultWords[result]}, ${formatMoment(resultAt)} by ${getMemberName(names, resultBy)}`,
                ),
              ]
            : []),
        ],
      },
    ],
  };
}

const conditionsSection = ({ conditions }: OpenProposal): Section[] =>
  conditions.length === 0
    ? []
    : [
        {
          kind: 'states',
          title: 'Handling conditions',
          items: conditions.map((one) => ({ kind: 'withheld', text: one })),
        },
      ];

const formBase = ({ id, title }: OpenProposal) => ({
  caption: title,
  ...backTo(intelligencePaths.proposal(id), `Proposal: ${title}`),
});

export const acceptPage = (proposal: OpenProposal, operations: readonly OperationInWeek[]): FormPage => ({
  ...formBase(proposal),
  title: 'Accept into an operation',
  lead: [
    'This adds the premises to the plan of the operation. Then add the power of entry and the visit on their page.',
    ...proposal.conditions.map((one) => `Handling conditions: ${one}`),
  ],
  closed: operations.length === 0,
  ...(operations.length === 0 && {
    warning: 'You take part in no operation. Add an operation first, or ask its planner to accept the proposal.',
  }),
  button: 'Accept and add the premises',
  fields: (ask) => [
    ask.choose(
      'operationId',
      'Operation',
      operations.map(({ id, codeName }) => ({ value: id, text: codeName })),
    ),
    ...placeFields(ask).map((field) => withKnown(field, proposal)),
  ],
});

/** The fields of the place, filled in with what the proposal says. */
function withKnown<Asked extends { readonly name: string }>(field: Asked, { address, postcode }: OpenProposal): Asked {
  const known: Readonly<Record<string, string | null>> = { address, postcode };
  const value = known[field.name];
  return 'value' in field && field.value === '' && value ? { ...field, value } : field;
}

export const declinePage = (proposal: OpenProposal): FormPage => ({
  ...formBase(proposal),
  title: 'Decline the proposal',
  button: 'Decline it',
  fields: (ask) => [
    ask.words('reason', 'Why?', { hint: 'Triage reads this. Do not name anybody in it.', most: 1_000, rows: 3 }),
  ],
});

export const resultPage = (proposal: OpenProposal): FormPage => ({
  ...formBase(proposal),
  title: 'Record what the visit found',
  lead: ['Triage sees it beside the intelligence. The records of the visit say the rest.'],
  fields: (ask) => [
    ask.one(
      'result',
      'The intelligence was',
      proposalResults.map((value) => ({ value, text: resultWords[value] })),
      { value: proposal.result },
    ),
  ],
});

/** On the page of an entity: proposals of a visit with their decisions and results. */
export const proposalsSection = (proposals: readonly Proposal[], names: MemberNames): Section[] =>
  proposals.length === 0
    ? []
    : [
        {
          kind: 'table',
          caption: 'Proposals of a visit',
          stack: true,
          columns: ['Proposed', 'By', 'State'].map(text),
          rows: proposals.map((proposal) => [
            { text: formatMoment(proposal.proposedAt), href: intelligencePaths.proposal(proposal.id) },
            text(getMemberName(names, proposal.proposedBy)),
            text(describeState(proposal)),
          ]),
        },
      ];
