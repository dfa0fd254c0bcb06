/** The e-mail to a newsroom: the text that the public reads, a correction, or that a release was withdrawn. Pure. */
import { mediaNotice, withdrawalNotice } from '../publication/media-notice.ts';
import type { Publication } from '../publication/store.ts';
import type { Occasion } from './store.ts';

export type Letter = { readonly subject: string; readonly text: string };

/** `office` is where a newsroom writes to come off the list. */
const waysOut = (office: string): string =>
  `You get this because your newsroom is on our media list. To come off it, write “Unsubscribe” to ${office}.`;

const asLetter = (subject: string, parts: readonly string[], office: string): Letter => ({
  subject,
  text: `${[...parts.map((part) => part.trim()), `-- \n${waysOut(office)}`].join('\n\n')}\n`,
});

/** `whole` is the release in plain text. Undefined where it is not public as the round says. */
export function releaseLetter(
  publication: Publication,
  { occasion, version }: { readonly occasion: Occasion; readonly version: number },
  {
    whole,
    origin,
    now,
    office,
  }: { readonly whole: string; readonly origin: string; readonly now: Date; readonly office: string },
): Letter | undefined {
  const notice = mediaNotice(publication, undefined, { origin, now });
  if (!notice || publication.version !== version || occasion === 'withdrawn') return undefined;
  return asLetter(notice.subject, occasion === 'corrected' ? [notice.text, whole] : [whole], office);
}

/** Nothing of the withdrawn text. */
export function withdrawalLetter(
  { slug, at }: { readonly slug: string; readonly at: Date },
  { origin, office }: { readonly origin: string; readonly office: string },
): Letter {
  const { subject, text } = withdrawalNotice(`${origin}/news/${slug}`, at);
  return asLetter(subject, [text], office);
}
