/** The interface of the witness: a program that a partner runs on its own computer. */
export { createWitness as makeWitness, isWitness, loadWitness as openWitness } from './folder.ts';
export { formatWitnessKey as publicLine } from './signing.ts';
export { sendOverNetwork as overNetwork, type WatchResult as Round, watchOnce } from './watch.ts';
