/** The forms in which a release is drafted and written. */

import { type Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { Answers, FormErrors } from '../../platform/forms/forms.ts';
import { backTo, type FormPage } from '../../platform/rendering/pages.ts';
import type { CertifiedReturn } from '../../returns/index.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { newsroomPaths, releasePaths } from '../../vocabulary/paths/newsroom.ts';
import type { Decision, PublishableReturn } from '../drafting/public-figures.ts';
import type { PublicationPolicy } from '../drafting/publication-policy.ts';
import type { BracketProblem } from '../figure-brackets/brackets.ts';
import type { ListedFigure } from '../figure-brackets/figure-list.ts';
import type { LivePreview } from '../live-preview/pages.ts';
import type { ShownStops } from '../submitted-releases/stop-names.ts';
import { entriesField, problemsOf, type ReleaseBrackets, showInBrackets } from './figure-fields.ts';
import { BaseForm, isTellingReason, mostQuotes } from './forms.ts';
import { embargoFields, shownWithheld, type WithheldByRule } from './pages.ts';
import { isOperationOver, publishableFrom, type ReleaseActor, type ReleaseStatus } from './release.ts';
import { stoppedText } from './release-notices.ts';
import type { Release } from './store.ts';
import { type FigureTable, tableFields } from './table-choice.ts';

const approvalWords: Record<ReleaseStatus['approval'], string> = {
  'another agency': 'A member of another agency than the writers must approve it.',
  'another person': 'A member who did not write it must approve it.',
};

export type DraftMaterial = {
  readonly signed: CertifiedReturn;
  readonly policy: PublicationPolicy;
  readonly told: PublishableReturn;
};

/** The rule that waits for a named person's decision, where names wait for it. */
export const findOpenDecision = ({ policy, told: publishable }: DraftMaterial): string | undefined =>
  publishable.unnamed.length > 0 ? policy.rules.find(({ when }) => when === 'not decided by name')?.name : undefined;

export type DraftPage = FormPage & {
  readonly policy: { readonly name: string; readonly from: string };
  readonly approval: string;
  readonly withheld: readonly WithheldByRule[];
};

export function draftPage(drafting: DraftMaterial, typed: Answers = {}, errors: FormErrors = {}): DraftPage {
  const { signed, policy, told: publishable } = drafting;
  const ask = new FieldBuilder(typed, errors);
  const rule = findOpenDecision(drafting);
  const fields: Field[] = rule
    ? [
        ask.yesNo('named', `Name ${listOf(publishable.unnamed)}?`, {
          hint: `The rule "${rule}" leaves this to a named person. Without a decision they are "other partners".`,
          value: 'no',
        }),
        ask.text('by', 'Who decided', { hint: 'Rank, name and agency. Everybody who approves the release reads it.' }),
        ask.day('on', 'When', { hint: 'Today or earlier' }),
        ask.words('why', 'Why', {
          most: 500,
          rows: 3,
          hint: 'What readers gain from it, and why it does not keep people from asking for help',
        }),
      ]
    : [];
  return {
    title: 'Draft a release',
    caption: `${signed.facts.codeName}, return ${signed.version}, ${signed.stage}`,
    lead: isOperationOver(signed)
      ? []
      : [
          `You can write the draft now, but nobody can publish it yet: these figures were signed before the operation was over. An analyst can sign a return for publication from ${longDay(publishableFrom(signed))}.`,
        ],
    ...backTo(newsroomPaths.returns(), 'Signed returns'),
    action: newsroomPaths.draft(signed.id),
    button: 'Draft the release',
    errors,
    fields,
    policy: { name: policy.name, from: policy.from },
    approval: approvalWords[policy.approval],
    withheld: shownWithheld(publishable),
  };
}

/** A decision as the form gave it; none where nobody decided to name them. */
export const decisionFrom = (
  rule: string | undefined,
  {
    named,
    by,
    on,
    why,
  }: { readonly named?: string | undefined; readonly by: string; readonly on: string | null; readonly why: string },
): Decision[] => (rule && named === 'yes' && on ? [{ rule, by, on, why }] : []);

/** Less is no reason: "ok", "fine with us", "ok ok ok ok ok". */
const leastReason = { words: 5, letters: 25 };

/** A decision dated ahead has not been made, and one word gives no reason. */
export function findUnsoundDecision(
  { named, on, why }: { readonly named?: string | undefined; readonly on: string | null; readonly why: string },
  today: string,
): FormErrors | undefined {
  if (named !== 'yes') return undefined;
  const errors: FormErrors = {
    ...(on && on > today && { on: 'The day of the decision must be today or earlier' }),
    ...(!isTellingReason(why, leastReason) && {
      why: 'Say in a sentence what readers gain from it. Use at least five different words',
    }),
  };
  return Object.keys(errors).length > 0 ? errors : undefined;
}

export type EditPageData = ReleaseBrackets & {
  readonly release: Release;
  /** The text as the public would read it: the saved one, or what somebody is typing. */
  readonly live: LivePreview;
  /** Whether everybody can read it already, so that no embargo can be set. */
  readonly isOut: boolean;
  readonly table: FigureTable;
  /** What safeguarding leads said of this text and of earlier ones. */
  readonly stops: ShownStops;
  readonly who: ReleaseActor;
};

/** What another saved while this person wrote, field by field. */
export type OtherVersion = { readonly by: string; readonly at: Date; readonly text: Readonly<Record<string, string>> };

export type EditPage = Omit<FormPage, 'fields'> & {
  /** The revision that the text was opened on. */
  readonly base: number;
  /** The figures that the writer can take. */
  readonly listed: readonly ListedFigure[];
  /** The brackets that this page shows, for the form to send back. */
  readonly figures: string | undefined;
  readonly live: LivePreview;
  /** Why a safeguarding lead stopped the saved text, and what to do. */
  readonly stopped: { readonly items: readonly string[]; readonly text: string } | undefined;
  /** Where what is typed is shown; undefined where the text is not ours to write. */
  readonly previewAt: string | undefined;
  /** Who saved while this person wrote, and when. */
  readonly theirs: { readonly by: string; readonly at: string } | undefined;
  readonly fields: readonly EditField[];
};

type EditField = Field & {
  readonly theirs: string | undefined;
  /** Brackets of the saved text that print no figure. */
  readonly problems: readonly BracketProblem[] | undefined;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'newsroom/releases/draft': DraftPage;
    'newsroom/releases/edit': EditPage;
  }
}

