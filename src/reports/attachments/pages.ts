/** What staff see of a file that came with a report: what it is, whether a working copy is there, and the way to it. */

import {
  type CopyableKind,
  cleaningFailureMessages,
  fileKindLabels,
  formatPartLabel,
  isCopyable,
} from '../../platform/files/index.ts';
import type { CasePage, Cell, PageAction, Section } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { formatSize } from '../../vocabulary/sizes.ts';
import { summaryRow, text } from '../page-parts.ts';
import type { IntakeLine } from '../report.ts';
import { isOriginalKept } from '../source-identity/original-file.ts';
import type { FileDescription } from './received-files.ts';
import type { ReportFile } from './store.ts';

export type OpenFile = ReportFile & { readonly said: FileDescription };

export const describeFileState = (file: ReportFile): string =>
  `${file.addedAt ? `added later, ${formatHour(file.addedAt)}; ` : ''}${describeState(file)}`;

const describeState = ({ state, sealedKey, keepsOriginal }: ReportFile): string => {
  switch (state) {
    case 'waiting':
      return 'not opened yet';
    case 'ready':
      return keepsOriginal ? 'clean copy made; as it came it is kept, sealed' : 'clean copy made';
    case 'as it came':
      return 'no clean copy can be made of its kind; kept sealed, as it came';
    case 'not cleaned':
      return sealedKey ? 'could not be cleaned; kept sealed, as it came' : 'could not be cleaned, and was destroyed';
  }
};

/** What the way out is called: of what has a clean copy the original is the other of two. */
export const exportLabel = ({ said, state }: OpenFile): string =>
  isCopyable(said.kind) && state !== 'not cleaned' ? 'Take out the original' : 'Take out the file, sealed';

const exportCell = (line: IntakeLine, file: OpenFile): Cell =>
  isOriginalKept(file)
    ? { text: exportLabel(file), hidden: file.said.name, href: reportPaths[line].fileExport(file.id) }
    : text('Not kept as it came');

/** For the page of the report. */
export const filesSection = (line: IntakeLine, files: readonly OpenFile[]): Section[] =>
  files.length === 0
    ? []
    : [
        {
          kind: 'table',
          caption: 'Photos and files',
          stack: true,
          columns: ['File', 'What it is', 'How it stands', 'As it came'].map(text),
          rows: files.map((file) => [
            { text: file.said.name, href: reportPaths[line].file(file.id) },
            text(`${fileKindLabels[file.said.kind]}, ${formatSize(file.said.bytes)}`),
            text(describeFileState(file)),
            exportCell(line, file),
          ]),
        },
      ];

/** Shown where the file is not in the folder that this process reads. */
export const fileMissingMessage =
  'The file is not in the folder that this door reads. If doors run on several machines, they must share it (SAFELIGHT_FILES).';

export function filePage(line: IntakeLine, file: OpenFile, { missing }: { readonly missing: boolean }): CasePage {
  const paths = reportPaths[line];
  const { id, said, state, parts, why } = file;
  const kept = file.keepsOriginal
    ? 'The reporter said yes: it may be kept'
    : 'The reporter did not say that it may be kept';
  const notHere: Section[] = missing ? [{ kind: 'states', items: [{ kind: 'unwise', text: fileMissingMessage }] }] : [];
  const copy = Array.from({ length: parts ?? 0 }, (_, index) => ({
    href: withQuery(paths.fileCopy(id), { part: index + 1 }),
    text: formatPartLabel(said.kind as CopyableKind, index + 1),
  }));
  const clean: PageAction[] =
    state === 'waiting' ? [{ post: paths.fileCleaning(id), text: 'Make the clean copy' }] : [];
  return {
    title: said.name,
    caption: `${fileKindLabels[said.kind]}, ${formatSize(said.bytes)}`,
    back: { href: paths.report(file.reportId), text: 'The report' },
    lead: [stateTexts[state]],
    actions: [
      ...clean,
      ...(isOriginalKept(file) ? [{ href: paths.fileExport(id), text: exportLabel(file), secondary: true }] : []),
    ],
    sections: [
      ...notHere,
      {
        kind: 'summary',
        rows: [
          summaryRow('How it stands', describeFileState(file)),
          ...(why ? [summaryRow('Why', cleaningFailureMessages[why])] : []),
          summaryRow('As it came', kept),
        ],
      },
      ...(state === 'ready' ? [{ kind: 'list' as const, title: 'The clean copy', items: copy }] : []),
    ],
  };
}

const stateTexts: Record<ReportFile['state'], string> = {
  waiting:
    'A file that somebody sends can be made to do harm, and carries more than it shows. What you open here is a clean copy: it is made apart from everything else, and the file as it came is destroyed unless the reporter said that it may be kept.',
  ready: 'Where, when and on which phone it was made is not in the copy. That you open it is written down.',
  'as it came':
    'It cannot be shown here: it would have to be opened as somebody made it. It stays sealed, and can be taken out for a court or an examiner.',
  'not cleaned': 'There is nothing to open. If the reporter can be asked, ask for a picture of it, or what it shows.',
};
