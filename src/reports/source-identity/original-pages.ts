/** How somebody asks for a file as it came, reads what it may carry, and names whom it is sealed to. */

import { type ExportReason, exportPage } from '../../platform/exports/export-reason.ts';
import { type FileKind, fileKindLabels, type RecipientRefusal } from '../../platform/files/index.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { CasePage, FormPage } from '../../platform/rendering/pages.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { reportPaths } from '../../vocabulary/paths/reports.ts';
import { formatSize } from '../../vocabulary/sizes.ts';
import { exportLabel, type OpenFile } from '../attachments/pages.ts';
import { marking } from '../line-policies.ts';
import type { IntakeLine } from '../report.ts';
import { originalPurposes } from './identity-request.ts';
import type { OriginalAccess } from './original-file.ts';
import { requestFields, withdrawnPurposeErrors } from './pages.ts';
import type { IdentityRequestDetails } from './store.ts';

export type OriginalAccessState = OriginalAccess<IdentityRequestDetails>;

const metadataTexts: Record<'picture' | 'film' | 'sound' | 'pdf' | 'text', string> = {
  picture:
    'It can carry the place to a few metres, the minute, which phone or camera made it, and the name that its owner gave the phone. What the picture shows is in it too: a face, a street sign, the reporter’s own window.',
  film: 'It can carry the place to a few metres, the minute, which phone made it, and the name that its owner gave the phone. Voices are in it, and what is behind them.',
  sound:
    'A voice is known by who knows it. It can carry the minute, which phone made it, and the name that its owner gave the phone.',
  pdf: 'It can carry the name of whoever wrote or scanned it, the minute, the program and the device. What was blacked out may still be under the black.',
  text: 'How somebody writes can say who it is. It can hold names, numbers and places.',
};
const metadataByKind: Record<FileKind, string> = {
  jpeg: metadataTexts.picture,
  png: metadataTexts.picture,
  webp: metadataTexts.picture,
  'other picture': metadataTexts.picture,
  pdf: metadataTexts.pdf,
  mp4: metadataTexts.film,
  webm: metadataTexts.film,
  sound: metadataTexts.sound,
  text: metadataTexts.text,
};

/** What it may carry, before anything is asked. */
const warnings = ({ said }: OpenFile): string[] => [
  metadataByKind[said.kind],
  `It leaves under a plain name; its own was “${said.name}”. Nobody has looked whether it does harm to who opens it: open it on a machine that nothing depends on.`,
];

const captionOf = ({ said }: OpenFile): string =>
  `${said.name}: ${fileKindLabels[said.kind]}, ${formatSize(said.bytes)}`;

const describeAccess = (standing: OriginalAccessState): string => {
  switch (standing.at) {
    case 'not kept':
      return 'It is not kept to be taken out: the reporter did not say that it may be.';
    case 'taken back':
      return 'The reporter took the report back, and with it that the file may be kept as it came. Only what a court or a law requires is left.';
    case 'not asked':
      return 'A custodian of your agency opens it to you, for a time: it can say who told the report.';
    case 'waits':
      return `You asked at ${formatMoment(standing.opening.askedAt)}. A custodian has not decided yet.`;
    case 'refused':
      return `A custodian refused at ${formatMoment(standing.opening.decision?.decidedAt ?? standing.opening.askedAt)}: “${standing.opening.decision?.reasons}”`;
    case 'open':
      return `A custodian opened it to you until ${formatMoment(standing.opening.until)}.`;
  }
};

