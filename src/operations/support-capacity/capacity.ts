/** What the support agencies can provide during an operation, as the safeguarding lead shared it with the planners: numbers alone. Pure. */

import { formatMoment } from '../../vocabulary/calendar/moments.ts';

export type Capacity = {
  readonly places: number;
  readonly interpreters: number;
  readonly nurses: number;
  readonly advisers: number;
  /** For the first night. */
  readonly beds: number;
};

export const capacityRows = (capacity: Capacity): readonly (readonly [string, number])[] => [
  ['Places', capacity.places],
  ['Interpreters', capacity.interpreters],
  ['Nurses', capacity.nurses],
  ['Advisers', capacity.advisers],
  ['Beds for the first night', capacity.beds],
];

/** One line for the page of the week. */
export const formatCapacity = (shared: Capacity & { readonly reportedAt: Date }): string =>
  `${capacityRows(shared)
    .map(([label, value]) => `${label.toLowerCase()}: ${value}`)
    .join(', ')}. Shared at ${formatMoment(shared.reportedAt)}`;
