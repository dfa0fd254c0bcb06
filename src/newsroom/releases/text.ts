/** The text of a release: its parts, the public version, and its findings. Drafting and Markdown load when first needed. */

import type { CertifiedReturn } from '../../returns/index.ts';
import type { Quote } from '../drafting/draft.ts';
import type { Decision, PublishableReturn } from '../drafting/public-figures.ts';
import type { PublicationPolicy } from '../drafting/publication-policy.ts';
import type { Finding, Justification, Source } from '../release-check/finding.ts';
import { type Field, printedFields } from '../release-check/printed-fields.ts';
import { areSaferWordsFound } from '../release-check/safer-words.ts';
import { type CheckSettings, contactsOn, staleContactsOn } from '../release-check/stale-contacts.ts';
import { type PublicPicture, pickPublicPicture, type ReleasePicture } from '../release-picture/picture.ts';

export type ReleaseText = {
  readonly title: string;
  readonly area: string;
  readonly description: string;
  readonly keyPoints: readonly string[];
  /** Markdown. */
  readonly body: string;
  readonly quotes: readonly Quote[];
  readonly picture: PublicPicture | null;
};

/** A text as it is written, with all that it is held to. */
export type DraftText = ReleaseText & {
  readonly picture: ReleasePicture | null;
  readonly policy: string;
  readonly decisions: readonly Decision[];
  readonly justifications: readonly Justification[];
  readonly correction: string | null;
};

/** The same with every placeholder filled in. */
export type PublicText = ReleaseText & { readonly correction: string | null };

type DraftingModule = typeof import('../drafting/index.ts');
let loaded: Promise<DraftingModule> | undefined;
export const loadDrafting = (): Promise<DraftingModule> => {
  loaded ??= import('../drafting/index.ts');
  return loaded;
};

/** Between two parts that take time, so that a reader of another page is answered. */
const yieldToEventLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Markdown as safe HTML. */
export async function toHtml(markdown: string): Promise<string> {
  const { renderMarkdown } = await import('../release-reading/index.ts');
  return renderMarkdown(markdown);
}

export const findPolicyInForce = async (day: string): Promise<PublicationPolicy | undefined> =>
  (await loadDrafting()).findPolicyOn(day);

/** What the policy of this release lets it say of its figures. */
export async function applyReleasePolicy(
  { policy, decisions }: Pick<DraftText, 'policy' | 'decisions'>,
  signed: CertifiedReturn,
): Promise<PublishableReturn> {
  const { getPolicy: policyNamed, applyPolicy: tell } = await loadDrafting();
  return tell(signed, policyNamed(policy), decisions);
}

/** The title as it reads now, whatever is missing. */
export async function renderTitle(title: string, publishable: PublishableReturn): Promise<string> {
  const { printedText } = await loadDrafting();
  return printedText(title, publishable);
}

export type ReleaseFinding = Finding & { readonly part: string; readonly label: string };

/** What was found in every part, in the order of the page. `publishOn` is the day on which it is to be read first; `settings` has what the partnership approved: its contacts, as the public pages print them, and its jurisdiction. */
export async function checkReleaseText(
  text: DraftText,
  publishable: PublishableReturn,
  publishOn: string,
  settings?: CheckSettings,
): Promise<ReleaseFinding[]> {
  const { checkText, findInWhole, printedText } = await loadDrafting();
  const found: ReleaseFinding[] = [];
  const against = {
    publishOn,
    jurisdiction: settings?.jurisdiction,
    justifications: text.justifications,
    contacts: contactsOn(publishOn, settings),
    staleContacts: staleContactsOn(publishOn, settings),
    speakers: [...text.quotes.map(({ name }) => name), text.picture?.credit ?? ''],
  };
  const check = ({ name, label, source, form, takesFigures }: Field): ReleaseFinding[] => {
    const checkWords = (words: string): readonly Finding[] =>
      checkText(words, publishable, { ...against, voice: isQuoted(name) ? 'quoted' : 'ours' }, form);
    return checkWords(source).map((finding, at) => ({
      ...finding,
      ...(finding.blocks &&
        at < mostTried &&
        areSaferWordsFound(finding, source, checkWords) && { refusesSafer: true }),
      ...(!takesFigures && { offers: [] }),
      part: name,
      label,
    }));
  };
  const fields = printedFields(text);
  for (const field of fields) {
    found.push(...check(field));
    await yieldToEventLoop();
  }
  const ofSources = printedFields(text, sourcesOf(found)).slice(fields.length);
  for (const field of ofSources.filter(({ isAddress }) => !isAddress)) {
    found.push(...check(field));
    await yieldToEventLoop();
  }
  const whole = findInWhole(fields, (source) => printedText(source, publishable));
  return inOrderOfThePage([...found, ...whole], fields);
}

/** Of so many findings of a field the safer words are tried: more are not read at once. */
const mostTried = 50;

const isQuoted = (name: string): boolean => name.startsWith('quote-');

