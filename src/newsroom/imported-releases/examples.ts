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
