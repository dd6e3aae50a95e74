// From when on a desk is yellow and red: on the wallboard and on big screens by the same rule.
import type { components } from '../api/openapi';

export type Thresholds = components['schemas']['ThresholdsView'];
export type Level = 'calm' | 'yellow' | 'red';

/** Of a desk of which nothing else is known yet; as cti.core.stats.DeskThresholds.USUAL. */
export const USUAL: Thresholds = { waitYellowSeconds: 20, waitRedSeconds: 60, waitingYellow: 0, waitingRed: 0 };

/**
 * The colour of a desk.
 *
 * @param longestWait seconds of the caller who waits longest; undefined where nobody waits
 */
export function levelOf(longestWait: number | undefined, waiting: number, thresholds: Thresholds): Level {
  const reaches = (seconds: number, count: number): boolean => (longestWait !== undefined && longestWait >= seconds) || (count > 0 && waiting >= count);
  if (reaches(thresholds.waitRedSeconds, thresholds.waitingRed)) return 'red';
  return reaches(thresholds.waitYellowSeconds, thresholds.waitingYellow) ? 'yellow' : 'calm';
}
