/** A whole release as plain text for editors. It reads Markdown, so the public site does not load it. Pure. */
import { dayOf } from '../../platform/clock.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { blocksOf } from '../drafting/markdown.ts';
import { figureNotes, figureRow } from './figures.ts';
import { type Address, embargoLine, type FullRelease, helpWords, speakerOf } from './full-text.ts';

/** For an e-mail. An embargo that has not ended is its first line. */
export function plainText(release: FullRelease, { url, origin }: Address, embargoUntil: Date | null): string {
  const { title, description, keyPoints, body, quotes, corrections, figures, sources } = release;
  const prose = blocksOf(body)
    .filter(({ kind }) => kind === 'prose')
    .map(({ text }) => text);
  return `${[
    embargoUntil && embargoLine(embargoUntil),
    title,
    description,
    ...corrections.map(({ at, note }) => `Corrected on ${longDay(dayOf(new Date(at)))}: ${note}`),
    keyPoints.map((point) => `- ${point}`).join('\n'),
    ...prose,
    ...quotes.map((quote) => `“${quote.words}”\n${speakerOf(quote)}`),
    `${helpWords.heading}\n${helpWords.danger} ${helpWords.anyone} ${helpWords.free}\n${helpWords.signs}: ${origin}/signs\n${helpWords.help}: ${origin}/help`,
    figures.length > 0 &&
      `Figures\n${figures
        .map(figureRow)
        .map(({ counted, published }) => `- ${counted}: ${published}`)
        .join('\n')}\n${figureNotes.join(' ')}`,
    sources.length > 0 &&
      `Sources\n${sources.map(({ text, url: at, date }) => `- ${text}, ${longDay(date)}: ${at}`).join('\n')}`,
    `The original, with any correction: ${url}`,
    'ENDS',
  ]
    .filter(Boolean)
    .join('\n\n')}\n`;
}
