/** What the pages of “Who can see what” show: the same sentences as the document, with a way from one to the other. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { raisedCeilings } from '../../platform/exports/export-ceilings.ts';
import type { Link } from '../../platform/rendering/pages.ts';
import { accessRulesPaths } from '../../vocabulary/paths/access.ts';
import { purposes } from '../../vocabulary/people.ts';
import { compareAccessRules, type Difference, isUnchanged } from './difference.ts';
import { exportCeilingsIntro, formatRaisedCeilingLine, intro } from './document.ts';
import { getKindLabel, groups } from './kinds.ts';
import {
  describeClasses,
  describeRoles,
  listKindsForPurpose,
  listPermissionsForEverybody,
  type Permission,
  type RecordClassDescription,
  splitSensitive,
} from './permission.ts';
import { formatCondition, formatVerbs } from './permission-cells.ts';
import type { PolicyVersion } from './store.ts';
import { everybody, purposeLabels, roleLabels, sentenceCase } from './words.ts';

/** One permission a row, so that nobody has to take a long sentence apart. */
type PermissionTable = {
  readonly caption: string;
  readonly captionClasses: string;
  readonly stack: true;
  readonly columns: readonly { readonly text: string }[];
  readonly rows: readonly (readonly (Link | { readonly text: string })[])[];
};

/** What one role may do and never sees. */
type RoleSection = {
  readonly title: string;
  readonly id: string;
  readonly table: PermissionTable;
  readonly never: readonly Link[];
  readonly nor: readonly Link[];
};

type KindGroup = {
  readonly title: string;
  readonly id: string;
  readonly kinds: readonly (Omit<RecordClassDescription, 'permissions'> & {
    readonly called: { readonly name: string };
    readonly id: string;
    readonly table: PermissionTable;
  })[];
};

/** What one version opens and closes beside another. */
type Comparison = {
  readonly unreadable?: true;
  readonly same?: boolean;
  readonly lists: readonly { readonly title: string; readonly sentences: readonly string[] }[];
};

type AccessRulesPage = {
  readonly title: string;
  readonly intro: readonly string[];
  readonly roles: readonly RoleSection[];
  readonly groups: readonly KindGroup[];
  readonly purposes: readonly {
    readonly title: string;
    readonly kinds: readonly Link[];
    readonly written: readonly Link[];
  }[];
  readonly leaving: { readonly lead: string; readonly items: readonly string[] };
  readonly since: Date | undefined;
  readonly changed: Comparison | undefined;
  readonly earlier: readonly { readonly since: Date; readonly until: Date | undefined; readonly href: string }[];
};

type VersionPage = {
  readonly title: string;
  readonly back: Link;
  readonly since: Date;
  readonly changed: Comparison;
  readonly download: string;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'access/who-can-see-what/policy': AccessRulesPage;
    'access/who-can-see-what/version': VersionPage;
  }
}

const anchorOf = (name: string): string => `kind-${name.replaceAll(' ', '-')}`;
const roleAnchor = (name: string): string => `role-${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;
const kindLink = (name: string) => ({ text: getKindLabel(name).name, href: `#${anchorOf(name)}` });

const tableOf = (caption: string, first: string, rows: PermissionTable['rows']): PermissionTable => ({
  caption,
  captionClasses: 'govuk-visually-hidden',
  stack: true,
  columns: [first, 'Can', 'Purpose', 'Only if'].map((text) => ({ text })),
  rows,
});

/** “to count, publish or audit”. */
function formatPurposes(all: Permission['purposes']): string {
  const [first = '', ...more] = all.map((purpose) => purposeLabels[purpose]);
  const rest = more.map((label) => label.replace(/^to /, ''));
  const last = rest.pop();
  return [[first, ...rest].join(', '), last].filter(Boolean).join(' or ');
}

/** What is permitted, for what work, and on which condition. */
const cellsOf = (permission: Permission) => [
  { text: formatVerbs(permission) },
  { text: sentenceCase(formatPurposes(permission.purposes)) },
  { text: formatCondition(permission) },
];

/** Under a role the kind of record is a link to all that is said of it. */
const roleRow = (permission: Permission) => [kindLink(permission.recordClass), ...cellsOf(permission)];

export function accessRulesPage(policy: AreaPolicy, versions: readonly PolicyVersion[]): AccessRulesPage {
  const classes = describeClasses(policy);
  const roleSections = [
    {
      title: everybody,
      id: roleAnchor(everybody),
      table: tableOf(everybody, 'Record', listPermissionsForEverybody(classes).map(roleRow)),
      never: [],
      nor: [],
    },
    ...describeRoles(classes).map(({ role, may, never }) => {
      const { telling, rest } = splitSensitive(classes, never);
      return {
        title: roleLabels[role],
        id: roleAnchor(roleLabels[role]),
        table: tableOf(roleLabels[role], 'Record', may.map(roleRow)),
        never: telling.map(kindLink),
        nor: rest.map(kindLink),
      };
    }),
  ];
  const [latest, before] = versions;
  return {
    title: 'Access rules',
    intro,
    roles: roleSections,
    groups: groupKinds(classes),
    purposes: purposes.flatMap((purpose) => {
      const { read, written } = listKindsForPurpose(purpose, classes);
      return read.length + written.length === 0
        ? []
        : [{ title: purposeLabels[purpose], kinds: read.map(kindLink), written: written.map(kindLink) }];
    }),
    leaving: { lead: exportCeilingsIntro, items: raisedCeilings.map(formatRaisedCeilingLine) },
    since: latest?.since,
    changed: latest && before ? formatComparison(compareAccessRules(before.text, latest.text)) : undefined,
    earlier: versions.slice(1).map(({ id, since }, index) => ({
      since,
      until: versions[index]?.since,
      href: accessRulesPaths.version(id),
    })),
  };
}

/** Kinds under the work that they belong to, in its order, each by the name that people have for it. */
function groupKinds(classes: readonly RecordClassDescription[]): KindGroup[] {
  const kinds = classes
    .map(({ permissions, ...kind }) => ({
      ...kind,
      called: getKindLabel(kind.name),
      id: anchorOf(kind.name),
      table: tableOf(
        getKindLabel(kind.name).name,
        'Who',
        permissions.map((permission) => [{ text: permission.who }, ...cellsOf(permission)]),
      ),
    }))
    .sort((one, other) => one.called.at - other.called.at || one.called.within - other.called.within);
  return groups.flatMap((group) => {
    const within = kinds.filter(({ called }) => called.group === group);
    return within.length === 0 ? [] : [{ title: group, id: `group-${groups.indexOf(group) + 1}`, kinds: within }];
  });
}

export const versionPage = ({ id, text, since }: PolicyVersion, now: string): VersionPage => ({
  title: 'Changes since an earlier version',
  back: { href: accessRulesPaths.rules(), text: 'Access rules' },
  since,
  changed: formatComparison(compareAccessRules(text, now)),
  download: accessRulesPaths.downloadVersion(id),
});

/** Three lists with their headings; what an earlier Safelight wrote in a form that this one cannot read is said so. */
function formatComparison(difference: Difference | undefined): Comparison {
  if (!difference) return { unreadable: true, lists: [] };
  const lists = [
    { title: 'Opened', sentences: difference.added },
    { title: 'Closed', sentences: difference.removed },
    { title: 'Other changes', sentences: difference.redescribed },
  ].filter(({ sentences }) => sentences.length > 0);
  return { same: isUnchanged(difference), lists };
}
