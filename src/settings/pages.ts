/** The overview of the settings, their history, one version with its differences, and the form of the second person. */
import { getMemberName, type MemberNames } from '../platform/forms/correction.ts';
import type { FormErrors } from '../platform/http/server.ts';
import { lookParts } from '../platform/look/site-look.ts';
import { type Partnership, partnershipPartNames } from '../platform/partnership.ts';
import {
  backTo,
  type Cell,
  type FormPage,
  type Section,
  type SectionsPage,
  type StateItem,
} from '../platform/rendering/pages.ts';
import {
  type DecideRefusal,
  type SettingState,
  type SettingVersion,
  stateOfVersion,
} from '../public/settings/index.ts';
import { formatDateTime, formatMoment } from '../vocabulary/calendar/moments.ts';
import { settingsPaths } from '../vocabulary/paths/settings.ts';
import { compareContents, picturesOfSetting, titleOfSetting } from './descriptions.ts';
import { lookPages } from './look/pages.ts';
import type { Opening } from './opening.ts';
import type { Content } from './partnership-forms.ts';
import { partnershipPages } from './partnership-pages.ts';

const text = (words: string) => ({ text: words });
const summaryRow = (key: string, value: string) => ({ key: text(key), value: text(value) });

const stateTags: Readonly<Record<SettingState, Cell>> = {
  proposed: { text: 'Waits for approval', tag: 'yellow' },
  approved: { text: 'Approved', tag: 'green' },
  refused: { text: 'Refused', tag: 'red' },
  replaced: { text: 'Replaced', tag: 'grey' },
};

/** Where one part stands: one of the partnership’s words, or of the look. */
export type PartState = {
  readonly title: string;
  readonly href: string;
  /** The proposal that waits. */
  readonly waiting: SettingVersion | undefined;
  /** What the public reads now. */
  readonly published: string;
  readonly tag: Cell;
};

type Versions = {
  readonly newest: readonly SettingVersion[];
  readonly approved: readonly SettingVersion[];
};
type SetPage = { readonly title: string; readonly address: () => string };

/** `without`: what the public reads where nothing is approved, and the state that this is. */
function stateOfPart(
  part: string,
  { title, address }: SetPage,
  { newest, approved }: Versions,
  without: Pick<PartState, 'published' | 'tag'>,
): PartState {
  const ofPart = ({ setting }: SettingVersion): boolean => setting.part === part;
  const waiting = newest.filter(ofPart).find((version) => stateOfVersion(version) === 'proposed');
  const since = approved.find(ofPart)?.decision?.decidedAt;
  const now = since ? { published: `Approved ${formatDateTime(since)}`, tag: done } : without;
  return { title, href: address(), waiting, ...now };
}

const done: Cell = { text: 'Done', tag: 'green' };

const wordsUnset = (file: Partnership | undefined): Pick<PartState, 'published' | 'tag'> =>
  file
    ? { published: 'From the file of the start', tag: done }
    : { published: 'Nothing yet', tag: { text: 'To do', tag: 'blue' } };
const languagesUnset = (file: Partnership | undefined): Pick<PartState, 'published' | 'tag'> =>
  file && file.languages !== 'all'
    ? wordsUnset(file)
    : { published: 'All languages', tag: { text: 'Optional', tag: 'grey' } };

/** `file`: what the file of the start says. */
export const partnershipStates = (versions: Versions, file: Partnership | undefined): PartState[] =>
  partnershipPartNames.map((part) =>
    stateOfPart(part, partnershipPages[part], versions, part === 'languages' ? languagesUnset(file) : wordsUnset(file)),
  );

export const lookStates = (versions: Versions): PartState[] =>
  lookParts.map((part) =>
    stateOfPart(part, lookPages[part], versions, {
      published: 'The look of Safelight',
      tag: { text: 'Optional', tag: 'grey' },
    }),
  );

const statesTable = (caption: string, states: readonly PartState[], proposes: boolean): Section => ({
  kind: 'table',
  caption,
  stack: true,
  columns: ['Setting', 'State', 'Public now'].map(text),
  rows: states.map(({ title, href, waiting, published, tag }) => [
    proposes ? { text: title, href } : { text: title },
    waiting
      ? { text: 'Waits for approval', href: settingsPaths.version(waiting.setting.id), hidden: `: ${title}` }
      : tag,
    text(published),
  ]),
  empty: '',
});

