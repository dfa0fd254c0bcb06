/** What a press office mails to its media list: the headline and the address of what is public, or that it was withdrawn. Pure. */
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { isPublic, publicFrom } from '../releases/release.ts';
import type { Publication, Withdrawal } from './store.ts';

export type MediaNotice = { readonly subject: string; readonly text: string };

/** Takes a publication and its withdrawal. Undefined where the public never read it. A withdrawn release gives its address alone. */
export function mediaNotice(
  publication: Publication | undefined,
  withdrawal: Pick<Withdrawal, 'at'> | undefined,
  { origin, now }: { readonly origin: string; readonly now: Date },
): MediaNotice | undefined {
  if (!publication || publication.importedFrom || !isPublic(publication, withdrawal?.at ?? now)) return undefined;
  const { title, description, slug, corrections } = publication;
  const url = `${origin}/news/${slug}`;
  if (withdrawal) return withdrawalNotice(url, withdrawal.at);
  const last = corrections.at(-1);
  if (last)
    return {
      subject: `Correction: ${title}`,
      text: `We corrected a news release at ${formatMoment(new Date(last.at))}. Please correct what you published from it.\n\n${last.note}\n\n${title}\n${url}\n`,
    };
  return {
    subject: `News release: ${title}`,
    text: `${title}\n\n${description}\n\n${url}\n\nPublished at ${formatMoment(publicFrom(publication))}.\n`,
  };
}

/** Nothing of the text that was withdrawn, not even its headline. */
export const withdrawalNotice = (url: string, at: Date): MediaNotice => ({
  subject: 'A news release was withdrawn',
  text: `We withdrew a news release at ${formatMoment(at)}. Please do not use it, and take down what you published from it.\n\n${url}\n`,
});

/** Opens a new e-mail in the reader’s own program, without an address. */
export const mailtoOf = ({ subject, text }: MediaNotice): string =>
  `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text.replaceAll('\n', '\r\n'))}`;
