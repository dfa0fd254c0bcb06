/** The interface of the witness: a program that a partner runs on its own computer. */
export { isWitness, makeWitness, openWitness } from './folder.ts';
export { publicLine } from './signing.ts';
export { overNetwork, type Round, watchOnce } from './watch.ts';