export function editPage(
  { release: stored, brackets, listed, live, isOut, table, stops, who }: EditPageData,
  typed: Answers = {},
  errors: FormErrors = {},
  theirs?: OtherVersion,
): EditPage {
  const ask = new FieldBuilder(typed, errors);
  const imported = stored.importedReleaseId !== null;
  const release = imported ? stored : showInBrackets(stored, brackets);
  const problems = imported ? {} : problemsOf(stored, brackets);
  // The text keeps the revision that it was opened on, so that a later save still meets what others saved.
  const opened = theirs ? undefined : BaseForm.safeParse(typed).data?.base;
  const fields: Field[] = [
    ...(imported ? importedReleaseFields(ask, release) : textFields(ask, release)),
    ...(imported ? [] : tableFields(ask, table)),
    ...(release.correction === null
      ? []
      : [
          ask.words('correction', 'Correction, as the public will read it', {
            value: release.correction,
            most: 500,
            rows: 3,
          }),
        ]),
    ...(isOut ? [] : embargoFields(ask, release.embargoUntil)),
  ];
  return {
    title: 'Edit the release',
    caption: release.shownTitle,
    ...backTo(releasePaths.release(release.id), 'The release'),
    action: releasePaths.edit(release.id),
    errors,
    base: opened ?? release.revision,
    listed: imported ? [] : listed,
    figures: imported ? undefined : entriesField(brackets),
    live,
    previewAt: imported ? undefined : releasePaths.preview(release.id),
    stopped: stops.now.length > 0 ? { items: stops.now, text: stoppedText } : undefined,
    warning: warningFor(release, who),
    theirs: theirs && { by: theirs.by, at: formatMoment(theirs.at) },
    fields: fields.map((field) => ({ ...field, theirs: theirs?.text[field.name], problems: problems[field.name] })),
  };
}

function warningFor({ state, agencyId, approval }: Release, who: ReleaseActor): string | undefined {
  if (state === 'approved')
    return 'It has been approved. When you save, it is a draft again and must be approved again.';
  if (state === 'submitted') return 'It waits for approval. When you save, it is a draft again.';
  if (approval === 'another agency' && agencyId !== who.agencyId)
    return 'Another agency drafted this. When you change it, your agency can no longer approve this text.';
  return undefined;
}

const textFields = (ask: FieldBuilder, release: Release): Field[] => [
  ask.text('title', 'Title', { value: release.title, classes: 'govuk-!-width-full' }),
  ask.text('area', 'Area', { value: release.area }),
  ask.words('description', 'Description', {
    value: release.description,
    most: 500,
    rows: 3,
    hint: 'A sentence or two, for search engines and for those who share it',
  }),
  ask.words('keyPoints', 'Key points', {
    value: release.keyPoints.join('\n'),
    most: 2_400,
    rows: 6,
    hint: 'One a line. They stand above the text, and are what is shared.',
  }),
  ask.words('body', 'Text', {
    value: release.body,
    most: 20_000,
    rows: 24,
    hint: 'Markdown: ## before a heading, a blank line between paragraphs',
  }),
  ...Array.from({ length: Math.min(release.quotes.length + 1, mostQuotes) }, (_, index) =>
    quoteFields(ask, release, index),
  ).flat(),
];

function quoteFields(ask: FieldBuilder, { quotes }: Release, index: number): Field[] {
  const quote = quotes[index];
  const number = index + 1;
  return [
    ask.heading(
      `quote${number}`,
      quotes.length > 1 || index > 0 ? `Quote ${number}` : 'Quote',
      quote ? undefined : 'Leave it empty where nobody is quoted.',
    ),
    ask.text(`rank${number}`, 'Rank or job', { value: quote?.rank }),
    ask.text(`name${number}`, 'Name', { value: quote?.name }),
    ask.text(`unit${number}`, 'Unit', { value: quote?.unit }),
    ask.words(`words${number}`, 'What they say', { value: quote?.words, most: 3_000, rows: 5 }),
  ];
}

const importedReleaseFields = (ask: FieldBuilder, release: Release): Field[] => [
  ask.words('cautions', 'What would not pass today', {
    value: release.cautions.join('\n'),
    most: 4_000,
    rows: 8,
    hint: 'One a line. The text of others stays as they published it; these stand beside it.',
  }),
];