/** Before the file is open to the reader: what it may reveal, and what they must do. */
export function originalClosedPage(
  line: IntakeLine,
  file: OpenFile,
  standing: OriginalAccessState,
  errors: FormErrors = {},
): CasePage {
  const at = reportPaths[line].file(file.id);
  const asks = standing.at === 'not asked' || standing.at === 'refused' || standing.at === 'taken back';
  return {
    title: exportLabel(file),
    caption: captionOf(file),
    back: { href: at, text: 'The file' },
    errors,
    lead: standing.at === 'not kept' ? [] : [...warnings(file), describeAccess(standing)],
    sections:
      standing.at === 'not kept'
        ? [{ kind: 'states', items: [{ kind: 'withheld', text: describeAccess(standing) }] }]
        : [],
    actions: [
      ...(asks
        ? [
            {
              href: reportPaths[line].newFileRequest(file.id),
              text: standing.at === 'refused' ? 'Ask anew' : 'Ask a custodian',
            },
          ]
        : []),
      ...(standing.at === 'waits' || standing.at === 'refused'
        ? [
            {
              href: reportPaths[line].sourceIdentityRequest(standing.opening.id),
              text: 'What you asked',
              secondary: true,
            },
          ]
        : []),
    ],
  };
}

export const requestErrors: Record<'already' | 'no custodian' | 'taken back' | 'not kept', FormErrors> = {
  already: { '': 'You have asked already, or it stands open to you.' },
  'no custodian': { '': 'Nobody who could decide works at your agency. Ask its administrator to name a custodian.' },
  'taken back': withdrawnPurposeErrors,
  'not kept': { '': 'It is kept no longer.' },
};

export function requestOriginalPage(line: IntakeLine, file: OpenFile): FormPage {
  const at = reportPaths[line].file(file.id);
  return {
    title: 'Ask a custodian for the file as it came',
    caption: captionOf(file),
    back: { href: reportPaths[line].fileExport(file.id), text: exportLabel(file) },
    lead: [
      ...warnings(file),
      'A custodian of your agency reads what you write here, and nothing of the report or the file, and decides. It is opened to you alone and closes by itself.',
    ],
    action: reportPaths[line].newFileRequest(file.id),
    cancel: at,
    button: 'Ask',
    fields: (ask) =>
      requestFields(ask, originalPurposes, 'Why the clean copy or a message to the reporter will not do'),
  };
}

export const recipientErrors: Record<RecipientRefusal, string> = {
  'a secret key':
    'That was a secret key: whoever has it opens all that was sealed to it. It is not kept here. Use it no more, have a new pair made, and enter the public key, which begins with age1',
  'a key of something else': 'This is a key of another program. Enter a public key of age, which begins with age1',
  'more than one': 'Enter one key, without spaces: the file is sealed to one recipient',
  'no key': 'This is no public key of age: it begins with age1, and a letter may be missing or wrong',
};

/** What somebody sent is nobody's to publish. */
export const exportReasons = [
  'for a partner or the coordinator of the operation',
  'for a court, a lawyer or an inquiry',
  'for a meeting, or our own file',
  'another reason',
] as const satisfies readonly ExportReason[];

export type ExportRefusal = 'not here' | 'changed';
export const exportErrors: Record<ExportRefusal, FormErrors> = {
  'not here': {
    '': 'The file is not in the folder that this door reads. Nothing was sent. If doors run on several machines, they must share it (SAFELIGHT_FILES).',
  },
  changed: { '': 'The file was changed where it lies, and does not open. Nothing was sent.' },
};

export const exportOriginalPage = (line: IntakeLine, file: OpenFile, standing: OriginalAccessState): FormPage =>
  exportPage({
    marking,
    title: exportLabel(file),
    caption: captionOf(file),
    action: reportPaths[line].fileExport(file.id),
    back: { href: reportPaths[line].file(file.id), text: 'The file' },
    lead: [
      ...warnings(file),
      describeAccess(standing),
      'It is sealed to the key of one recipient while it goes: nobody else opens it, you neither. Whoever is to open it makes a pair of keys with age (“age-keygen”) and gives you the public one; ask for it in a way that shows whose it is.',
    ],
    reasons: exportReasons,
    fields: (ask) => [
      ask.text('recipient', 'Public key of whoever is to open it', {
        hint: 'It begins with age1. Never a secret key.',
        spellcheck: false,
        classes: '',
      }),
    ],
  });
