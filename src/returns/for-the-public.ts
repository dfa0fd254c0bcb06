/** Refuses a file of exact figures for a reason that leads to the public: a release has the figures that may be published. */
import { type ExportReason, exportReasons } from '../platform/exports/export-reason.ts';
import type { FormErrors, Request } from '../platform/http/server.ts';
import type { FormPage } from '../platform/rendering/pages.ts';
import { newsroomPaths } from '../vocabulary/paths/newsroom.ts';

/** What such a file says goes to anybody. */
const reasonsForPublic: readonly ExportReason[] = [
  'to publish it, or to send it to the press',
  'to answer somebody who asks or complains',
];

/** The reasons that such a file can be made for. */
export const reasonsForAFile: readonly ExportReason[] = exportReasons.filter((why) => !reasonsForPublic.includes(why));

/** Said before somebody chooses a reason. */
export const forThePublic =
  'You cannot make this file to publish it, for the press or for an answer. Small numbers can point to one person or premises. A release has the figures that may be published. Draft one, or take the figures file of a published release. If you are not a press officer, ask one.';

/** The error where the file would lead to the public. */
export const refuseForPublic = (why: ExportReason): FormErrors | undefined =>
  reasonsForPublic.includes(why)
    ? {
        why: 'A release has the figures that may be published. Draft one, or take the figures file of a published release',
      }
    : undefined;

/** The links to both, for who can open them. */
export const linksToReleases = (request: Pick<Request, 'can'>): Pick<FormPage, 'first' | 'more'> => ({
  ...(request.can('release.draft') && { first: { href: newsroomPaths.returns(), text: 'Draft a release' } }),
  ...(request.can('release.read') && { more: { href: newsroomPaths.list(), text: 'Published releases' } }),
});
