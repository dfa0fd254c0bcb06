/** What the staff pages around a release show: the lists, the choice of a return, the forms of each act; and how a refusal is worded. */

import { dayOf, timeOf } from '../../platform/clock.ts';
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { Cell, FormPage, ListPage } from '../../platform/rendering/pages.ts';
import { type Pages, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import type { SignedReturnSummary } from '../../returns/index.ts';
import { dayRange } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { importedReleasePaths, newsroomPaths, releasePaths } from '../../vocabulary/paths/newsroom.ts';
import { returnPaths } from '../../vocabulary/paths/returns.ts';
import type { PublishableReturn, Withholding } from '../drafting/public-figures.ts';
import { singleBraces } from '../figure-brackets/unknown-brackets.ts';
import { type Act, isOperationOver, type ReleaseStatus, type State } from './release.ts';
import type { Release, ReleaseFilter, ReleaseSummary } from './store.ts';
import type { ReleaseFinding } from './text.ts';

export const stateWords: Record<State, { readonly text: string; readonly tag: string }> = {
  draft: { text: 'Draft', tag: 'grey' },
  submitted: { text: 'Waiting for approval', tag: 'yellow' },
  approved: { text: 'Approved', tag: 'blue' },
  published: { text: 'Published', tag: 'green' },
  withdrawn: { text: 'Withdrawn', tag: 'red' },
};
/** A release whose embargo has not ended is not public yet, and no page calls it published. */
export const standingOf = (
  { state, embargoUntil, publishedRevision }: Pick<ReleaseStatus, 'state' | 'embargoUntil' | 'publishedRevision'>,
  now: Date,
): (typeof stateWords)[State] =>
  state === 'withdrawn' && publishedRevision === null
    ? discardedState
    : state === 'published' && embargoUntil && embargoUntil > now
      ? { text: `Will be public at ${formatMoment(embargoUntil)}`, tag: 'blue' }
      : stateWords[state];
export const stoppedState = { text: 'Stopped by a safeguarding lead', tag: 'red' };
/** A draft that never was public cannot be withdrawn. */
const discardedState = { text: 'Discarded', tag: 'grey' };
const shelfWords = (state: State): string =>
  state === 'withdrawn' ? 'Withdrawn or discarded' : stateWords[state].text;
const listedStates: readonly State[] = ['draft', 'submitted', 'approved', 'published', 'withdrawn'];

const embargoWords = ({ embargoUntil }: Pick<ReleaseStatus, 'embargoUntil'>, now: Date): string =>
  embargoUntil && embargoUntil > now ? `embargo until ${formatMoment(embargoUntil)}` : '';

type ReleaseList = {
  readonly shelf: ReleaseFilter;
  readonly page: number;
  readonly now: Date;
  readonly releases: readonly ReleaseSummary[];
  readonly counts: ReadonlyMap<State, number>;
  readonly areas: readonly string[];
  readonly names: ReadonlyMap<string, string>;
  readonly stopped: ReadonlySet<string>;
  /** Operations with a signed return that has no release yet. */
  readonly unwritten: number;
};

/** The list of releases, with its shelves and its filter. */
export type NewsroomPage = ListPage & {
  readonly addresses: {
    readonly newsroom: string;
    readonly returns: string;
    readonly imported: string;
    readonly numbers: string;
  };
  readonly unwritten: number;
  readonly shelf: ReleaseFilter;
  readonly areas: readonly string[];
  readonly shelves: readonly {
    readonly text: string;
    readonly count: number;
    readonly href: string;
    readonly current: boolean;
  }[];
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'newsroom/releases/newsroom': NewsroomPage;
  }
}

export function newsroomPage({
  shelf,
  page,
  now,
  releases,
  counts,
  areas,
  names,
  stopped,
  unwritten,
}: ReleaseList): NewsroomPage {
  const { area, words } = shelf;
  const address = (state: State | undefined, number?: number): string =>
    withQuery(newsroomPaths.list(), { state, area, words, page: number });
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const total = shelf.state ? (counts.get(shelf.state) ?? 0) : all;
  return {
    title: 'Releases',
    lead: [
      'These releases concern your agency. A second person must approve a release before it is published. Anyone here can withdraw a release without approval.',
    ],
    addresses: {
      newsroom: newsroomPaths.list(),
      returns: newsroomPaths.returns(),
      imported: importedReleasePaths.list(),
      numbers: returnPaths.ledger(),
    },
    unwritten,
    shelf,
    areas,
    shelves: [undefined, ...listedStates].map((state) => ({
      text: state ? shelfWords(state) : 'All',
      count: state ? (counts.get(state) ?? 0) : all,
      href: address(state),
      current: state === shelf.state,
    })),
    list: {
      kind: 'table',
      caption: shelf.state ? shelfWords(shelf.state) : 'Releases',
      columns: ['Release', 'Area', 'Last changed', 'State'].map((text) => ({ text })),
      rows: releases.map((release) => releaseRow(release, names, now, stopped.has(release.id))),
      empty:
        all === 0 && !shelf.area && !shelf.words
          ? 'No release has been written yet. When an analyst has signed a return, draft one from it.'
          : 'This list has no matching releases. Choose another list, or remove a word from the search.',
      pages: paginate(page, pageSize, total, (number) => address(shelf.state, number)),
    },
  };
}

