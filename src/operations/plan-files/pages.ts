/** Pages of files on plans: the list on a plan, one file, the form that adds one, and the question before one goes. */
import { fileKindLabels, formatPartLabel, maxFileBytes } from '../../platform/files/index.ts';
import { cleanableTypes } from '../../platform/files/staff-copies.ts';
import { backTo, type CasePage, type FormPage, type Section } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { operationPaths, planFilePaths, premisesPaths } from '../../vocabulary/paths/operations.ts';
import { formatSize } from '../../vocabulary/sizes.ts';
import { type PlanFile, type PlanFileKind, planFileKinds } from './plan-file.ts';
import type { FilePlace } from './store.ts';

const text = (words: string) => ({ text: words });

/** The kind and the length. */
const describeFormat = ({ format, parts }: PlanFile): string =>
  format === 'pdf' ? `PDF of ${parts === 1 ? 'one page' : `${parts} pages`}` : fileKindLabels[format];

/** The files of the operation or of one of the premises, as part of its page. */
export const planFilesSection = (
  files: readonly PlanFile[],
  { title, lead, add }: { readonly title: string; readonly lead?: string; readonly add?: string | undefined },
): Section => ({
  kind: 'table',
  id: 'files',
  caption: title,
  stack: true,
  columns: ['File', 'What it is', 'Format', 'Added'].map(text),
  rows: files.map((file) => [
    { text: file.title, href: planFilePaths.file(file.id) },
    text(capital(file.kind)),
    text(describeFormat(file)),
    text(formatMoment(file.addedAt)),
  ]),
  empty: add ? 'No files yet. Add a risk assessment or a site plan.' : 'No files yet.',
  ...(lead !== undefined && files.length > 0 && { lead: [lead] }),
  ...(add !== undefined && { links: [{ href: add, text: 'Add a file' }] }),
});

const kindHints: Partial<Record<PlanFileKind, string>> = {
  'site plan': 'A plan of the rooms, doors and ways out, or a map',
  'photo of the place': 'Of the building and its surroundings. No people',
};

/** Where a file belongs, as its pages name it. */
export type ShownPlace = FilePlace & { readonly name: string };

const listOf = ({ operationId, premisesId }: FilePlace): string =>
  premisesId === null ? operationPaths.premises(operationId) : premisesPaths.premises(premisesId);
const addressOf = ({ operationId, premisesId }: FilePlace): string =>
  premisesId === null ? operationPaths.addFile(operationId) : premisesPaths.addFile(premisesId);

const readers = ({ premisesId }: FilePlace): string =>
  premisesId === null
    ? 'Planners and commanders of this operation see this file. Teams do not: add what a team needs to its premises.'
    : 'Planners and commanders of this operation see this file. So does each team with a visit to these premises, from its briefing time.';

export const addPlanFilePage = (place: ShownPlace, id: string): FormPage => ({
  title: 'Add a file',
  caption: place.name,
  ...backTo(listOf(place), place.name),
  lead: [
    readers(place),
    'Do not add photos of people, or words that people said about themselves. Safelight makes a clean copy without place, time or device details, and destroys the original.',
  ],
  action: addressOf(place),
  button: 'Add the file',
  sending:
    'The file is being sent and cleaned. This takes a few seconds, longer over a slow line. There is nothing more to press.',
  fields: (ask) => [
    ask.text('title', 'Title', { hint: 'For example, “Ground floor” or “Risk assessment, second version”' }),
    ask.one(
      'kind',
      'What is it?',
      planFileKinds.map((value) => ({
        value,
        text: capital(value),
        hint: kindHints[value] ? text(kindHints[value]) : undefined,
      })),
    ),
    ask.formId(id),
    ask.file('file', 'The file', {
      hint: `A photo, picture, PDF of up to 40 pages, or film, of up to ${formatSize(maxFileBytes)}. Save other documents as a PDF first`,
      accept: cleanableTypes,
    }),
  ],
});

export const planFilePage = (
  file: PlanFile,
  {
    name,
    addedBy,
    removes,
    back,
  }: { readonly name: string; readonly addedBy: string; readonly removes: boolean; readonly back: string },
): CasePage => ({
  title: file.title,
  caption: `${capital(file.kind)}, ${name}`,
  back: { href: back, text: name },
  lead: ['This copy does not show place, time or device. Your access is logged.'],
  actions: removes ? [{ href: planFilePaths.remove(file.id), text: 'Remove the file', secondary: true }] : [],
  sections: [
    {
      kind: 'list',
      title: 'The clean copy',
      items: Array.from({ length: file.parts }, (_, index) => ({
        href: withQuery(planFilePaths.copy(file.id), { part: index + 1 }),
        text: formatPartLabel(file.format, index + 1),
      })),
    },
    {
      kind: 'summary',
      title: 'About this file',
      rows: [
        ['Format', capital(describeFormat(file))],
        ['Added', `by ${addedBy}, ${formatMoment(file.addedAt)}`],
        ['Who sees it', readers(file)],
        ['How long it is kept', 'As long as the plan, or until a planner removes it'],
      ].map(([key = '', value = '']) => ({ key: text(key), value: text(value) })),
    },
  ],
});

export const removePlanFilePage = (file: PlanFile): FormPage => ({
  title: 'Remove the file',
  caption: file.title,
  ...backTo(planFilePaths.file(file.id), file.title),
  warning: 'Safelight destroys the clean copy and its key. Nobody can open it again. The access log keeps who saw it.',
  action: planFilePaths.remove(file.id),
  button: 'Remove the file',
  dangerous: true,
});
