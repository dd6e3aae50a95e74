// Working hours and calendars as the form has them, and what is wrong with them.
import type { components } from '../api/openapi';

export type HoursView = components['schemas']['HoursView'];
type GroupView = components['schemas']['HoursGroupView'];
type CalendarView = components['schemas']['SpecialDaysView'];

export const WEEK_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
/** A week and the make-up working days, row by row. */
export const ROWS = [...WEEK_DAYS, 'makeUp'] as const;
export type Row = (typeof ROWS)[number];

/** A stretch as it is typed. */
export interface Range {
  from: string;
  until: string;
}
export interface Group {
  /** Never sent: tells the forms apart. */
  key: number;
  desks: string[];
  /** Empty: no calendar. */
  calendar: string;
  zone?: string;
  rows: Record<Row, Range[]>;
}
export interface Days {
  key: number;
  from: string;
  to: string;
  makeUp: boolean;
  name: string;
}
export interface Calendar {
  key: number;
  name: string;
  days: Days[];
}
export interface Hours {
  calendars: Calendar[];
  groups: Group[];
}

/** What is wrong: a key of the words, and what fills its gaps. */
export interface HoursFault {
  word: string;
  values: (string | number)[];
}

const MOST_RANGES = 24;
/** A longer holiday is a mistyped date; the server refuses it too. */
const MOST_DAYS = 60;

let keys = 0;
export const newKey = (): number => ++keys;

/** Minutes of the day of 8:30, 0830, 830 or 8; undefined where it is no time up to 24:00. */
export function minuteOfDay(text: string): number | undefined {
  const [, hour, minute] = /^(\d{1,2})(?:[:：.]?(\d{2}))?$/.exec(text.trim()) ?? [];
  if (hour === undefined) return undefined;
  const at = Number(hour) * 60 + Number(minute ?? 0);
  return Number(minute ?? 0) < 60 && at <= 1440 ? at : undefined;
}

