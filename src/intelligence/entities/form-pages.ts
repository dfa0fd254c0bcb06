/** The forms to add what an item names, and to decide whether two are the same. */
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import { backTo, type FormPage, type TableSection } from '../../platform/rendering/pages.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { verdicts } from '../../vocabulary/judgements.ts';
import { countWord, plural } from '../../vocabulary/languages/english.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { gradeOf } from '../items/item.ts';
import type { OpenItem } from '../items/store.ts';
import { formatDays, itemTitle } from '../items/words.ts';
import type { Comparison, Evidence } from '../links/comparison.ts';
import { evidenceWords } from '../links/evidence-words.ts';
import type { LinkDecision } from '../links/links-store.ts';
import { type EntityKind, entityName } from './entity.ts';
import { type Mention, textWithConditions } from './mentions.ts';
import type { LinkedEntity } from './store.ts';
import { kindWords, nameWithMore, oneOfKind, verdictWords } from './words.ts';

const fromText = (found: string | undefined): string | undefined =>
  found === undefined ? undefined : 'Filled in from the text. Check that it belongs here.';
const aliasesHint = 'One to a line, in any script.';

const fieldsOf: Record<EntityKind, (ask: FieldBuilder, known: Readonly<Record<string, string>>) => Field[]> = {
  person: (ask) => [
    ask.text('name', 'Name', { hint: 'As the intelligence says it, in any script.' }),
    ask.words('aliases', 'Other names (optional)', { hint: aliasesHint, rows: 2, most: 1_000 }),
    ask.text('born', 'Born (optional)', {
      hint: 'As far as it is known: 1984, March 1984 or 9 3 1984.',
      classes: 'govuk-input--width-10',
    }),
  ],
  premises: (ask, { postcode }) => [
    ask.text('address', 'Address', { hint: 'Flat, number, street and town, as far as they are known.' }),
    ask.text('postcode', 'Postcode (optional)', {
      value: postcode,
      hint: fromText(postcode),
      classes: 'govuk-input--width-10',
    }),
  ],
  vehicle: (ask, { registration }) => [
    ask.text('registration', 'Registration', {
      ...{ value: registration, hint: fromText(registration) },
      classes: 'govuk-input--width-10',
    }),
    ask.text('description', 'Make, model and colour (optional)'),
  ],
  phone: (ask, { number }) => [
    ask.text('number', 'Telephone number', {
      ...{ value: number, hint: fromText(number), type: 'tel' },
      classes: 'govuk-input--width-20',
    }),
  ],
  account: (ask) => [
    ask.text('account', 'Account', { hint: 'A bank account, or a name on a site or an app.' }),
    ask.text('provider', 'Bank, site or app (optional)'),
  ],
  organisation: (ask) => [
    ask.text('name', 'Name'),
    ask.words('aliases', 'Other names (optional)', { hint: aliasesHint, rows: 2, most: 1_000 }),
    ask.text('number', 'Number in a register (optional)', {
      hint: 'For example at Companies House.',
      classes: 'govuk-input--width-10',
    }),
  ],
};

export const addEntityPage = (
  item: OpenItem,
  kind: EntityKind,
  named: readonly LinkedEntity[],
  known: Readonly<Record<string, string>>,
): FormPage => ({
  title: `Add ${oneOfKind[kind]}`,
  caption: itemTitle(item.id),
  ...backTo(intelligencePaths.item(item.id), itemTitle(item.id)),
  lead: [
    item.text,
    ...(named.length > 0 ? [`Added already: ${named.map(({ content }) => entityName(content)).join('; ')}.`] : []),
  ],
  button: 'Save',
  further: [{ name: 'another', text: 'Save and add another' }],
  fields: (ask) => fieldsOf[kind](ask, known),
});

export const removeEntityPage = (entity: LinkedEntity): FormPage => ({
  title: `Remove ${entityName(entity.content)}?`,
  caption: kindWords[entity.kind],
  ...backTo(intelligencePaths.entity(entity.id), entityName(entity.content)),
  lead: [`The text of ${itemTitle(entity.itemId)} stays. Decisions about this entry are removed too.`],
  button: 'Remove it',
  dangerous: true,
});

