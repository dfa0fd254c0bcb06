/** Loaded before the program of a process: each signal USR2 moves its clock 8 seconds ahead, or back again. */

const System = Date;
let ahead = 0;

globalThis.Date = new Proxy(System, {
  construct: (target, given: unknown[], as) =>
    Reflect.construct(target, given.length === 0 ? [target.now() + ahead] : given, as) as Date,
  get: (target, name) => (name === 'now' ? () => target.now() + ahead : Reflect.get(target, name)),
});

process.on('SIGUSR2', () => {
  ahead = ahead === 0 ? 8_000 : 0;
});