/** As it is kept: 08:30. What is no time stays as it is typed. */
export function tidyTime(text: string): string {
  const at = minuteOfDay(text);
  return at === undefined ? text : `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
}

/** As it is kept: 2026-10-01, also of 20261001 and 2026/10/1. What is no day is none. */
export function tidyDay(text: string): string {
  const [, year = '', month = '', day = ''] = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})$/.exec(text.trim()) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const read = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== date ? '' : date;
}

const rangeOf = (span: string): Range => {
  const [from = '', until = ''] = span.split('-');
  return { from, until };
};
const spanOf = (range: Range): string => `${tidyTime(range.from)}-${tidyTime(range.until)}`;

export const noRows = (): Record<Row, Range[]> => Object.fromEntries(ROWS.map((row) => [row, []])) as unknown as Record<Row, Range[]>;

export function hoursOf(view: HoursView): Hours {
  return {
    calendars: view.calendars.map((calendar) => ({ key: newKey(), name: calendar.name, days: calendar.days.map((days) => ({ ...days, key: newKey() })) })),
    groups: view.hours.map((group) => {
      const rows = noRows();
      for (const day of WEEK_DAYS) rows[day] = (group.week[day] ?? []).map(rangeOf);
      rows.makeUp = group.makeUp.map(rangeOf);
      return { key: newKey(), desks: [...group.desks], calendar: group.calendar ?? '', zone: group.zone, rows };
    }),
  };
}

/** What the server takes. */
export function viewOf(hours: Hours): { calendars: CalendarView[]; hours: GroupView[] } {
  return {
    calendars: hours.calendars.map(({ name, days }) => ({ name: name.trim(), days: days.map((one) => ({ from: one.from, to: one.to || one.from, makeUp: one.makeUp, name: one.name.trim() })) })),
    hours: hours.groups.map((group) => ({
      desks: group.desks,
      ...(group.calendar ? { calendar: group.calendar } : {}),
      ...(group.zone ? { zone: group.zone } : {}),
      week: Object.fromEntries(WEEK_DAYS.filter((day) => group.rows[day].length).map((day) => [day, group.rows[day].map(spanOf)])),
      makeUp: group.rows.makeUp.map(spanOf),
    })),
  };
}

/** What is wrong with the hours of a day, by the place of the stretch in it; the first of each. */
export function rangeFaults(ranges: Range[]): Map<number, HoursFault> {
  const faults = new Map<number, HoursFault>();
  const sound: { at: number; from: number; until: number }[] = [];
  ranges.forEach((range, at) => {
    const from = minuteOfDay(range.from);
    const until = minuteOfDay(range.until);
    const empty = [range.from, range.until].some((text) => !text.trim());
    if (empty) faults.set(at, { word: 'hours.empty', values: [] });
    else if (from === undefined || until === undefined) faults.set(at, { word: 'hours.noTime', values: [from === undefined ? range.from : range.until] });
    else if (until === from) faults.set(at, { word: 'hours.noLength', values: [spanOf(range)] });
    else if (until < from) faults.set(at, { word: 'hours.backward', values: [spanOf(range)] });
    else sound.push({ at, from, until });
  });
  sound.sort((one, other) => one.from - other.from || one.at - other.at);
  sound.forEach((one, i) => {
    const before = sound[i - 1];
    if (before && one.from < before.until) faults.set(one.at, { word: 'hours.overlap', values: [spanOf(ranges[before.at]!), spanOf(ranges[one.at]!)] });
  });
  if (ranges.length > MOST_RANGES) faults.set(ranges.length - 1, { word: 'hours.tooMany', values: [MOST_RANGES] });
  return faults;
}

export function groupFaults(group: Group, all: Group[]): HoursFault[] {
  if (!group.desks.length) return [{ word: 'hours.noDesk', values: [] }];
  return group.desks.filter((desk) => all.some((other) => other !== group && other.desks.includes(desk))).map((desk) => ({ word: 'hours.deskTwice', values: [desk] }));
}

export function calendarFault(calendar: Calendar, all: Calendar[]): HoursFault | undefined {
  const name = calendar.name.trim();
  if (!/^[a-z0-9-]{1,40}$/.test(name)) return { word: 'hours.calendarName', values: [name] };
  return all.some((other) => other !== calendar && other.name.trim() === name) ? { word: 'hours.calendarTwice', values: [name] } : undefined;
}

const DAY = 86_400_000;

/** What is wrong with the days of a calendar, by their place in it. */
export function dayFaults(days: Days[]): Map<number, HoursFault> {
  const faults = new Map<number, HoursFault>();
  const sound: { at: number; from: string; to: string }[] = [];
  days.forEach((one, at) => {
    const to = one.to || one.from;
    if (!one.from) faults.set(at, { word: 'hours.noDate', values: [] });
    else if (to < one.from) faults.set(at, { word: 'hours.backwardDays', values: [one.from, to] });
    else if ((Date.parse(to) - Date.parse(one.from)) / DAY > MOST_DAYS) faults.set(at, { word: 'hours.tooLong', values: [one.from, to, MOST_DAYS] });
    else sound.push({ at, from: one.from, to });
  });
  sound.sort((one, other) => one.from.localeCompare(other.from) || one.at - other.at);
  let last: (typeof sound)[number] | undefined;
  for (const one of sound) {
    if (last && one.from <= last.to) faults.set(one.at, { word: 'hours.dayTwice', values: [one.from] });
    if (!last || one.to > last.to) last = one;
  }
  return faults;
}

/** How many things are wrong in all. */
export function faultCount(hours: Hours): number {
  const count = (numbers: number[]): number => numbers.reduce((sum, one) => sum + one, 0);
  return (
    count(hours.groups.map((group) => groupFaults(group, hours.groups).length + count(ROWS.map((row) => rangeFaults(group.rows[row]).size)))) +
    count(hours.calendars.map((calendar) => (calendarFault(calendar, hours.calendars) ? 1 : 0) + dayFaults(calendar.days).size))
  );
}
