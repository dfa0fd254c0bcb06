/** Sizes of files and memory, in the units of the SI, as phones show them: a kilobyte is 1,000 bytes. Pure. */

export const kilobyte = 1_000;
export const megabyte = 1_000 * kilobyte;
const gigabyte = 1_000 * megabyte;

/** "812 B", "34 kB", "1.5 MB", "50 MB": the same words for a file and for the limit that it is held to. */
export function formatSize(bytes: number): string {
  if (bytes < kilobyte) return `${bytes} B`;
  const kilobytes = Math.round(bytes / kilobyte);
  if (kilobytes < 1_000) return `${kilobytes} kB`;
  const megabytes = rounded(bytes / megabyte);
  return megabytes < 1_000 ? `${megabytes} MB` : `${rounded(bytes / gigabyte)} GB`;
}

const rounded = (count: number): number => Math.round(count * 10) / 10;