/** What a member sees before they decide: both sides, their items, and what speaks for and against. */
export type ShownPair = {
  readonly entities: readonly [LinkedEntity, LinkedEntity];
  /** Each with all that are the same as it already, and their items. */
  readonly sides: readonly [readonly Mention[], readonly Mention[]];
  readonly comparison: Comparison;
  /** Among all of both sides. */
  readonly contradictions: readonly Evidence[];
  /** The last that stands, and who made it. */
  readonly decision: (LinkDecision & { readonly by: string }) | undefined;
};

const text = (words: string) => ({ text: words });
/** “+6.4”, “−3.0” */
export const formatWeight = (weight: number): string => `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}`;

const sidesTable = ({ sides }: ShownPair): TableSection => ({
  kind: 'table',
  caption: 'Both sides',
  stack: true,
  columns: ['Side', 'Named', 'Intelligence', 'Grade and time', 'Item'].map(text),
  rows: sides.flatMap((mentions, side) =>
    mentions.map(({ entity, item }) => [
      text(side === 0 ? 'First' : 'Second'),
      { text: nameWithMore(entity.content), href: intelligencePaths.entity(entity.id) },
      text(textWithConditions(item)),
      text(`${gradeOf(item)}, ${formatDays(item)}`),
      { text: referenceOf('intelligence item', item.id), href: intelligencePaths.item(item.id) },
    ]),
  ),
});

const evidenceTable = ({ comparison: { evidence, total } }: ShownPair): TableSection => ({
  kind: 'table',
  caption: 'For and against',
  stack: true,
  columns: [text('Comparison'), text('First'), text('Second'), { text: 'Weight', numeric: true }],
  rows: [
    ...evidence.map(({ says, values: [one, other], weight }) => [
      text(`${evidenceWords[says]} (${weight < 0 ? 'against' : 'for'})`),
      text(one),
      text(other),
      text(formatWeight(weight)),
    ]),
    [text('Together'), text(''), text(''), text(formatWeight(total))],
  ],
});

const contradictionsTable = ({ contradictions }: ShownPair): TableSection => ({
  kind: 'table',
  caption: 'Against, among all of them',
  stack: true,
  columns: ['Comparison', 'One', 'Another'].map(text),
  rows: contradictions.map(({ says, values }) => [evidenceWords[says], ...values].map(text)),
});

const describeDecision = ({ verdict, by, reason, decidedAt }: NonNullable<ShownPair['decision']>): string =>
  `Decided before: ${verdictWords[verdict].toLowerCase()}, by ${by}, ${formatMoment(decidedAt)}. ${reason ?? 'No reason was given.'}`;

export const decisionPage = (shown: ShownPair): FormPage => {
  const [one, other] = shown.entities;
  const [first, second] = shown.sides;
  const joins = first.length + second.length > 2;
  return {
    title: 'Are these the same?',
    caption: kindWords[one.kind],
    ...backTo(intelligencePaths.possibleLinks(), 'Possible links'),
    lead: [
      ...(shown.decision ? [describeDecision(shown.decision)] : []),
      ...(joins
        ? [
            `“The same” joins ${countWord(first.length)} ${plural(first.length, 'entry', 'entries')} with ${countWord(second.length)} more.`,
          ]
        : []),
      'A name alone is rarely enough. Weights above 0 speak for “the same”, those below 0 against it.',
    ],
    tables: [
      sidesTable(shown),
      ...(joins && shown.contradictions.length > 0 ? [contradictionsTable(shown)] : []),
      evidenceTable(shown),
    ],
    more: { href: intelligencePaths.entity(one.id), text: `All about ${entityName(one.content)}, with its decisions` },
    button: 'Save the decision',
    fields: (ask) => [
      ask.one(
        'verdict',
        `${nameWithMore(one.content)} and ${nameWithMore(other.content)}`,
        verdicts.map((value) => ({ value, text: verdictWords[value] })),
      ),
      ask.text('reason', 'Why? (optional)', { hint: 'For colleagues. Do not name anybody in it.' }),
      ask.hidden('base', shown.decision?.id ?? ''),
    ],
  };
};