function releaseRow(release: ReleaseSummary, names: ReadonlyMap<string, string>, now: Date, stopped: boolean): Cell[] {
  const { text, tag } = stopped ? stoppedState : standingOf(release, now);
  const state = release.correction === null ? text : `Correction: ${text.toLowerCase()}`;
  return [
    { text: release.shownTitle, href: releasePaths.release(release.id) },
    { text: release.area },
    { text: `${formatMoment(release.editedAt)}, by ${names.get(release.editedBy) ?? 'somebody who has left'}` },
    { text: [state, release.state === 'published' ? '' : embargoWords(release, now)].filter(Boolean).join(', '), tag },
  ];
}

/** `written`: by operation, the release that somebody has begun about it. */
export const choosePage = (
  returns: readonly SignedReturnSummary[],
  written: ReadonlyMap<string, string>,
  pages: Pages,
): ListPage => ({
  title: 'Choose a signed return',
  back: { href: newsroomPaths.list(), text: 'Releases' },
  lead: [
    'A release gives the figures of one signed return. You see the signed figures, never the records behind them.',
  ],
  list: {
    kind: 'table',
    caption: 'Signed returns',
    columns: ['Operation', 'Week', 'Return', 'Signed', 'Release'].map((text) => ({ text })),
    rows: returns.map(({ id, operationId, facts, version, stage, signedAt, latest }) => [
      { text: facts.codeName },
      { text: `${facts.weekName}, ${dayRange(...facts.localDates)}` },
      {
        text: `version ${version}, ${stage}${isOperationOver({ facts, signedAt }) ? '' : '. Signed too early to be published'}`,
      },
      { text: formatMoment(signedAt) },
      releaseCell(written.get(operationId), { id, latest, codeName: facts.codeName }),
    ]),
    empty:
      'No return has been signed in an operation that your agency takes part in. An analyst signs it when the count adds up.',
    pages,
  },
});

const releaseCell = (
  written: string | undefined,
  { id, latest, codeName }: { readonly id: string; readonly latest: boolean; readonly codeName: string },
): Cell =>
  written
    ? { text: 'Open the release', href: releasePaths.release(written), hidden: `of ${codeName}` }
    : latest
      ? { text: 'Draft a release', href: newsroomPaths.draft(id), hidden: `of ${codeName}` }
      : { text: 'A later return was signed' };

export type WithheldByRule = Pick<Withholding, 'rule' | 'why' | 'source'> & {
  readonly items: readonly { readonly what: string; readonly instead: string }[];
};

/** What a policy coarsened or kept in, and what a draft left out, rule by rule. */
export const shownWithheld = ({ withheld, leftOut }: PublishableReturn): WithheldByRule[] =>
  [...Map.groupBy([...withheld, ...leftOut], ({ rule }) => rule)].map(([rule, of]) => ({
    rule,
    why: of[0]?.why ?? '',
    source: of[0]?.source ?? '',
    items: of.map(({ what, instead }) => ({
      what: capital(what),
      instead: instead === 'nothing' ? 'withheld' : instead,
    })),
  }));

/** A form for one act on a release: what it does, in plain words, and the revision that was seen. */
export const actPage = (
  release: Release,
  act: (id: string) => string,
  page: Pick<FormPage, 'title' | 'lead' | 'button' | 'dangerous'>,
  fields: (ask: FieldBuilder) => readonly Field[] = () => [],
): FormPage => ({
  ...page,
  caption: release.shownTitle,
  action: act(release.id),
  cancel: releasePaths.release(release.id),
  fields: (ask) => [ask.hidden('revision', String(release.revision)), ...fields(ask)],
});

export const sendBackPage = (release: Release): FormPage =>
  actPage(
    release,
    releasePaths.sendBack,
    { title: 'Send this release back', lead: ['It becomes a draft again, with your note.'], button: 'Send back' },
    (ask) => [ask.words('note', 'What should be changed', { most: 1_000 })],
  );

type PublishPageData = {
  readonly link: string;
  readonly share: string;
  readonly now: Date;
  readonly isOut: boolean;
  /** Whether e-mails go to the media list. */
  readonly mails: boolean;
};

