/** Releases invented by chance: drafts of any return, with words that break careless writers of HTML, XML, JSON and YAML. */
import fc from 'fast-check';
import { draftRelease } from '../../../../src/newsroom/drafting/draft.ts';
import { extras } from '../../../../src/newsroom/drafting/examples.ts';
import { publicMarkdown, publicText } from '../../../../src/newsroom/drafting/placeholder.ts';
import { applyPolicy } from '../../../../src/newsroom/drafting/public-figures.ts';
import { getPolicy } from '../../../../src/newsroom/drafting/publication-policy.ts';
import { listStatedFigures } from '../../../../src/newsroom/drafting/stated-figures.ts';
import type { Publication } from '../../../../src/newsroom/publication/store.ts';
import type { PublicPicture } from '../../../../src/newsroom/release-picture/picture.ts';
import type { SignedReturn } from '../../../../src/vocabulary/figures.ts';
import { returns } from '../../../fixtures/random-returns.ts';
import { chance } from '../../../harness/assurance.ts';

/** What a text of a release holds, whatever the form that it leaves in. */
export type InventedRelease = Pick<
  Publication,
  'title' | 'description' | 'area' | 'keyPoints' | 'body' | 'quotes' | 'picture' | 'corrections' | 'sources' | 'figures'
>;

const policy = getPolicy('in force from 2026');

/** Words that a form lets in: controls and private characters are taken out there. */
const typable = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Co}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff{}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();

const awkward = [
  'Fish & chips <at> "eight" addresses ]]> in Bishop’s Stortford',
  '</script><script>alert(1)</script>',
  '<!-- not a comment --> <![CDATA[x]]>',
  'Straße, Zażółć, Ağrı, Łódź, Ελλάδα, Україна',
  'العربية and עברית in one line',
  '👩‍👩‍👧 and 🏴󠁧󠁢󠁥󠁮󠁧󠁿 and e\u0301',
  '# not a heading * not a point - nor this',
  'yes: no, @home, %tag, !bang, `tick`, | pipe > fold',
  'null',
  '~',
  '2026-09-25',
  '0x1f',
  '- - -',
  '```',
  'It\'s \\ "quoted" \\n',
];
const awkwardBodies = [
  '## What happened\n\n* One & two\n* Three <four>\n\n1. First\n2. Second',
  '#### A deep heading\n\nText **bold** and *soft* with [a link](https://elsewhere.example/a?b=1&c="2").',
  '> A quote\n> of two lines\n\n---\n\nAfter a line.',
  '```\ncode <b> & more\n```\n\n    not code',
  '<div onclick="x">HTML</div> and <b>more</b>\n\n# Another title',
  '![a picture](https://elsewhere.example/p.png "title")',
];

/** Gives one release after another; the same seed gives the same ones. */
export function* inventReleases(seed: number, many: number): Generator<InventedRelease> {
  const random = chance(seed);
  const pick = <One>(all: readonly One[]): One => all[Math.floor(random() * all.length)] as One;
  const loose = fc.sample(fc.string({ unit: 'grapheme', maxLength: 60 }), { seed, numRuns: 500 });
  const word = (): string => typable(random() < 0.5 ? pick(awkward) : pick(loose));
  const drafts = fc.sample(returns, { seed, numRuns: Math.min(many, mostDrafts) }).map(drafted);
  for (let number = 0; number < many; number += 1)
    yield invent(drafts[number % drafts.length] as Drafted, number, { random, pick, word });
}

/** Drafting takes longer than all the rest: some drafts are told again with other words. */
const mostDrafts = 400;

type Drafted = Pick<InventedRelease, 'title' | 'description' | 'area' | 'keyPoints' | 'body' | 'figures'>;

function drafted(signed: SignedReturn): Drafted {
  const draft = draftRelease(signed, policy, extras);
  const told = applyPolicy(signed, policy, extras.decisions);
  const say = (text: string): string => {
    const said = publicText(text, told);
    if (!said.ok) throw new Error(`a draft that cannot be printed: ${text}`);
    return said.value;
  };
  const body = publicMarkdown(draft.body, told);
  if (!body.ok) throw new Error(`a draft that cannot be printed: ${draft.body}`);
  return {
    title: say(draft.title),
    description: say(draft.description),
    area: draft.area,
    keyPoints: draft.keyPoints.map(say),
    body: body.value,
    figures: listStatedFigures([draft.title, draft.body], told, {
      edition: 'an edition',
      definitionOf: (indicator) => `What counts as ${indicator} & how`,
    }),
  };
}

type Dice = {
  readonly random: () => number;
  readonly pick: <One>(all: readonly One[]) => One;
  readonly word: () => string;
};

function invent(draft: Drafted, number: number, { random, pick, word }: Dice): InventedRelease {
  const often = (part: number): boolean => random() < part;
  return {
    title: often(0.5) ? `${draft.title} ${number}` : `${word()} ${number}`.trim(),
    description: often(0.5) ? draft.description : word() || 'A description',
    area: often(0.7) ? draft.area : word() || 'An area',
    keyPoints: [...draft.keyPoints, ...(often(0.5) ? [word() || 'A point'] : [])],
    body: [draft.body, ...(often(0.5) ? [pick(awkwardBodies)] : []), ...(often(0.3) ? [word()] : [])].join('\n\n'),
    quotes: often(0.5)
      ? [
          {
            rank: often(0.5) ? 'Sergeant' : '',
            name: word() || 'Robin',
            unit: word(),
            words: word() || 'Please tell us.',
          },
        ]
      : [],
    picture: number % 3 === 0 ? pictureOf(number, word) : null,
    corrections: often(0.3) ? [{ at: '2026-09-26T10:00:00.000Z', note: word() || 'A correction' }] : [],
    sources: often(0.3)
      ? [{ text: word() || 'A source', url: 'https://source.example/?a=1&b=%22', date: '2026-01-02' }]
      : [],
    figures: draft.figures,
  };
}

/** A picture of a third of the releases: its address and words go into pages and feeds, whatever its bytes are. */
const pictureOf = (number: number, word: () => string): PublicPicture => ({
  id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  width: 1_200,
  height: 800,
  bytes: 100_000 + number,
  alternative: word() || 'A picture',
  caption: word(),
  credit: word() || 'A force',
});
