/** The interface of monitoring, for the processes and the command line. */
export { gaugesOf } from './gauges.ts';
export { Monitor, type MonitorOptions } from './monitor.ts';
export type { Finding } from './rule.ts';
export { judgeAll } from './rules.ts';
