/** The words of the inbox: verdicts, states, what does not add up, totals. Pure. */
import { type Indicator, indicators } from '../../../vocabulary/figures.ts';
import { capital } from '../../../vocabulary/languages/english.ts';
import type { ReporterLevel } from '../document/signed-return.ts';
import type { ReporterState, Verdict } from './inbox.ts';
import type { Total } from './roll-up.ts';

export const levelWords: Readonly<Record<ReporterLevel, string>> = {
  force: 'force',
  partnership: 'partnership',
  country: 'country',
};

type Tagged = { readonly text: string; readonly tag: string };

export const stateTags: Readonly<Record<ReporterState, Tagged>> = {
  received: { text: 'received', tag: 'green' },
  late: { text: 'late', tag: 'yellow' },
  nil: { text: 'nil return', tag: 'green' },
  contradictory: { text: 'contradictory', tag: 'red' },
  'not counted': { text: 'not counted', tag: 'red' },
  'key not registered': { text: 'came, key not registered', tag: 'orange' },
  missing: { text: 'missing', tag: 'red' },
  waiting: { text: 'not yet received', tag: 'grey' },
};

export const verdictTags: Readonly<Record<Verdict, Tagged>> = {
  counts: { text: 'counts', tag: 'green' },
  replaced: { text: 'replaced', tag: 'grey' },
  contradiction: { text: 'contradiction', tag: 'red' },
  'older version': { text: 'older version', tag: 'orange' },
  'unknown key': { text: 'unknown key', tag: 'orange' },
  'key ended': { text: 'key ended', tag: 'red' },
  'another reporter': { text: 'another reporter', tag: 'red' },
  'operation of another reporter': { text: 'operation of another', tag: 'red' },
  'outside the window': { text: 'outside the window', tag: 'red' },
  'other definitions': { text: 'other definitions', tag: 'orange' },
  'not a return': { text: 'not a return', tag: 'red' },
  'bad signature': { text: 'bad signature', tag: 'red' },
  'does not add up': { text: 'does not add up', tag: 'red' },
};

/** What each verdict means, and what to do. */
export const verdictSentences: Readonly<Record<Verdict, string>> = {
  counts: 'This is the newest valid version. Its figures count.',
  replaced: 'A newer version or a newer copy counts instead.',
  contradiction:
    'Another document has the same operation and version, and says something else. Neither counts. Ask the partnership for a new version.',
  'older version': 'It came after a newer version, so it does not count. Nothing is to be done.',
  'unknown key':
    'Nobody has registered the key that signed it. It does not count. Compare the fingerprint with the partnership on the telephone, then register the key.',
  'key ended': 'It came after its key was ended. It does not count. Ask the partnership for its new key.',
  'another reporter':
    'Its key is registered for another name, country or level. It does not count. Correct the registration, or ask the partnership.',
  'operation of another reporter':
    'Another reporter sent a return of this operation first. It does not count. Ask both who leads the operation.',
  'outside the window': 'Its dates do not meet the dates of this week. It does not count.',
  'other definitions':
    'It was counted by definitions that this week does not use. It does not count. Ask for a new count, or add the edition to the week.',
  'not a return':
    'The file is no signed return of a known version. Ask the partnership for the file as Safelight made it.',
  'bad signature':
    'The content does not match its signature. Somebody changed it, or it broke on the way. Ask for it again.',
  'does not add up':
    'Some of its numbers contradict each other. It does not count. Ask the partnership for a new version.',
};

export const wordFigure = (name: string): string => capital(indicators[name as Indicator] ?? name);

const faultWords: Readonly<Record<string, string>> = {
  nil: 'It is a nil return and has figures',
  'joint visits': 'Its joint visits have more than its totals allow, or name a reference twice',
  'visits by day': 'Its visits by day are more than its total of visits',
  final: 'It is final and was signed before its operation was over',
};
export const wordFault = (fault: string): string =>
  faultWords[fault] ?? `${wordFigure(fault)}: the parts do not match the total`;

/** Whether it lies between two numbers. */
export const isBetween = ({ value, least }: Total): boolean => least !== undefined && least < value;

/** “7”, “at least 7”, “about 5”, “between 4 and 7”, “between about 10 and about 20”; “fewer than 5” where it can be nought. */
export function formatTotal(total: Total): string {
  const { value, qualifier, least = value, isRounded = false } = total;
  const say = (number: number): string => `${isRounded && number > 0 ? 'about ' : ''}${number.toLocaleString('en-GB')}`;
  if (qualifier === 'not known') return 'not known';
  if (isBetween(total)) {
    if (least === 0 && !isRounded) return `fewer than ${say(value + 1)}`;
    return `between ${say(least)} and ${say(value)}`;
  }
  return qualifier === 'exact' ? say(value) : `${qualifier} ${say(value)}`;
}
