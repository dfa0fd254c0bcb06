/** The capacity of the support agencies, shared with the planners of an operation. */
export { type Capacity, capacityRows } from './capacity.ts';

export { addCapacity } from './store.ts';
