/** The tabs of an operation: each part is a page of its own. A reader gets the parts that they may open. */
import type { Request } from '../../platform/http/server.ts';
import type { Tab } from '../../platform/rendering/pages.ts';
import { operationPaths } from '../../vocabulary/paths/operations.ts';
import { returnPaths } from '../../vocabulary/paths/returns.ts';
import { isLedBy, type Operation } from './operation.ts';

const parts = {
  overview: { text: 'Overview', path: operationPaths.operation },
  premises: { text: 'Premises and powers', path: operationPaths.premises },
  schedule: { text: 'Schedule', path: operationPaths.schedule },
  people: { text: 'Teams and partners', path: operationPaths.people },
  briefings: { text: 'Briefings', path: operationPaths.briefings },
  decisions: { text: 'Policy log', path: operationPaths.decisions },
  results: { text: 'Results', path: returnPaths.operation },
} as const;
export type OperationPart = keyof typeof parts;

type Reader = Pick<Request, 'actor' | 'can'>;

/** Which parts this member may open. Row policies decide what each page then shows. */
function openParts(
  { actor, can }: Reader,
  operation: Pick<Operation, 'id' | 'agencyId'>,
): Record<OperationPart, boolean> {
  const named = actor.operations.includes(operation.id);
  const glass = actor.glassOperation === operation.id;
  const inside = named || glass || (can('taking part.change') && isLedBy(operation, actor.agencyId));
  return {
    overview: inside,
    premises: glass || (named && can('target.read')),
    schedule: named || glass,
    people: inside,
    briefings: inside && can('briefing time.read'),
    decisions: named && can('decision.read'),
    results: inside && actor.partnerOperations.includes(operation.id) && can('return.read'),
  };
}

/** No tabs for members who open one part only. */
export function listOperationTabs(
  reader: Reader,
  operation: Pick<Operation, 'id' | 'agencyId'>,
  current: OperationPart,
): { readonly tabs: readonly Tab[]; readonly tabsLabel: string } {
  const open = openParts(reader, operation);
  const names = (Object.keys(parts) as OperationPart[]).filter((part) => open[part]);
  const tabs = names.map((part) => ({
    href: parts[part].path(operation.id),
    text: parts[part].text,
    current: part === current,
  }));
  return { tabs: tabs.length > 1 ? tabs : [], tabsLabel: 'Parts of this operation' };
}
