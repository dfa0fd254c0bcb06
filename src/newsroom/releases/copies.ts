/** A release to copy: in 50 words, as plain text for editors, and as HTML for the site of a force. */
import { pasteHtml } from '../publication/full-text.ts';
import type { Lengths, ReleaseDetails } from './release-page.ts';
import { loadDrafting, type PublicText, sourcesOf, toHtml } from './text.ts';

/** The release to copy elsewhere. What others published is not ours to pass on, and a draft does not leave whole. */
export async function readLengths(
  { release, findings, figures, publication }: ReleaseDetails,
  said: PublicText,
  { url, origin, now }: { readonly url: string; readonly origin: string; readonly now: Date },
): Promise<Lengths | undefined> {
  if (release.importedReleaseId !== null) return undefined;
  const { briefText, countWords } = await loadDrafting();
  const { plainText } = await import('../publication/plain-text.ts');
  const brief = briefText(said);
  const isApproved = release.state === 'approved' || release.state === 'published';
  if (!isApproved) return { brief, words: countWords(brief), whole: undefined };
  const corrections = [
    ...(publication?.corrections ?? []),
    ...(said.correction ? [{ at: now.toISOString(), note: said.correction }] : []),
  ];
  const version = (publication?.version ?? 0) + (release.state === 'published' ? 0 : 1);
  const full = { ...said, version, html: await toHtml(said.body), corrections, sources: sourcesOf(findings), figures };
  const embargo = release.embargoUntil && release.embargoUntil > now ? release.embargoUntil : null;
  const whole = { plain: plainText(full, { url, origin }, embargo), html: pasteHtml(full, { url, origin }, embargo) };
  return { brief, words: countWords(brief), whole };
}
