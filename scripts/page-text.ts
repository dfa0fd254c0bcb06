/** Pure: the visible text of a rendered page, split into sentences. Knows the HTML that our own templates write. */

/** Elements that belong to the line around them. All others begin a new line. */
const inline = new Set(['a', 'abbr', 'b', 'bdi', 'em', 'i', 'small', 'span', 'strong', 'time']);
/** Elements whose content is code, a drawing, or what somebody typed. */
const unread = /<(svg|script|style|textarea|code|pre|template)\b[\s\S]*?<\/\1>/g;
/** Names of languages in their own script, and translations. */
const foreign = /<(\w+)\b[^>]*\blang="(?!en)[^"]*"[^>]*>[\s\S]*?<\/\1>/g;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" };

/** The lines of a page's main content: headings, paragraphs, labels, hints, errors, buttons, cells. */
export function linesOfPage(html: string): string[] {
  const main = /<main\b[\s\S]*?<\/main>/.exec(html)?.[0] ?? '';
  // Links side by side are a list, not a sentence.
  const text = main
    .replace(unread, '\0')
    .replace(foreign, '\0')
    .replace(/(<\/a>)\s*(?=<a\b)/g, '$1\0');
  const parts = text.split(/(<[^>]*>)/).map((part) => (part.startsWith('<') ? betweenTags(part) : part));
  return parts
    .join('')
    .split('\0')
    .map((line) => plain(line))
    .filter(Boolean);
}

function betweenTags(tag: string): string {
  const name = /^<\/?([a-z0-9]+)/.exec(tag)?.[1] ?? '';
  return inline.has(name) && !tag.includes('caption') ? '' : '\0';
}

const plain = (text: string): string =>
  text
    .replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim();

/** Splits a line where a sentence ends and another begins, and before an item of a list. */
export const sentencesOf = (line: string): string[] =>
  line
    .split(/(?<=[.?!][”"’)]?)\s+(?=[A-Z“"‘(0-9])|\s+(?=• )/)
    .map((sentence) => sentence.trim())
    .filter(Boolean);

/** The words of a text; numbers are none. */
export const wordsIn = (text: string): string[] => text.match(/[A-Za-z]+(?:[’'-][A-Za-z]+)*/g) ?? [];
