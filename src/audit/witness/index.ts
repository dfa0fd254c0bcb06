/** The interface of the witness: a program that a partner runs on its own computer. */
export { isWitness, logs, makeWitness, openWitness, type Settings } from './folder.ts';
export { authorization, publicLine } from './signing.ts';
export { type Ask, overNetwork, type Round, watchOnce } from './watch.ts';