export function settingsPage(
  states: { readonly partnership: readonly PartState[]; readonly look: readonly PartState[] },
  may: { readonly propose: boolean },
  opening: Opening,
  address: EntranceAddress,
): SectionsPage {
  return {
    title: 'Settings',
    lead: [
      'The public site shows these settings. An administrator proposes a change. Another administrator or a data-protection lead approves it. The public sees it within a minute.',
    ],
    actions:
      may.propose && !opening.open && opening.missing.length === 0 && !opening.waiting
        ? [{ post: settingsPaths.open(), text: 'Propose to open the public site' }]
        : [],
    sections: [
      ...openingSections(opening),
      statesTable('The partnership', states.partnership, may.propose),
      statesTable('Logo and colour', states.look, may.propose),
      entranceSection(address),
      {
        kind: 'list',
        title: 'Contacts',
        items: [{ href: settingsPaths.contacts(), text: 'Contacts and hours' }],
      },
      {
        kind: 'list',
        title: 'History',
        items: [{ href: settingsPaths.history(), text: 'All changes' }],
      },
    ],
  };
}

/** Where the private entrance is, and whether it has a host of its own. */
export type EntranceAddress = { readonly address: string; readonly ownHost: boolean };

/** The environment says where Safelight listens. It is shown here, and set there alone. */
const entranceSection = ({ address, ownHost }: EntranceAddress): Section => ({
  kind: 'summary',
  title: 'Private entrance',
  rows: [
    summaryRow('Address', address),
    summaryRow(
      'Host',
      ownHost ? 'A host of its own' : 'The host of the named site. This address names the partnership.',
    ),
  ],
  more: {
    title: 'How to change this address',
    text: 'Your operators set it on the server, as SAFELIGHT_PRIVATE_ORIGIN. Then print the papers again: their picture leads to this address.',
  },
});

/** What keeps the site closed, or that it waits for the second person; nothing once it is open. */
function openingSections({ open, missing, waiting }: Opening): Section[] {
  if (open) return [];
  const closed = {
    kind: 'states' as const,
    title: 'The public site is not open yet',
    lead: [
      'Until it is open, its pages show the emergency number alone and take no report.',
      'First ask a speaker of each offered language to check its shopping list for receipts. No list can change after the first report.',
    ],
    items: [] as StateItem[],
  };
  if (waiting) {
    const links = [{ href: settingsPaths.version(waiting.setting.id), text: 'See the proposal to open the site' }];
    return [{ ...closed, items: [{ kind: 'waiting', text: 'A second person must approve the opening.' }], links }];
  }
  if (missing.length === 0)
    return [{ ...closed, items: [{ kind: 'good', text: 'Everything is ready. Propose to open the public site.' }] }];
  return [
    closed,
    { kind: 'list', title: 'What is missing', items: missing.map(({ href, says }) => ({ href, text: says })) },
  ];
}

/** Of several versions that were approved, the public reads one. */
const historyTag = (version: SettingVersion, publicIds: ReadonlySet<string>): Cell => {
  if (publicIds.has(version.setting.id)) return { text: 'Public now', tag: 'green' };
  const state = stateOfVersion(version);
  return state === 'approved' ? { text: 'Approved earlier', tag: 'grey' } : stateTags[state];
};

export const historyPage = (
  versions: readonly SettingVersion[],
  names: MemberNames,
  publicIds: ReadonlySet<string>,
): SectionsPage => ({
  title: 'History of the settings',
  back: { href: settingsPaths.settings(), text: 'Settings' },
  sections: [
    {
      kind: 'table',
      caption: 'The latest first',
      stack: true,
      columns: ['What', 'Proposed', 'By', 'State', 'Decided by'].map(text),
      rows: versions.map((version) => {
        const { setting, decision } = version;
        const proposed = formatDateTime(setting.proposedAt);
        return [
          { text: titleOfSetting(setting), href: settingsPaths.version(setting.id), hidden: `, ${proposed}` },
          text(proposed),
          text(getMemberName(names, setting.proposedBy)),
          historyTag(version, publicIds),
          text(decision ? getMemberName(names, decision.decidedBy) : ''),
        ];
      }),
      empty: 'No proposals yet. Open a setting, change it and save it as a proposal.',
    },
  ],
});

export type VersionView = {
  readonly version: SettingVersion;
  /** What it replaced, or would replace; undefined where there is nothing. */
  readonly before: Content | undefined;
  readonly names: MemberNames;
};

