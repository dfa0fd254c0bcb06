/** How ages and sizes are said on the page System health. Pure. */

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** "3 days", "26 hours", "90 seconds": in the largest unit of which there are two. */
export function formatAge(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [name, size] = units.find(([, size]) => whole >= 2 * size) ?? ['second', 1];
  const count = Math.floor(whole / size);
  return `${count} ${count === 1 ? name : `${name}s`}`;
}

/** "12.5 GB", as disks are sold. */
export const formatBytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
