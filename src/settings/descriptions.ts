/** How a version is named, and what it says, field by field, in the words of a page. */
import { type PartnershipPart, partnershipPartNames } from '../platform/partnership.ts';
import type { Setting } from '../public/settings/index.ts';
import { describeContact } from './contact-fields.ts';
import type { Content } from './partnership-forms.ts';
import { describePartnership, partnershipPages } from './partnership-pages.ts';

type Named = Pick<Setting, 'kind' | 'part'>;
const isPartnershipPart = (part: string): part is PartnershipPart =>
  (partnershipPartNames as readonly string[]).includes(part);

/** The title of the page on which it is set. */
export function titleOfSetting({ kind, part, content }: Named & { readonly content: Content }): string {
  if (kind === 'opening') return 'Open the public site';
  if (kind === 'contacts') return `Contact: ${String(content.name ?? part)}`;
  return isPartnershipPart(part) ? partnershipPages[part].title : part;
}

/** Each field: its label and its words; empty where nothing is said. */
export function describeContent({ kind, part }: Named, content: Content): readonly (readonly [string, string])[] {
  if (kind === 'opening') return [['Services confirmed by two people', String(content.confirmed ?? '')]];
  if (kind === 'contacts') return describeContact(content);
  return isPartnershipPart(part) ? describePartnership(part, content) : [];
}

export type Difference = {
  readonly label: string;
  readonly before: string;
  readonly after: string;
  readonly changed: boolean;
};

/** Every field of a version beside what it replaces, the changed ones first. */
export function compareContents(named: Named, before: Content | undefined, after: Content): readonly Difference[] {
  const earlier = new Map(before ? describeContent(named, before) : []);
  const rows = describeContent(named, after).map(([label, words]) => {
    const was = earlier.get(label) ?? '';
    return { label, before: was, after: words, changed: was !== words };
  });
  return [...rows.filter(({ changed }) => changed), ...rows.filter(({ changed }) => !changed)];
}
