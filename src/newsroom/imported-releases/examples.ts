/** Releases of invented forces, for tests and the gallery: written in the form in which releases are exchanged. */

type Written = {
  readonly title?: string;
  readonly area?: string;
  readonly year?: number;
  readonly body?: string;
};

/** One short release; every word of it can be given. */
export const written = ({
  title = 'Leashire Police joins week of action',
  area = 'Leashire',
  year = 2024,
  body = 'Officers visited three business addresses during the week, two in Northam and one in Easton.',
}: Written = {}): string =>
  [
    '```yaml',
    `area: ${area}`,
    'og:',
    `  description: How ${area} Police and its partners spent a week of action.`,
    'publish:',
    `  date: 11 Jun ${year}`,
    `title: ${title}`,
    `url: https://www.leashire.example.org/news/${encodeURIComponent(title)}`,
    '```',
    '',
    `${body}\n`,
  ].join('\n');

/** Hidden characters, look-alike addresses and links that lead or dial elsewhere; and one figure that is no claim. */
export const deceiving = written({
  title: 'Week\u202e of action',
  body: [
    'Officers visited six business\u200b addresses. The choir sang 47 songs.',
    'Visit www.nоrtham.police.uk or [www.northam.police.uk](https://example.net/x).',
    'Call [0800 555 111](tel:+447700900123), [0800 555 111](tel:0800555111) or [101](tel:101).',
    'In an emergency&#8238; call 999.',
  ].join('\n\n'),
});
