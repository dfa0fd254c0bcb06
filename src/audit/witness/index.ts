/** The door of the witness: a program that a partner runs on a computer of its own. */
export { isWitness, logs, makeWitness, openWitness, type Settings } from './folder.ts';
export { authorization, publicLine } from './signing.ts';
export { type Ask, overNetwork, type Round, watchOnce } from './watch.ts';
