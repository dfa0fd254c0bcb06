/** Pages of a release’s picture: the form with its clearance, the question before it is taken out, and what an approver reads of it. */
import { maxFileBytes } from '../../platform/files/index.ts';
import { backTo, type FormPage } from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { releasePaths } from '../../vocabulary/paths/newsroom.ts';
import { formatSize } from '../../vocabulary/sizes.ts';
import { isOpen } from '../releases/release.ts';
import type { Release } from '../releases/store.ts';
import type { PeopleShown, ReleasePicture } from './picture.ts';

export const peopleWords: Record<PeopleShown, string> = {
  nobody: 'Nobody can be recognised in it',
  agreed: 'The people in it agreed in writing',
  charged: 'It shows a person who was charged, and the force decided to publish it',
};

export const picturePage = (release: Release): FormPage => {
  const { picture } = release;
  return {
    title: picture ? 'Change the picture' : 'Add a picture',
    caption: release.shownTitle,
    ...backTo(releasePaths.release(release.id), 'The release'),
    warning:
      'Never publish a picture of a person who may be a victim, or of a child, even if they agree. A jacket, a tattoo or a room can be enough to recognise somebody.',
    lead: [
      'Safelight makes a clean copy without place, time or camera details, and destroys the file that you send. Pictures of visits and cases are not offered here.',
      'Another agency sees the picture before it approves the release. Every change asks for a new approval.',
    ],
    action: releasePaths.picture(release.id),
    button: picture ? 'Save the picture' : 'Add the picture',
    sending: 'The picture is being sent and cleaned. This takes a few seconds. There is nothing more to press.',
    fields: (ask) => [
      ask.hidden('base', String(release.revision)),
      ask.words('alternative', 'Alternative text', {
        most: 250,
        value: picture?.alternative,
        rows: 2,
        hint: 'What the picture shows, for readers who do not see it. The public reads it. No names, streets or businesses',
      }),
      ask.text('caption', 'Caption (optional)', {
        value: picture?.caption,
        hint: 'The public reads it below the picture',
      }),
      ask.text('credit', 'Who took it?', {
        value: picture?.credit,
        hint: 'The public reads it, like “Lea Vale Constabulary”. Use the force’s name if an officer took it',
      }),
      ask.heading('clearance', 'Clearance', 'The approver reads this. The public does not.'),
      ask.one(
        'people',
        'Who can be recognised?',
        [
          { value: 'nobody', text: 'Nobody', hint: { text: 'Not by face, clothes, tattoos, belongings or the place' } },
          { value: 'agreed', text: 'People who agreed in writing', hint: { text: 'For example, staff of a partner' } },
          {
            value: 'charged',
            text: 'A person who was charged',
            hint: { text: 'Only where the force decided to publish it, and no court order forbids it' },
          },
        ],
        { value: picture?.clearance.people },
      ),
      ask.text('record', 'Where is the consent or the charge recorded?', {
        value: picture?.clearance.record,
        hint: 'Leave empty if nobody can be recognised',
      }),
      ask.many('unseen', 'Check the picture at full size', [
        { value: 'plates', text: 'No number plate can be read' },
        { value: 'doors', text: 'No front, door or house number can be recognised' },
        { value: 'signs', text: 'No street sign or business name can be read' },
      ]),
      ask.text('by', 'Who cleared it?', { value: picture?.clearance.by, hint: 'Name or rank, and force' }),
      ask.day('on', 'When was it cleared?', { value: picture?.clearance.on }),
      ask.file('file', picture ? 'Another picture (optional)' : 'The picture', {
        hint: `JPEG or PNG, up to ${formatSize(maxFileBytes)}. A large one is made smaller${picture ? '. Without a file the picture stays' : ''}`,
        accept: 'image/jpeg,image/png',
      }),
    ],
  };
};

export const removePicturePage = (release: Release): FormPage => ({
  title: 'Take the picture out',
  caption: release.shownTitle,
  ...backTo(releasePaths.release(release.id), 'The release'),
  lead: [
    'The release then has the picture that Safelight draws, with its headline. The change asks for a new approval.',
    ...(release.correction === null
      ? []
      : ['The public sees the picture until the correction is published. To end that now, withdraw the release.']),
  ],
  action: releasePaths.removePicture(release.id),
  button: 'Take it out',
  dangerous: true,
  fields: (ask) => [ask.hidden('revision', String(release.revision))],
});

/** A picture on a staff page, and what its clearance says. */
export type ShownPicture = {
  /** Undefined where the bytes are gone. */
  readonly src: string | undefined;
  readonly width: number;
  readonly height: number;
  /** Its words as HTML that is made safe. */
  readonly alternative: string | undefined;
  readonly caption: string | undefined;
  readonly credit: string | undefined;
};

/** What the approver confirms. */
export const clearanceRows = ({ clearance }: ReleasePicture): readonly (readonly [key: string, value: string])[] => [
  ['People', peopleWords[clearance.people]],
  ...(clearance.record ? ([['Recorded', clearance.record]] as const) : []),
  ['Checked at full size', 'No number plate, door, house number, street sign or business name can be recognised'],
  ['Cleared', `by ${clearance.by}, ${longDay(clearance.on)}`],
];

/** On the page of a release: the clearance, and where the picture is changed while the release is open. */
export type PictureSection = {
  readonly rows: readonly (readonly [key: string, value: string])[];
  readonly links: readonly { readonly href: string; readonly text: string }[];
};

/** Undefined for what others published, and where nothing can be added any more. */
export function pictureSection(release: Release): PictureSection | undefined {
  const { id, picture } = release;
  if (release.importedReleaseId !== null || (!picture && !isOpen(release))) return undefined;
  const change = { href: releasePaths.picture(id), text: picture ? 'Change the picture' : 'Add a picture' };
  const remove = { href: releasePaths.removePicture(id), text: 'Take the picture out' };
  return {
    rows: picture ? clearanceRows(picture) : [],
    links: isOpen(release) ? (picture ? [change, remove] : [change]) : [],
  };
}
