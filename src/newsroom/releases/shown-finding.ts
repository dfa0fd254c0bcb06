/** What was found in the text of a release, as its page shows it: in words, with the figures that can take the place of a number. */
import { isDeepStrictEqual } from 'node:util';
import type { Link } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { releasePaths } from '../../vocabulary/paths/newsroom.ts';
import { figureName } from '../figure-brackets/figure-names.ts';
import { singleBraces } from '../figure-brackets/unknown-brackets.ts';
import { harmOf, harms } from '../release-check/harms.ts';
import { isPictureField } from '../release-check/printed-fields.ts';
import { isOpen } from './release.ts';
import { saferWords, takeSaferWords, takeSentenceOut } from './safer-wording.ts';
import type { Release } from './store.ts';
import type { ReleaseFinding } from './text.ts';

/** A figure that can take the place of typed words: its key, its name and what it prints. */
type Offer = { readonly figure: string; readonly name: string; readonly says: string };

/** What to do first: a button that changes the text, or a link to where it is changed. */
type NextStep = { readonly text: string } & ({ readonly wording: string } | { readonly href: string });

export type ShownFinding = Pick<ReleaseFinding, 'label' | 'typed' | 'sentence' | 'message' | 'justified'> & {
  /** More reasons for the same step, where several things were found in one sentence. */
  readonly more: readonly Reason[];
  /** What the words could do, as a heading. */
  readonly harm: string;
  /** How to say it safely, or the one next step. */
  readonly safer: string;
  /** Undefined where a figure is offered, and where nothing can be changed. */
  readonly next: NextStep | undefined;
  /** The words in the text and their sentence, as the form of a button sends them. */
  readonly sent: Pick<ReleaseFinding, 'typed' | 'sentence'>;
  readonly offers: readonly Offer[];
  /** Offered beside the first. */
  readonly otherOffers: readonly Offer[];
  readonly justify: Link | undefined;
};

const mostOffers = 6;

const wordsOfMust: Partial<Record<ReleaseFinding['must'], string>> = {
  'bind or justify': 'Say why it may stand',
  justify: 'Say why it may stand',
  'give a source': 'Give its source',
};

/** What the words could do, which words, and why. */
export type Reason = Pick<ReleaseFinding, 'typed' | 'message'> & { readonly harm: string };

/** So many findings of a page are shown, those of one sentence with one next step as one. `print` gives a text with placeholders in words. */
export function shownFindings(
  release: Release,
  findings: readonly ReleaseFinding[],
  print: (text: string) => string,
): ShownFinding[] {
  const shown: { finding: ReleaseFinding; one: ShownFinding }[] = [];
  for (const finding of findings) {
    const one = shownFinding(release, finding, print);
    const at = shown.findIndex((other) => isSameStep({ finding, one }, other));
    const first = shown[at];
    if (!first) shown.push({ finding, one });
    else shown[at] = { ...first, one: { ...first.one, more: withReason(first.one, one) } };
  }
  return shown.map(({ one }) => one);
}

type Shown = { readonly finding: ReleaseFinding; readonly one: ShownFinding };

/** One press puts both right: the sentence goes, or one reason stands for the same words. */
function isSameStep(a: Shown, b: Shown): boolean {
  const isSamePlace = a.finding.part === b.finding.part && a.finding.sentence === b.finding.sentence;
  if (!isSamePlace || a.finding.sentence === '' || a.one.justified || b.one.justified) return false;
  if (a.one.offers.length + b.one.offers.length > 0) return false;
  const isSameWords = a.finding.start === b.finding.start && a.finding.end === b.finding.end;
  const hasChoice = a.one.justify !== undefined || b.one.justify !== undefined;
  if (hasChoice && !(isSameWords && a.finding.must === b.finding.must)) return false;
  const [step, other] = [a.one.next, b.one.next];
  return step !== undefined && other !== undefined && isDeepStrictEqual(step, other) && (isSameWords || !isSafer(step));
}

const isSafer = (step: NextStep): boolean => 'wording' in step && step.wording === 'safer';

/** A reason that was given already, for the same words, is not said again. */
function withReason(first: ShownFinding, { harm, typed, message }: ShownFinding): readonly Reason[] {
  const said = [{ typed: first.typed, message: first.message }, ...first.more];
  return said.some((one) => one.typed === typed && one.message === message)
    ? first.more
    : [...first.more, { harm, typed, message }];
}

/** `print` gives a text with placeholders in words. */
export function shownFinding(release: Release, finding: ReleaseFinding, print: (text: string) => string): ShownFinding {
  const { part, label, start, typed, sentence, message, must, justified } = finding;
  const { id, revision } = release;
  const open = isOpen(release);
  const more = wordsOfMust[must];
  const offers = open ? finding.offers.slice(0, mostOffers).map((offer) => shownOffer(offer, print)) : [];
  return {
    harm: harms[harmOf(finding)],
    label,
    typed: print(typed),
    sentence: shortened(print(sentence), print(typed)),
    sent: { typed: singleBraces(typed), sentence: singleBraces(sentence) },
    message,
    safer: saferText(release, finding),
    more: [],
    offers: offers.slice(0, 1),
    otherOffers: offers.slice(1),
    next: open && offers.length === 0 && !justified && finding.blocks ? nextStep(release, finding) : undefined,
    justify:
      open && more
        ? {
            text: justified ? 'Change' : more,
            href: withQuery(releasePaths.justify(id), { at: `${part}.${start}`, revision }),
          }
        : undefined,
    ...(justified && {
      justified: {
        ...justified,
        ...(justified.source && { source: { ...justified.source, date: longDay(justified.source.date) } }),
      },
    }),
  };
}

/** One step: the safer words, the text without the sentence, or the form. A claim first needs its source. */
function nextStep(release: Release, finding: ReleaseFinding): NextStep | undefined {
  const { typed, part, must } = finding;
  if (release.importedReleaseId !== null) return undefined;
  if (part === 'release' || must === 'give a source') return undefined;
  const safer = takeSaferWords(release, finding);
  if (safer) return { wording: 'safer', text: safer.words === '' ? `Take out “${typed}”` : `Write “${safer.words}”` };
  if (takeSentenceOut(release, finding)) return { wording: 'without the sentence', text: 'Take the sentence out' };
  return isPictureField(part)
    ? { href: releasePaths.picture(release.id), text: 'Change the words of the picture' }
    : { href: releasePaths.edit(release.id), text: 'Edit the text' };
}

/** The safer words where a rule can write them, else how to find them. The words of others stay as they are. */
function saferText(release: Release, finding: ReleaseFinding): string {
  if (release.importedReleaseId !== null) return 'Say what else the words mean, or discard this draft.';
  const { how, change } = saferWords(release, finding);
  if (!change) return how;
  return change.words === '' ? 'Leave the word out. The sentence says enough without it.' : `Write “${change.words}”.`;
}

const longest = 160;

/** The sentence around the words, no longer than a reader takes in at a glance. */
function shortened(sentence: string, words: string): string {
  if (sentence.length <= longest) return sentence === words ? '' : sentence;
  const from = Math.max(0, sentence.indexOf(words) - Math.floor((longest - words.length) / 2));
  const part = sentence.slice(from, from + longest);
  return `${from > 0 ? '…' : ''}${part.trim()}${from + longest < sentence.length ? '…' : ''}`;
}

const shownOffer = (offer: string, print: (text: string) => string): Offer => {
  const figure = offer.slice(2, -2);
  return { figure, name: figureName(figure) ?? figure, says: print(`: ${offer}`).slice(2) };
};
