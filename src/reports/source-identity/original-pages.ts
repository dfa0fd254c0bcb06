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
  film: 'It can carry the place to a few metres, the minute, which phone made it, and the name that its owner gave the phone. It has voices and background sounds.',
  sound:
    'People can recognise a voice. The file can carry the minute, which phone made it, and the name that its owner gave the phone.',
  pdf: 'It can carry the name of its author or scanner, the minute, the program and the device. Blacked-out text may still be there.',
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
  `It leaves under a plain name; its own was “${said.name}”. It has not been checked for malware. Open it on a separate machine.`,
];

const captionOf = ({ said }: OpenFile): string =>
  `${said.name}: ${fileKindLabels[said.kind]}, ${formatSize(said.bytes)}`;

const describeAccess = (standing: OriginalAccessState): string => {
  switch (standing.at) {
    case 'not kept':
      return 'You cannot take it out. The reporter did not agree that the original is kept.';
    case 'taken back':
      return 'The reporter took the report back and no longer agrees to keeping the original. You can ask only if a court or a law requires it.';
    case 'not asked':
      return 'A custodian of your agency opens it to you for a limited time, because it can show who sent the report.';
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
              text: 'Your request',
              secondary: true,
            },
          ]
        : []),
    ],
  };
}

export const requestErrors: Record<'already' | 'no custodian' | 'taken back' | 'not kept', FormErrors> = {
  already: { '': 'You have asked already, or it is open to you.' },
  'no custodian': { '': 'Your agency has no custodian who can decide. Ask its administrator to name a custodian.' },
  'taken back': withdrawnPurposeErrors,
  'not kept': { '': 'It is no longer kept.' },
};

export function requestOriginalPage(line: IntakeLine, file: OpenFile): FormPage {
  const at = reportPaths[line].file(file.id);
  return {
    title: 'Ask a custodian for the original file',
    caption: captionOf(file),
    back: { href: reportPaths[line].fileExport(file.id), text: exportLabel(file) },
    lead: [
      ...warnings(file),
      'A custodian of your agency decides. The custodian reads your reasons, but not the report or the file. The file opens for you only and closes by itself.',
    ],
    action: reportPaths[line].newFileRequest(file.id),
    cancel: at,
    button: 'Ask',
    fields: (ask) =>
      requestFields(ask, originalPurposes, 'Why the clean copy or a message to the reporter is not enough'),
  };
}

export const recipientErrors: Record<RecipientRefusal, string> = {
  'a secret key':
    'That was a secret key. It is not kept here. Anybody who has it can open the files sealed to it. Stop using it, have a new pair made, and enter the public key, which begins with age1',
  'a key of something else':
    'This is a key of another program. Enter a public key of the program “age”, which begins with age1',
  'more than one': 'Enter one key, without spaces: the file is sealed to one recipient',
  'no key': 'This is not a public key of the kind that the program “age” makes. Check for a missing or wrong letter',
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
    '': 'The file is not in the folder of this server. Nothing was sent. Servers on several machines must share the folder (SAFELIGHT_FILES).',
  },
  changed: { '': 'The stored file was changed and does not open. Nothing was sent.' },
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
      'The file is sealed to the key of one recipient. Only they can open it, and you cannot. The recipient makes a pair of keys with age (“age-keygen”) and gives you the public key. Make sure that the key is theirs.',
    ],
    reasons: exportReasons,
    fields: (ask) => [
      ask.text('recipient', 'Public key of the recipient', {
        hint: 'It begins with age1. Never a secret key.',
        spellcheck: false,
        classes: '',
      }),
    ],
  });
