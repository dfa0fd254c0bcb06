/** The overview of the settings, their history, one version with its differences, and the form of the second person. */
import { getMemberName, type MemberNames } from '../platform/forms/correction.ts';
import type { FormErrors } from '../platform/http/server.ts';
import { type PartnershipPart, partnershipPartNames } from '../platform/partnership.ts';
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
import { compareContents, titleOfSetting } from './descriptions.ts';
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

/** Where one part of the partnership’s words stands. */
export type PartState = {
  readonly part: PartnershipPart;
  /** The proposal that waits. */
  readonly waiting: SettingVersion | undefined;
  /** What the public reads: since when, or the file of the start. */
  readonly published: Date | 'file' | undefined;
};

const publishedWords = (published: PartState['published']): string => {
  if (published === undefined) return 'Nothing yet';
  return published === 'file' ? 'From the file of the start' : `Approved ${formatDateTime(published)}`;
};

export function settingsPage(
  states: readonly PartState[],
  may: { readonly propose: boolean },
  opening: Opening,
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
      {
        kind: 'table',
        caption: 'The partnership',
        stack: true,
        columns: ['Setting', 'State', 'Public now'].map(text),
        rows: states.map(({ part, waiting, published }) => {
          const { title, address } = partnershipPages[part];
          return [
            may.propose ? { text: title, href: address() } : { text: title },
            waiting
              ? { text: 'Waits for approval', href: settingsPaths.version(waiting.setting.id), hidden: `: ${title}` }
              : published === undefined
                ? { text: 'To do', tag: 'blue' }
                : { text: 'Done', tag: 'green' },
            text(publishedWords(published)),
          ];
        }),
        empty: '',
      },
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

/** What keeps the site closed, or that it waits for the second person; nothing once it is open. */
function openingSections({ open, missing, waiting }: Opening): Section[] {
  if (open) return [];
  const closed = {
    kind: 'states' as const,
    title: 'The public site is not open yet',
    lead: [
      'Until it is open, its pages show the emergency number alone and take no report.',
      'First ask a speaker of each language to check its shopping list for receipts. No list can change after the first report.',
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

export const partStates = (
  newest: readonly SettingVersion[],
  approved: readonly SettingVersion[],
  file: boolean,
): PartState[] =>
  partnershipPartNames.map((part) => {
    const ofPart = ({ setting }: SettingVersion): boolean => setting.part === part;
    const waiting = newest.filter(ofPart).find((version) => stateOfVersion(version) === 'proposed');
    const published = approved.find(ofPart)?.decision?.decidedAt ?? (file ? ('file' as const) : undefined);
    return { part, waiting, published };
  });

export const historyPage = (versions: readonly SettingVersion[], names: MemberNames): SectionsPage => ({
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
          stateTags[stateOfVersion(version)],
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
