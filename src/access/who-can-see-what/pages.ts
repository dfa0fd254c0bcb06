/** What the pages of “Who can see what” show: the same sentences as the document, with a way from one to the other. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { raisedCeilings } from '../../platform/exports/export-ceilings.ts';
import type { Model } from '../../platform/rendering/views.ts';
import { purposes } from '../../vocabulary/people.ts';
import { compareAccessRules, type Difference, isUnchanged } from './difference.ts';
import { agencyNote, exportCeilingsIntro, formatRaisedCeilingLine, formatUnderRole, intro } from './document.ts';
import { getKindLabel, groups, replaceKindNames } from './kinds.ts';
import {
  describeClasses,
  describeRoles,
  formatPermission,
  listKindsForPurpose,
  listPermissionsForEverybody,
  type Permission,
  type RecordClassDescription,
  splitSensitive,
} from './permission.ts';
import type { PolicyVersion } from './store.ts';
import { everybody, purposeLabels, roleLabels } from './words.ts';

type Part = { readonly text: string; readonly strong?: boolean };

/** The document's bold text as parts of a sentence. Its italics help only when comparing two versions, and are not shown. */
export const splitEmphasis = (sentence: string): Part[] =>
  sentence
    .replaceAll(/(?<=, )_(.*?)_(?=[,.])/g, '$1')
    .split('**')
    .map((text, index) => ({ text, strong: index % 2 === 1 }))
    .filter(({ text }) => text !== '');

const anchorOf = (name: string): string => `kind-${name.replaceAll(' ', '-')}`;
const roleAnchor = (name: string): string => `role-${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;
const kindLink = (name: string) => ({ text: getKindLabel(name).name, href: `#${anchorOf(name)}` });

/** Under a role the kind of record is a link to all that is said of it. */
const roleLine = (permission: Permission) => ({
  kind: kindLink(permission.recordClass),
  parts: splitEmphasis(formatUnderRole(permission).replace(/^\*\*.*?\*\*/, '') + agencyNote(permission)),
});

export function accessRulesPage(policy: AreaPolicy, versions: readonly PolicyVersion[]): Model {
  const classes = describeClasses(policy);
  const roleSections = [
    {
      title: everybody,
      id: roleAnchor(everybody),
      lines: listPermissionsForEverybody(classes).map(roleLine),
      never: [],
      nor: [],
    },
    ...describeRoles(classes).map(({ role, may, never }) => {
      const { telling, rest } = splitSensitive(classes, never);
      return {
        title: roleLabels[role],
        id: roleAnchor(roleLabels[role]),
        lines: may.map(roleLine),
        never: telling.map(kindLink),
        nor: rest.map(kindLink),
      };
    }),
  ];
  const [latest, before] = versions;
  return {
    title: 'Who can see what',
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
      href: `/staff/access-rules/versions/${id}`,
    })),
  };
}

/** Kinds under the work that they belong to, in its order, each by the name that people have for it. */
function groupKinds(classes: readonly RecordClassDescription[]): Model[] {
  const kinds = classes
    .map(({ permissions, ...kind }) => ({
      ...kind,
      called: getKindLabel(kind.name),
      id: anchorOf(kind.name),
      sentences: permissions.map((permission) => splitEmphasis(replaceKindNames(formatPermission(permission)))),
    }))
    .sort((one, other) => one.called.at - other.called.at || one.called.within - other.called.within);
  return groups.flatMap((group) => {
    const within = kinds.filter(({ called }) => called.group === group);
    return within.length === 0 ? [] : [{ title: group, id: `group-${groups.indexOf(group) + 1}`, kinds: within }];
  });
}

export function versionPage({ id, text, since }: PolicyVersion, now: string): Model {
  return {
    title: 'What has changed since',
    back: { href: '/staff/access-rules', text: 'Who can see what' },
    since,
    changed: formatComparison(compareAccessRules(text, now)),
    download: `/staff/access-rules/versions/${id}/who-can-see-what.md`,
  };
}

/** Three lists with their headings; what an earlier Safelight wrote in a form that this one cannot read is said so. */
function formatComparison(difference: Difference | undefined) {
  if (!difference) return { unreadable: true, lists: [] };
  const lists = [
    { title: 'Opened', sentences: difference.added },
    { title: 'Closed', sentences: difference.removed },
    { title: 'Otherwise', sentences: difference.redescribed },
  ].filter(({ sentences }) => sentences.length > 0);
  return { same: isUnchanged(difference), lists };
}
