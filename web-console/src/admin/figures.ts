// Figures of components as people read them: the server tells instants, durations, flags and bytes as text.
import { clock, t, wordOr } from '../words/words';

const GIB = 2 ** 30;

/** PT1.5S, PT2M3S as seconds; undefined where it is no duration. */
export function secondsOf(text: string): number | undefined {
  const parts = /^(-?)PT(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?[\d.]+)S)?$/.exec(text);
  if (!parts || text === 'PT') return undefined;
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = parts;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}

export function figureValue(name: string, value: string): string {
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return clock(value);
  if (value === 'true' || value === 'false') return t(`system.${value}`);
  if (name.startsWith('bytes') && /^\d+$/.test(value)) return `${(Number(value) / GIB).toFixed(1)} GiB`;
  const seconds = secondsOf(value);
  // Less than half a millisecond before or behind is neither.
  if (seconds !== undefined) return `${(Math.round(seconds * 1000) / 1000 || 0).toFixed(3)} s`;
  return wordOr(`system.value-${value.toLowerCase()}`, value);
}