const differencesSection = ({ version: { setting }, before }: VersionView) =>
  ({
    kind: 'table',
    caption: 'What changes',
    stack: true,
    columns: ['Field', 'Before', 'Proposed', 'Changed'].map(text),
    rows: compareContents(setting, before, setting.content).map(({ label, before: was, after, changed }) => [
      text(label),
      text(was || 'Nothing'),
      text(after || 'Nothing'),
      changed ? { text: 'Changed', tag: 'yellow' } : text('No'),
    ]),
    empty: 'This version says nothing.',
  }) as const;

function picturesSections({ version: { setting }, before }: VersionView): Section[] {
  const items = picturesOfSetting(setting, before);
  return items.length > 0 ? [{ kind: 'pictures', title: 'What it looks like', items }] : [];
}

const stateLead: Readonly<Record<SettingState, (own: boolean) => readonly string[]>> = {
  proposed: (own) => [
    own
      ? 'Saved as a proposal. Another administrator or a data-protection lead must approve it. You cannot approve your own proposal.'
      : 'Compare each field with what you know. The public sees this version within a minute of your approval.',
  ],
  approved: () => [],
  refused: () => [],
  replaced: () => ['A newer version was proposed before anybody decided on this one.'],
};

export function versionPage(
  view: VersionView,
  { own, decides, proposes }: { readonly own: boolean; readonly decides: boolean; readonly proposes: boolean },
): SectionsPage {
  const { version, names } = view;
  const { setting, decision } = version;
  const state = stateOfVersion(version);
  return {
    title: titleOfSetting(setting),
    caption: `Version of ${formatDateTime(setting.proposedAt)}`,
    back: { href: settingsPaths.history(), text: 'History of the settings' },
    lead: stateLead[state](own),
    actions: [
      ...(decides ? [{ href: settingsPaths.decide(setting.id), text: 'Approve or refuse' }] : []),
      ...(proposes && state !== 'proposed'
        ? [{ post: settingsPaths.proposeAgain(setting.id), text: 'Propose this version again', secondary: true }]
        : []),
    ],
    sections: [
      {
        kind: 'summary',
        rows: [
          summaryRow('State', String(stateTags[state].text)),
          summaryRow('Proposed by', getMemberName(names, setting.proposedBy)),
          summaryRow('Proposed', formatMoment(setting.proposedAt)),
          ...(decision
            ? [
                summaryRow('Decided by', getMemberName(names, decision.decidedBy)),
                summaryRow('Decided', formatMoment(decision.decidedAt)),
              ]
            : []),
          ...(decision?.reason ? [summaryRow('Reason', decision.reason)] : []),
        ],
      },
      ...picturesSections(view),
      differencesSection(view),
    ],
  };
}

export const decideErrors: Record<DecideRefusal, FormErrors> = {
  'their own': { '': 'You proposed this version. Another administrator or a data-protection lead decides.' },
  'decided already': { '': 'Somebody has decided on this version already.' },
  replaced: { '': 'A newer version was proposed. Open the newer version and decide on that.' },
};

export const decisions = ['approve', 'refuse'] as const;

export const decidePage = (view: VersionView): FormPage => {
  const { setting } = view.version;
  const changed = compareContents(setting, view.before, setting.content).filter((one) => one.changed);
  return {
    title: 'Approve or refuse',
    caption: titleOfSetting(setting),
    ...backTo(settingsPaths.version(setting.id), titleOfSetting(setting)),
    lead: [
      `${getMemberName(view.names, setting.proposedBy)} proposed this version at ${formatMoment(setting.proposedAt)}.`,
      changed.length > 0
        ? 'These fields change:'
        : 'No field changes. Your approval confirms what the public reads already.',
      ...changed.map(
        ({ label, before, after }) => `${label}: “${before || 'nothing'}” becomes “${after || 'nothing'}”.`,
      ),
    ],
    action: settingsPaths.decide(setting.id),
    button: 'Save your decision',
    fields: (ask) => [
      ask.one('decision', 'What do you decide?', [
        { value: 'approve', text: 'Approve', hint: text('The public sees this version within a minute') },
        { value: 'refuse', text: 'Refuse', hint: text('The public site stays as it is') },
      ]),
      ask.words('reason', 'Reason (only if you refuse)', {
        hint: 'The member who proposed it reads this. For example: the telephone number is last year’s',
        most: 500,
        rows: 3,
      }),
    ],
  };
};
