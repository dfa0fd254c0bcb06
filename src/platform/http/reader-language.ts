/** The language of a reader of the named site: the one they chose in the address, else the one their browser asks for. Pure. */
import type { FastifyRequest } from 'fastify';

/** In the address of a page whose reader chose a language. */
export const languageParameter = 'language';
const source = 'en';
/** A longer header is no browser's. */
const longestHeader = 500;

/** `da, en-GB;q=0.8` by weight, heaviest first (RFC 9110, 12.5.4). Weights that cannot be read count for nothing. */
function listAccepted(header: string): string[] {
  const ranges = header
    .slice(0, longestHeader)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const weight = parameters.find((one) => one.startsWith('q='));
      return { tag, weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0 };
    });
  return ranges
    .filter(({ tag, weight }) => tag !== '' && weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag);
}

/** The first accepted language that there is: `pt-BR` asks for `pt` too. English where none is. */
export function negotiateLanguage(header: string | undefined, codes: readonly string[]): string {
  for (const tag of listAccepted(header ?? '')) {
    const found = codes.find((code) => tag === code || tag.startsWith(`${code}-`));
    if (found) return found;
  }
  return source;
}

/** The language in the address, where it is one of ours. */
export const addressedLanguage = (
  { query }: Pick<FastifyRequest, 'query'>,
  codes: readonly string[],
): string | undefined => {
  const asked = (query as Readonly<Record<string, unknown>> | undefined)?.[languageParameter];
  return codes.find((code) => code === asked);
};

export const chosenLanguage = (request: Pick<FastifyRequest, 'query' | 'headers'>, codes: readonly string[]): string =>
  addressedLanguage(request, codes) ?? negotiateLanguage(request.headers['accept-language'], codes);
