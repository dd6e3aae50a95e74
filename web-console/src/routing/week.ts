// A week as a strip: minutes from its begin, and where a stretch lies on it.
const SPECIAL = /is a (holiday|make-up working day)(?: \((.+)\))?$/;

/** What a day is that is not like every other, by what the server says of it, and its name where it has one. */
export function specialOf(text: string | undefined): { kind: 'holiday' | 'make-up'; name: string } | undefined {
  const [, kind, name = ''] = SPECIAL.exec(text ?? '') ?? [];
  return kind ? { kind: kind === 'holiday' ? 'holiday' : 'make-up', name } : undefined;
}

export const DAY = 24 * 60;
export const WEEK = 7 * DAY;
/** The site's zone is eight hours ahead of UTC without summer time. */
const ZONE_AHEAD = 8 * 3_600_000;
const MINUTE = 60_000;
/** Duty is handed over at whole half hours. */
export const STEP = 30;

/** The Monday of the week of a moment, as 2026-11-23. */
export function mondayOf(at: number): string {
  const local = new Date(at + ZONE_AHEAD);
  const back = (local.getUTCDay() + 6) % 7;
  return new Date(local.getTime() - back * 86_400_000).toISOString().slice(0, 10);
}

export const addDays = (date: string, days: number): string => new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The moment of a minute of the week that begins with this date. */
export const momentOf = (monday: string, minute: number): Date => new Date(Date.parse(`${monday}T00:00:00Z`) - ZONE_AHEAD + minute * MINUTE);

/** Minutes from the begin of the week; may lie outside of it. */
export const minuteOf = (monday: string, at: string): number => (Date.parse(at) - momentOf(monday, 0).getTime()) / MINUTE;

/** Where a stretch lies on the strip, in percent; cut at the week's ends. */
export function placeOf(monday: string, from: string, until: string): { left: number; width: number } {
  const begin = Math.max(0, minuteOf(monday, from));
  const end = Math.min(WEEK, minuteOf(monday, until));
  return { left: (begin / WEEK) * 100, width: (Math.max(0, end - begin) / WEEK) * 100 };
}

/** The stretch that was drawn between two places (0 to 1) on the strip, at whole half hours, at least one. */
export function drawn(one: number, other: number): [number, number] {
  const snap = (place: number): number => Math.round((Math.min(1, Math.max(0, place)) * WEEK) / STEP) * STEP;
  const [from, until] = [snap(Math.min(one, other)), snap(Math.max(one, other))];
  if (until > from) return [from, until];
  return from >= WEEK ? [WEEK - STEP, WEEK] : [from, from + STEP];
}
