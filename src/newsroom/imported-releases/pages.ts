/** What the pages of the archive show: the list, the form to import one, the question before one is taken out; and how a refusal is worded. */
import { FieldBuilder } from '../../platform/forms/fields.ts';
import type { Answers, FormErrors } from '../../platform/forms/forms.ts';
import { backTo, type FormPage, type Link, type ListPage } from '../../platform/rendering/pages.ts';
import { pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { countWord, plural } from '../../vocabulary/languages/english.ts';
import { importedReleasePaths, newsroomPaths } from '../../vocabulary/paths/newsroom.ts';
import { showHidden } from './findings/deceptive-text.ts';
import { maxPastedLength } from './forms.ts';
import type { ImportedRelease } from './imported-release.ts';
import type { ImportedReleaseFilter, ImportedReleaseResults } from './store.ts';

const newsroom = { href: newsroomPaths.list(), text: 'Releases' };

type ImportedReleaseList = ImportedReleaseResults & {
  readonly shelf: ImportedReleaseFilter;
  readonly page: number;
  readonly mayImport: boolean;
};

/** The list of imported releases, with its filter. */
export type ImportedReleasesPage = ListPage & {
  readonly address: string;
  readonly shelf: ImportedReleaseFilter;
  readonly areas: readonly string[];
  readonly years: readonly number[];
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'newsroom/imported-releases/archive': ImportedReleasesPage;
    'newsroom/imported-releases/import': ImportPage;
  }
}

export const importedReleasesPage = ({
  shelf,
  page,
  cuttings,
  total,
  all,
  areas,
  years,
  mayImport,
}: ImportedReleaseList): ImportedReleasesPage => ({
  title: 'Imported releases',
  back: newsroom,
  lead: [
    'These are unchanged copies of news releases by forces and partners. Each copy is shown with the claims that the release makes. Only press staff of your agency can see them. A claim in a news release is only a claim: no record stands behind it. Claims are not counted in a return.',
  ],
  actions: mayImport ? [{ href: importedReleasePaths.import(), text: 'Import a release' }] : [],
  address: importedReleasePaths.list(),
  shelf,
  areas,
  years,
  list: {
    kind: 'table',
    caption: 'Imported releases',
    columns: [{ text: 'Release' }, { text: 'Area' }, { text: 'Published' }, { text: 'Claims', numeric: true }],
    rows: cuttings.map(({ id, title, area, publishedOn, claimCount }) => [
      { text: showHidden(title), href: importedReleasePaths.release(id) },
      { text: area ? showHidden(area) : 'not said' },
      { text: publishedOn ? longDay(publishedOn) : 'not said' },
      { text: claimCount },
    ]),
    empty:
      all === 0
        ? 'Nobody has imported a news release yet. To add a release, choose “Import a release”. To add many, ask the operator of Safelight to run this command: safelight release import FOLDER --as your-address@example.org.'
        : `None of ${countWord(all)} ${plural(all, 'release')} matches. Remove a word from the search, or choose all areas and years.`,
    pages: paginate(page, pageSize, total, (number) =>
      withQuery(importedReleasePaths.list(), { ...shelf, page: number }),
    ),
  },
});

/** The line of a pasted file that cannot be read, with the reason in words. */
export type BadLine = {
  readonly line: number;
  readonly words: string;
  readonly cure: string;
  readonly text: string;
};
export type ExistingImport = Pick<ImportedRelease, 'id' | 'title'>;

export type ImportPage = FormPage & { readonly bad: BadLine | undefined; readonly already: Link | undefined };

export function importPage(
  typed: Answers = {},
  errors: FormErrors = {},
  { bad, already }: { readonly bad?: BadLine; readonly already?: ExistingImport | undefined } = {},
): ImportPage {
  const ask = new FieldBuilder(typed, errors);
  return {
    title: 'Import a release',
    ...backTo(importedReleasePaths.list(), 'Imported releases'),
    action: importedReleasePaths.import(),
    button: 'Import it',
    errors,
    bad,
    already: already && { href: importedReleasePaths.release(already.id), text: showHidden(already.title) },
    lead: [
      'Paste one whole file and change nothing in it. Only press staff of your agency can see it until somebody publishes it.',
    ],
    fields: [
      ask.text('fileName', 'Name of the file (optional)', { hint: 'Like 2019-09-25.md', spellcheck: false }),
      ask.words('text', 'The whole file', {
        most: maxPastedLength,
        rows: 18,
        hint: 'The first line of the file must be three hyphens (---), or ```yaml. If an entry is unusual or inconsistent, Safelight keeps it and shows it to you.',
      }),
    ],
  };
}

export const badLineErrors = ({ line, words }: BadLine): FormErrors => ({ text: `Line ${line}: ${words}` });

export const existingImportErrors: FormErrors = { text: 'This exact file is already in the archive' };

export const removePage = ({ id, title, fileName }: Pick<ImportedRelease, 'id' | 'title' | 'fileName'>): FormPage => ({
  title: 'Take this release out of the archive',
  caption: showHidden(title),
  lead: [
    `The file ${fileName} and what was read from it are gone for good. That you took it out stays in the access log.`,
  ],
  ...backTo(importedReleasePaths.release(id), 'The release'),
  action: importedReleasePaths.remove(id),
  button: 'Take it out',
  dangerous: true,
});

export const refusalErrors: Record<'a release was made of it', FormErrors> = {
  'a release was made of it': {
    '': 'You cannot remove this file. The newsroom made a release from it, and a release must keep its source.',
  },
};
