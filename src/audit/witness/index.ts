/** The interface of the witness: a program that a partner runs on its own computer. */
export { createWitness, isWitness, loadWitness } from './folder.ts';
export { formatWitnessKey } from './signing.ts';
export { sendOverNetwork, type WatchResult, watchOnce } from './watch.ts';
