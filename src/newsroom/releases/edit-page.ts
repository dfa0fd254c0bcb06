/** The form in which a release is written. */

import { type Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { Answers, FormErrors } from '../../platform/forms/forms.ts';
import type { Model } from '../../platform/rendering/views.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { mostQuotes } from './forms.ts';
import { embargoFields } from './pages.ts';
import type { ReleaseActor } from './release.ts';
import type { Release } from './store.ts';

const addressOf = ({ id }: Release): string => `/staff/releases/${id}`;

export type PlaceholderList = readonly { readonly placeholder: string; readonly says: string; readonly what: string }[];

export type EditPageData = {
  readonly release: Release;
  /** What each placeholder says now. */
  readonly panel: PlaceholderList;
  /** Whether everybody can read it already, so that no embargo can be set. */
  readonly isOut: boolean;
  readonly who: ReleaseActor;
};

/** What another saved while this person wrote, field by field. */
export type OtherVersion = { readonly by: string; readonly at: Date; readonly text: Readonly<Record<string, string>> };

export function editPage(
  { release, panel, isOut, who }: EditPageData,
  typed: Answers = {},
  errors: FormErrors = {},
  theirs?: OtherVersion,
): Model {
  const ask = new FieldBuilder(typed, errors);
  const imported = release.cuttingId !== null;
  const fields = [
    ...(imported ? importedReleaseFields(ask, release) : textFields(ask, release)),
    ...(release.correction === null
      ? []
      : [
          ask.words('correction', 'What was wrong, as the public will read it', {
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
    back: { href: addressOf(release), text: 'The release' },
    action: `${addressOf(release)}/edit`,
    cancel: addressOf(release),
    errors,
    base: release.revision,
    panel: imported ? [] : panel,
    warning: warningFor(release, who),
    theirs: theirs && { by: theirs.by, at: formatMoment(theirs.at) },
    fields: fields.map((field) => ({ ...field, theirs: theirs?.text[field.name] })),
  };
}

function warningFor({ state, agencyId, approval }: Release, who: ReleaseActor): string | undefined {
  if (state === 'approved')
    return 'It has been approved. When you save, it is a draft again and must be approved anew.';
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
