/** Which key points say more than the headline. Pure. */

/** Takes words that were said already, gives the points that begin otherwise. */
export function pointsBeyond(said: string, keyPoints: readonly string[]): string[] {
  const opening = (point: string): string => point.toLowerCase().split(/\s+/).slice(0, 3).join(' ');
  return keyPoints.filter((point) => !said.toLowerCase().includes(opening(point)));
}
