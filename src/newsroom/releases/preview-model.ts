/** A release as the public would read it, for a page of staff: every part as HTML that is made safe. */
import { withQuery } from '../../platform/rendering/paging.ts';
import { releasePaths } from '../../vocabulary/paths/newsroom.ts';
import type { ShownPicture } from '../release-picture/pages.ts';
import type { Release } from './store.ts';
import type { Preview } from './text.ts';

/** The parts of a release as HTML that is made safe. */
export type ShownPreview = {
  readonly title: string | undefined;
  readonly area: string;
  readonly description: string | undefined;
  readonly keyPoints: readonly (string | undefined)[];
  readonly body: string | undefined;
  readonly quotes: readonly Readonly<Record<'rank' | 'name' | 'unit' | 'words', string | undefined>>[];
  readonly picture: ShownPicture | undefined;
  readonly correction: string | null | undefined;
};

/** `pictureKept`: whether its picture is the one that the address of the release shows. */
export const previewModel = (
  { id, state, area, quotes, keyPoints, picture, correction }: Release,
  preview: Preview,
  pictureKept = state !== 'withdrawn',
): ShownPreview => ({
  title: preview.title,
  area: preview.area ?? area,
  description: preview.description,
  keyPoints: keyPoints.map((_, index) => preview[`point-${index}`]),
  body: preview.body,
  quotes: quotes.map((_, index) => ({
    rank: preview[`rank-${index}`],
    name: preview[`speaker-${index}`],
    unit: preview[`unit-${index}`],
    words: preview[`quote-${index}`],
  })),
  picture: picture
    ? {
        src: pictureKept ? withQuery(releasePaths.pictureFile(id), { v: picture.id }) : undefined,
        width: picture.width,
        height: picture.height,
        alternative: preview.alternative,
        caption: preview.caption,
        credit: preview.credit,
      }
    : undefined,
  correction: correction && preview.correction,
});
