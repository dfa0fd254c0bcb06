/** The words of a release: its parts, what the public would read, and what in them no figure bears out. Wording and Markdown are loaded when first needed. */
import type { CertifiedReturn } from '../returns/index.ts';
import { channelsOn, listServices } from '../signs/index.ts';
import type { Decision, Finding, Justification, PublicationPolicy, Quote, Source, Told } from '../wording/index.ts';

export type ReleaseText = {
  readonly title: string;
  readonly area: string;
  readonly description: string;
  readonly keyPoints: readonly string[];
  /** Markdown. */
  readonly body: string;
  readonly quotes: readonly Quote[];
};

/** A text as it is written, with all that it is held to. */
export type Written = ReleaseText & {
  readonly policy: string;
  readonly decisions: readonly Decision[];
  readonly justifications: readonly Justification[];
  readonly correction: string | null;
};

/** The same with every placeholder filled in. */
export type PublicText = ReleaseText & { readonly correction: string | null };

type Wording = typeof import('../wording/index.ts');
let loaded: Promise<Wording> | undefined;
export const wording = (): Promise<Wording> => {
  loaded ??= import('../wording/index.ts');
  return loaded;
};

/** Between two parts that take time, so that a reader of another page is answered. */
const letOthersIn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Markdown as safe HTML. */
export async function toHtml(markdown: string): Promise<string> {
  const { renderMarkdown } = await import('../cuttings/index.ts');
  return renderMarkdown(markdown);
}

export async function findPolicyInForce(day: string): Promise<PublicationPolicy | undefined> {
  return (await wording()).findPolicyOn(day);
}

/** What the policy of this release lets it say of its figures. */
export async function toldBy(
  { policy, decisions }: Pick<Written, 'policy' | 'decisions'>,
  signed: CertifiedReturn,
): Promise<Told> {
  const { policyNamed, tell } = await wording();
  return tell(signed, policyNamed(policy), decisions);
}

/** The title as it reads now, whatever is missing. */
export async function sayTitle(title: string, told: Told): Promise<string> {
  const { fill } = await wording();
  return fill(title, told)
    .map(({ text }) => text)
    .join('');
}

/** One text of a release, by the name of its field. */
type Part = { readonly name: string; readonly label: string; readonly source: string };

export const partsOf = (text: Written): Part[] => [
  { name: 'title', label: 'Title', source: text.title },
  { name: 'area', label: 'Area', source: text.area },
  { name: 'description', label: 'Description', source: text.description },
  ...text.keyPoints.map((source, index) => ({ name: `point-${index}`, label: `Key point ${index + 1}`, source })),
  { name: 'body', label: 'Body', source: text.body },
  ...text.quotes.map(({ words }, index) => ({ name: `quote-${index}`, label: `Quote ${index + 1}`, source: words })),
  ...(text.correction ? [{ name: 'correction', label: 'What was corrected', source: text.correction }] : []),
];

/** The text with one of its parts changed. */
export function withPart<Text extends Written>(text: Text, name: string, source: string): Text {
  const [kind, number] = name.split('-');
  const at = Number(number);
  if (kind === 'point') return { ...text, keyPoints: text.keyPoints.with(at, source) };
  if (kind === 'quote')
    return { ...text, quotes: text.quotes.map((quote, i) => (i === at ? { ...quote, words: source } : quote)) };
  return { ...text, [name]: source };
}

export type Found = Finding & { readonly part: string; readonly label: string };

/** What was found in every part, in the order of the page. `publishOn` is the day on which it is to be read first. */
export async function findingsIn(text: Written, told: Told, publishOn: string): Promise<Found[]> {
  const { checkText } = await wording();
  const found: Found[] = [];
  const against = { publishOn, justifications: text.justifications, contacts: contactsOn(publishOn) };
  for (const { name, label, source } of partsOf(text)) {
    for (const finding of checkText(source, told, against)) found.push({ ...finding, part: name, label });
    await letOthersIn();
  }
  return found;
}

const contactsOn = (day: string): string[] =>
  listServices(day)
    .flatMap((service) => channelsOn(service, day))
    .flatMap(({ number, address }) => [number, address].filter((way) => way !== null));

export const isBorneOut = (findings: readonly Found[]): boolean => !findings.some(({ blocks }) => blocks);

/** What the public would read; undefined while a placeholder cannot be filled in, for nobody may see one. */
export async function publicTextOf(text: Written, told: Told): Promise<PublicText | undefined> {
  const { publicMarkdown, publicText } = await wording();
  let whole = true;
  const plain = (source: string): string => {
    const said = publicText(source, told);
    whole &&= said.ok;
    return said.ok ? said.value : '';
  };
  const body = publicMarkdown(text.body, told);
  const said: PublicText = {
    title: plain(text.title),
    area: plain(text.area),
    description: plain(text.description),
    keyPoints: text.keyPoints.map(plain),
    body: body.ok ? body.value : '',
    quotes: text.quotes.map((quote) => ({ ...quote, words: plain(quote.words) })),
    correction: text.correction && plain(text.correction),
  };
  return whole && body.ok ? said : undefined;
}

/** Sources that bear out what the text claims, each once: the public may look them up. */
export function sourcesOf(findings: readonly Found[]): Source[] {
  const sources = findings.flatMap(({ justified }) => justified?.source ?? []);
  return [...new Map(sources.map((source) => [`${source.url} ${source.date}`, source])).values()];
}

/** Around words that stand in the way, until they are HTML: two characters that mean nothing to anybody, and that no form lets in. */
export const marks = { open: '\u{E000}', close: '\u{E001}' } as const;
const everyMark = /[\u{E000}\u{E001}]/gu;

const figureMissing = '(figure missing)';

function withMarks(source: string, findings: readonly Found[]): string {
  let [made, from] = ['', 0];
  for (const { start, end, kind, blocks } of findings) {
    if (!blocks || start < from || end <= start) continue;
    const words = kind === 'placeholder' ? figureMissing : source.slice(start, end);
    made += `${source.slice(from, start)}${marks.open}${words}${marks.close}`;
    from = end;
  }
  return made + source.slice(from);
}

/** Words as HTML shows them. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Underlines what was marked; where tags come between, in each piece by itself. */
function underline(html: string): string {
  const [begin, end] = ['<span class="sl-underlined">', '</span>'];
  let open = false;
  return html
    .split(/(<[^>]*>)/)
    .map((piece) => {
      if (piece.startsWith('<')) return piece.replace(everyMark, '');
      const before = open ? begin : '';
      const said = piece.replace(everyMark, (mark) => {
        open = mark === marks.open;
        return open ? begin : end;
      });
      return `${before}${said}${open ? end : ''}`;
    })
    .join('')
    .replaceAll(`${begin}${end}`, '');
}

/** A part as the public would read it, as HTML, with what stands in the way underlined. */
export type Preview = Readonly<Record<string, string>>;

/** Placeholders are filled in wherever they can be; where Markdown cannot be shown for a fault, it stands as typed. */
export async function previewOf(text: Written, told: Told, findings: readonly Found[]): Promise<Preview> {
  const { publicMarkdown, publicText } = await wording();
  const shown: Record<string, string> = {};
  for (const { name, source } of partsOf(text)) {
    const marked = withMarks(
      source,
      findings.filter(({ part }) => part === name),
    );
    await letOthersIn();
    const said = name === 'body' ? publicMarkdown(marked, told) : publicText(marked, told);
    if (!said.ok) shown[name] = underline(escaped(marked));
    else shown[name] = underline(name === 'body' ? await toHtml(said.value) : escaped(said.value));
  }
  return shown;
}
