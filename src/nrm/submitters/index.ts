/** Which agencies may submit, and under which entry of the list. */
export {
  findFirstResponderEntry,
  holidaysOf,
  listFirstResponderAgencies,
  type NationCode,
  nationNames,
  nationOf,
} from './who-may-submit.ts';
