/** The capacity of the support agencies, shared with the planners of an operation. */
export { type Capacity, capacityRows, capacityWords } from './capacity.ts';
export { up as capacityMigration } from './migrations/0059-capacity-told.ts';
export { capacityPolicy } from './policy.ts';
export { addCapacity, listCapacity } from './store.ts';
