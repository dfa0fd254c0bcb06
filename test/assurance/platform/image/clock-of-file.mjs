/** Loaded before the program of a container: its clock is ahead of the system's, or behind, by the milliseconds in a file. The main job takes weeks. */
import { readFileSync } from 'node:fs';

const System = Date;
let ahead = 0;
const read = () => {
  ahead = Number(readFileSync('/clock/ahead', 'utf8'));
};
read();
setInterval(read, 50).unref();

globalThis.Date = new Proxy(System, {
  construct: (target, given, as) => Reflect.construct(target, given.length === 0 ? [target.now() + ahead] : given, as),
  get: (target, name) => (name === 'now' ? () => target.now() + ahead : Reflect.get(target, name)),
});
