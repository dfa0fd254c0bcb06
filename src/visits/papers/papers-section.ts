/** Where an officer finds the papers of a visit: on its page. Pure. */
import { findPower } from '../../operations/powers-of-entry/index.ts';
import type { Link, Section } from '../../platform/rendering/pages.ts';
import { visitPaperPaths } from '../../vocabulary/paths/visits.ts';

/** The warrant return stands there where the visit used a warrant, or plans to. */
export function papersSection(id: string, basis: string | null, day: string): Section {
  const underWarrant = basis !== null && findPower(basis, day)?.kind === 'warrant';
  const items: Link[] = [
    { href: visitPaperPaths.searchRecord(id), text: 'Search record' },
    { href: visitPaperPaths.notice(id), text: 'Notice of powers and rights' },
    { href: visitPaperPaths.consent(id), text: 'Consent to a search' },
    ...(underWarrant ? [{ href: visitPaperPaths.warrantReturn(id), text: 'Warrant return' }] : []),
  ];
  return { kind: 'list', id: 'papers', title: 'Papers to print', items };
}