/** Sources stand below the fields. */
function inOrderOfThePage(findings: readonly ReleaseFinding[], fields: readonly Field[]): ReleaseFinding[] {
  const order = new Map(fields.map(({ name }, at) => [name, at] as const));
  const placeOf = ({ part }: ReleaseFinding): number => order.get(part) ?? fields.length;
  return findings.toSorted((one, other) => placeOf(one) - placeOf(other) || one.start - other.start);
}

/** A name that is both in a release and in the records of its case, from the last comparison. */
export type NamedPlace = Pick<ReleaseFinding, 'part' | 'label' | 'start' | 'end' | 'typed' | 'sentence'>;

/** Adds them to the other findings, in page order. Each blocks until a writer explains it. */
export async function addNameFindings(
  findings: readonly ReleaseFinding[],
  places: readonly NamedPlace[],
  { justifications }: Pick<DraftText, 'justifications'>,
): Promise<ReleaseFinding[]> {
  const { applyJustification: weigh } = await loadDrafting();
  const named = places.map(
    (place): ReleaseFinding => ({
      ...place,
      ...weigh(
        { ...place, kind: 'name', must: 'justify', blocks: true, message: nameMessage, offers: [] },
        { justifications },
      ),
    }),
  );
  const order = new Map([...findings, ...named].map(({ part }, index) => [part, index] as const).toReversed());
  return [...findings, ...named].sort(
    (one, other) => (order.get(one.part) ?? 0) - (order.get(other.part) ?? 0) || one.start - other.start,
  );
}

const nameMessage =
  'This may be in the records of the case: a name, a business, a street, a number or words of a note. Take it out, or say what else it means.';

export const hasNoBlockingFinding = (findings: readonly ReleaseFinding[]): boolean =>
  !findings.some(({ blocks }) => blocks);

/** The public text; undefined while a placeholder cannot be filled in, because nobody may see one. */
export async function publicTextOf(text: DraftText, publishable: PublishableReturn): Promise<PublicText | undefined> {
  const { publicMarkdown, publicText } = await loadDrafting();
  let whole = true;
  const plain = (source: string): string => {
    const said = publicText(source, publishable);
    whole &&= said.ok;
    return said.ok ? said.value : '';
  };
  const body = publicMarkdown(text.body, publishable);
  const said: PublicText = {
    title: plain(text.title),
    area: plain(text.area),
    description: plain(text.description),
    keyPoints: text.keyPoints.map(plain),
    body: body.ok ? body.value : '',
    quotes: text.quotes.map((quote) => ({ ...quote, words: plain(quote.words) })),
    picture: text.picture && pickPublicPicture(text.picture),
    correction: text.correction && plain(text.correction),
  };
  return whole && body.ok ? said : undefined;
}

/** Sources of the claims in the text, each once, for the public to look up. */
export function sourcesOf(findings: readonly ReleaseFinding[]): Source[] {
  const sources = findings.flatMap(({ justified }) => justified?.source ?? []);
  return [...new Map(sources.map((source) => [`${source.url} ${source.date}`, source])).values()];
}

/** Around words that stand in the way, until they are HTML: two characters that mean nothing to anybody, and that no form lets in. */
export const marks = { open: '\u{E000}', close: '\u{E001}' } as const;
const everyMark = /[\u{E000}\u{E001}]/gu;
/** The same around the printed figures. */
const figureMarks = { open: '\u{E002}', close: '\u{E003}' } as const;
const markFigure = (words: string): string => `${figureMarks.open}${words}${figureMarks.close}`;
const showFigures = (html: string): string =>
  html.replaceAll(figureMarks.open, '<span class="sl-printed-figure">').replaceAll(figureMarks.close, '</span>');

const figureMissing = '(figure missing)';

function withMarks(source: string, findings: readonly ReleaseFinding[]): string {
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

/** A part as HTML, as the public would read it, with the findings underlined. */
export type Preview = Readonly<Record<string, string>>;

/** Fills in placeholders where possible. If Markdown cannot be rendered, the part is shown as plain words. */
export async function previewOf(
  text: DraftText,
  publishable: PublishableReturn,
  findings: readonly ReleaseFinding[],
  { marksFigures = false }: { readonly marksFigures?: boolean } = {},
): Promise<Preview> {
  const { printedText, publicMarkdown, publicText } = await loadDrafting();
  const print = marksFigures ? markFigure : undefined;
  const shown: Record<string, string> = {};
  for (const { name, source, form } of printedFields(text)) {
    const marked = withMarks(
      source,
      findings.filter(({ part }) => part === name),
    );
    await yieldToEventLoop();
    const read = form === 'markdown' ? publicMarkdown : publicText;
    const said = read(marked, publishable, print);
    const html = !said.ok
      ? escaped(printedText(marked, publishable))
      : form === 'markdown'
        ? await toHtml(said.value)
        : escaped(said.value);
    shown[name] = showFigures(underline(html));
  }
  return shown;
}
