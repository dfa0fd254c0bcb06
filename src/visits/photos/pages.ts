/** Pages of photos of a visit: the list on the visit, one photo, the form that takes one, and the question before one goes. */
import { maxFileBytes } from '../../platform/files/index.ts';
import {
  backTo,
  type CasePage,
  type FormPage,
  type Section,
  type SectionsPage,
} from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { photoPaths, visitPaths } from '../../vocabulary/paths/visits.ts';
import { formatSize } from '../../vocabulary/sizes.ts';
import type { VisitPhoto } from './photo.ts';

const text = (words: string) => ({ text: words });

export const photosSection = (photos: readonly VisitPhoto[]): Section => ({
  kind: 'table',
  id: 'photos',
  caption: 'Photos of rooms and objects',
  stack: true,
  columns: ['Photo', 'Room', 'Added'].map(text),
  rows: photos.map(({ id, caption, room, recordedAt }) => [
    { text: caption, href: photoPaths.photo(id) },
    text(room),
    text(formatMoment(recordedAt)),
  ]),
});

export const addPhotoPage = (visitId: string, name: string, id: string): FormPage => ({
  title: 'Add a photo',
  caption: name,
  ...backTo(visitPaths.visit(visitId), name),
  warning: 'Photograph rooms and objects only. Do not photograph people here, not even from behind or in a mirror.',
  lead: [
    'Safelight makes a clean copy without place, time or phone details, and destroys the original. The photo also stays on your phone if your phone keeps it: delete it there.',
    'A photo that is evidence belongs in your own evidence system. Everybody who sees this visit sees the photo.',
  ],
  action: visitPaths.newPhoto(visitId),
  button: 'Add the photo',
  sending:
    'The photo is being sent and cleaned. This takes a few seconds, longer over a slow line. There is nothing more to press.',
  fields: (ask) => [
    ask.text('caption', 'What does it show?', { hint: 'For example, “three mattresses on the floor”. No names' }),
    ask.text('room', 'Room', { hint: 'Or where it is outside, like “back yard”' }),
    ask.formId(id),
    ask.file('file', 'The photo', {
      hint: `JPEG, PNG or WebP, up to ${formatSize(maxFileBytes)}`,
      accept: 'image/jpeg,image/png,image/webp',
      capture: 'environment',
    }),
  ],
});

export const photoPage = (
  photo: VisitPhoto,
  { name, recordedBy, removes }: { readonly name: string; readonly recordedBy: string; readonly removes: boolean },
): CasePage => ({
  title: photo.caption,
  caption: `Photo of a visit to ${name}`,
  back: { href: visitPaths.visit(photo.visitId), text: name },
  lead: ['This copy does not show place, time or phone. Your access is logged.'],
  actions: removes ? [{ href: photoPaths.remove(photo.id), text: 'Remove the photo', secondary: true }] : [],
  sections: [
    {
      kind: 'pictures',
      items: [
        { src: withQuery(photoPaths.copy(photo.id), { part: 1 }), alternative: photo.caption, caption: photo.room },
      ],
    },
    {
      kind: 'summary',
      title: 'About this photo',
      rows: [
        ['Room', photo.room],
        ['Added', `by ${recordedBy}, ${formatMoment(photo.recordedAt)}`],
        [
          'How long it is kept',
          'As long as the record of the visit. Who took it can remove it until the visit is finished. So can the team leader or commander of the same agency',
        ],
      ].map(([key = '', value = '']) => ({ key: text(key), value: text(value) })),
    },
  ],
});

export const removePhotoPage = (photo: VisitPhoto): FormPage => ({
  title: 'Remove the photo',
  caption: photo.caption,
  ...backTo(photoPaths.photo(photo.id), photo.caption),
  warning:
    'Safelight destroys the clean copy and its key. Nobody can open it again. The access log keeps your reason, and who saw the photo.',
  action: photoPaths.remove(photo.id),
  button: 'Remove the photo',
  dangerous: true,
  fields: (ask) => [
    ask.words('reason', 'Why must it go?', { hint: 'For example, “a person can be seen in the mirror”. No names' }),
  ],
});

/** Shown in place of a form of photos: what was seen at a finished visit is not changed. */
export const finishedPage = (title: string, visitId: string, name: string): SectionsPage => ({
  title,
  caption: name,
  ...backTo(visitPaths.visit(visitId), name),
  lead: ['This visit is finished. To add or remove a photo, open the visit again first, with a reason.'],
  sections: [],
});