export const publishPage = (release: Release, { link, share, now, isOut, mails }: PublishPageData): FormPage =>
  actPage(release, releasePaths.publish, {
    title: release.correction === null ? 'Publish this release' : 'Publish this correction',
    lead: [
      !isOut && release.embargoUntil && release.embargoUntil > now
        ? `Everybody can read it from ${formatMoment(release.embargoUntil)}, by itself. Until then nobody can.`
        : 'Everybody can read it at once.',
      release.correction === null
        ? `Its address will be ${link}. If another release has that address first, a number is added at its end.`
        : 'It takes the place of the text that is public now. The address stays.',
      ...(mails ? ['Newsrooms on the media list of the agency that wrote it then get it by e-mail.'] : []),
      `To share: ${share}`,
    ],
    button: 'Publish',
  });

/** `newFigures`: what a later return says otherwise, where there is one. */
export const correctPage = (release: Release, newFigures?: readonly string[]): FormPage =>
  actPage(
    release,
    releasePaths.correct,
    {
      title: 'Correct this release',
      lead: [
        'The public text stays until your correction is approved and published. The public page then shows your correction note with its date. The earlier text stays readable here.',
        ...(newFigures && newFigures.length > 0
          ? [`A newer return changed these figures. ${newFigures.join('; ')}.`]
          : []),
      ],
      button: 'Begin the correction',
    },
    (ask) => [ask.words('note', 'Correction, as the public will read it', { most: 500 })],
  );

export const giveUpPage = (release: Release): FormPage =>
  actPage(release, releasePaths.giveUp, {
    title: 'Give up this correction',
    lead: ['The published text stays public. The text of the correction stays readable here, among the earlier texts.'],
    button: 'Give up the correction',
  });

/** A release whose embargo has not ended was published and never shown. */
export function withdrawPage(release: Release, now: Date): FormPage {
  const isHidden = release.state === 'published' && release.embargoUntil !== null && release.embargoUntil > now;
  const wasPublished = release.publishedRevision !== null;
  return actPage(
    release,
    releasePaths.withdraw,
    {
      title: wasPublished ? 'Withdraw this release' : 'Discard this draft',
      lead: isHidden
        ? [
            'Nobody outside has read it: its embargo has not ended. It will not become public. Its picture is destroyed, and no e-mail goes out. You need no approval. You cannot undo this.',
          ]
        : wasPublished
          ? [
              'The public pages and feeds stop showing the release at once, by day or night. You need no approval. Readers who open the release’s web address then see only that it was withdrawn, and when. Its picture is destroyed. Newsrooms on the media list get an e-mail, where a mail server is set. You cannot undo this.',
            ]
          : ['It was never public. It stays readable here, and nothing more can be done with it.'],
      button: wasPublished ? 'Withdraw it now' : 'Discard this draft',
      dangerous: true,
    },
    (ask) => [ask.words('why', 'Why', { most: 500, hint: 'For the newsroom. The public does not see it.', rows: 3 })],
  );
}

/** Why words typed by hand may stand, or where a claim comes from. `print` gives a text with placeholders in words. */
export function justifyPage(release: Release, finding: ReleaseFinding, print: (text: string) => string): FormPage {
  const known = finding.justified;
  const claim = finding.must === 'give a source';
  return {
    title: claim ? 'Where does this come from?' : 'Why may this stand?',
    caption: `${finding.label}: “${print(finding.typed)}”`,
    lead: [
      `“${print(finding.sentence)}”`,
      finding.message,
      'It holds for this sentence as it stands. A changed sentence is judged afresh.',
    ],
    action: releasePaths.justify(release.id),
    cancel: releasePaths.release(release.id),
    fields: (ask) => [
      ask.hidden('typed', singleBraces(finding.typed)),
      ask.hidden('sentence', singleBraces(finding.sentence)),
      ...(claim
        ? [
            ask.text('source', 'What the source is called', {
              value: known?.source?.text,
              hint: 'The public sees it, with its address and date.',
            }),
            ask.text('url', 'Its address', { type: 'url', spellcheck: false, value: known?.source?.url }),
            ask.day('date', 'Its date', { value: known?.source?.date }),
            ask.text('reason', 'Note (optional)', { value: known?.reason }),
          ]
        : [
            ask.text('reason', 'Why', {
              value: known?.reason,
              hint: 'For the approver, in at least three words. The public does not see it.',
            }),
          ]),
    ],
  };
}

export const actWords = ({ act }: Act, { publishedRevision }: Pick<ReleaseStatus, 'publishedRevision'>): string =>
  act === 'withdrawn' && publishedRevision === null ? 'Discarded' : capital(act);

/** "09:30" and the day, for the two fields of an embargo. */
export const embargoFields = (ask: FieldBuilder, until: Date | null): Field[] => [
  ask.day('embargo', 'Embargo: until which day (optional)', { value: until ? dayOf(until) : undefined }),
  ask.time('embargoTime', 'Embargo: until what time', { value: until ? timeOf(until) : undefined }),
];
