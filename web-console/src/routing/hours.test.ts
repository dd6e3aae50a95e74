import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import axe from 'axe-core';
import { all, type Asked, click, serverSays, settle, show } from '../testing';
import { chooseLanguage, type Language, t } from '../words/words';
import HoursEditor from './HoursEditor.vue';
import { calendarFault, dayFaults, faultCount, groupFaults, hoursOf, type HoursView, minuteOfDay, rangeFaults, tidyDay, tidyTime, viewOf } from './hours';

const VIEW = {
  zone: 'Asia/Shanghai',
  calendars: [{ name: 'cn', days: [{ from: '2026-10-01', to: '2026-10-07', makeUp: false, name: '国庆节' }, { from: '2026-10-10', to: '2026-10-10', makeUp: true, name: '国庆节' }] }],
  hours: [{ desks: ['gz', 'sg'], calendar: 'cn', week: { mon: ['08:30-12:00', '13:30-17:00'], tue: ['08:30-17:00'] }, makeUp: ['08:30-17:00'] }],
} satisfies HoursView;

const range = (from: string, until: string) => ({ from, until });
const days = (from: string, to = '', makeUp = false) => ({ key: 0, from, to, makeUp, name: '' });

describe('times of the day', () => {
  it.each([
    ['08:30', 510],
    ['8:30', 510],
    ['0830', 510],
    ['8', 480],
    ['8：30', 510],
    ['24:00', 1440],
    ['24:01', undefined],
    ['12:60', undefined],
    ['early', undefined],
    ['', undefined],
  ])('%s is the minute %s', (text, minute) => expect(minuteOfDay(text)).toBe(minute));

  it('are kept as four digits', () => expect(['830', '17', 'x'].map(tidyTime)).toEqual(['08:30', '17:00', 'x']));
});

describe('what is wrong with hours', () => {
  it.each([
    ['an end that is missing', [range('08:30', '')], 0, 'hours.empty'],
    ['what is no time', [range('08:30', 'late')], 0, 'hours.noTime'],
    ['no length', [range('08:30', '8:30')], 0, 'hours.noLength'],
    ['an end before the beginning', [range('17:00', '08:30')], 0, 'hours.backward'],
    ['two that overlap', [range('13:00', '17:00'), range('08:30', '13:01')], 0, 'hours.overlap'],
    ['the same one twice', [range('08:30', '17:00'), range('08:30', '17:00')], 1, 'hours.overlap'],
  ])('%s', (_, ranges, at, word) => expect([...rangeFaults(ranges)].map(([place, fault]) => [place, fault.word])).toEqual([[at, word]]));

  it('not two that meet, nor a whole day', () => {
    expect(rangeFaults([range('12:00', '17:00'), range('08:00', '12:00')]).size).toBe(0);
    expect(rangeFaults([range('00:00', '24:00')]).size).toBe(0);
  });

  it('a desk twice, hours of no desk, calendars of one name or of none', () => {
    const hours = hoursOf({ ...VIEW, hours: [...VIEW.hours, { desks: ['sg'], week: {}, makeUp: [] }, { desks: [], week: {}, makeUp: [] }] });
    expect(hours.groups.map((group) => groupFaults(group, hours.groups).map((fault) => fault.word))).toEqual([['hours.deskTwice'], ['hours.deskTwice'], ['hours.noDesk']]);
    const calendars = ['cn', 'cn', 'China', ''].map((name) => ({ key: 0, name, days: [] }));
    expect(calendars.map((one) => calendarFault(one, calendars)?.word)).toEqual(['hours.calendarTwice', 'hours.calendarTwice', 'hours.calendarName', 'hours.calendarName']);
  });

  it.each([
    ['no date', [days('')], [[0, 'hours.noDate']]],
    ['backward', [days('2026-10-07', '2026-10-01')], [[0, 'hours.backwardDays']]],
    ['too long', [days('2026-10-01', '2027-10-01')], [[0, 'hours.tooLong']]],
    ['twice', [days('2026-10-03', '', true), days('2026-10-01', '2026-10-07')], [[0, 'hours.dayTwice']]],
    ['inside an earlier long one', [days('2026-10-01', '2026-10-07'), days('2026-10-02'), days('2026-10-06')], [[1, 'hours.dayTwice'], [2, 'hours.dayTwice']]],
    ['nothing', [days('2026-10-01', '2026-10-07'), days('2026-10-08', '', true)], []],
  ])('days: %s', (_, given, faults) => expect([...dayFaults(given)].map(([at, fault]) => [at, fault.word])).toEqual(faults));

  it('goes back to the server as it came', () => {
    expect(viewOf(hoursOf(VIEW))).toEqual({ calendars: VIEW.calendars, hours: VIEW.hours });
    expect(faultCount(hoursOf(VIEW))).toBe(0);
  });
});

it.each([
  ['2026-10-01', '2026-10-01'],
  ['20261001', '2026-10-01'],
  [' 2026/10/1 ', '2026-10-01'],
  ['2026-02-29', ''],
  ['2026-13-01', ''],
  ['tomorrow', ''],
  ['', ''],
])('a day typed as %j is %j', (typed, day) => expect(tidyDay(typed)).toBe(day));

describe.each(['zh', 'en'] as Language[])('the form, in %s', (language) => {
  let away: () => void;
  let asked: Asked[];

  beforeEach(async () => {
    chooseLanguage(language);
    asked = serverSays({ '/routing/drafts/main': { yaml: 'rules: []', faults: [] }, '/routing/drafts': { items: [{ name: 'main', revision: 3 }] }, '/routing/hours': { ...VIEW, yaml: 'changed: 1' } });
    away = await show(HoursEditor, { version: 1 });
  });
  afterEach(() => {
    away();
    chooseLanguage('zh');
  });

  const inputs = (name: string): HTMLInputElement[] => all(name) as HTMLInputElement[];
  const firstDays = (): HTMLInputElement[] => inputs('hours-first-day');
  async function fill(input: HTMLInputElement | undefined, text: string): Promise<void> {
    input!.value = text;
    input!.dispatchEvent(new Event('input', { bubbles: true }));
    input!.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
  }
  const told = (): string[] => all('hours-fault').map((one) => one.textContent.trim());
  const sent = (): Asked[] => asked.filter((one) => one.method === 'PUT');

  it('shows what the draft says', () => {
    expect(inputs('hours-mon-from').map((one) => one.value)).toEqual(['08:30', '13:30']);
    expect(inputs('hours-wed-from')).toEqual([]);
    expect(all('hours-days')).toHaveLength(2);
    expect(told()).toEqual([]);
    expect((document.querySelector<HTMLButtonElement>('[data-test=hours-keep]')!).disabled).toBe(true);
  });

  it('refuses what overlaps, is empty or goes backward at its place, and keeps nothing of it', async () => {
    await fill(inputs('hours-mon-until')[0], '14');
    expect(told()).toEqual([t('hours.overlap', '08:30-14:00', '13:30-17:00')]);
    const bad = inputs('hours-mon-from')[1]!;
    expect(bad.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(bad.getAttribute('aria-describedby')!)?.textContent.trim()).toBe(told()[0]);
    await fill(inputs('hours-mon-until')[0], '8:00');
    expect(told()).toEqual([t('hours.backward', '08:30-08:00')]);
    await fill(inputs('hours-mon-until')[0], '');
    expect(told()).toEqual([t('hours.empty')]);
    await click(all('hours-keep')[0]);
    expect(sent()).toEqual([]);
    expect(document.activeElement).toBe(inputs('hours-mon-from')[0]);
  });

  it('writes another stretch, a holiday and a make-up day into the draft', async () => {
    await click(all('hours-tue-add')[0]);
    expect(document.activeElement).toBe(inputs('hours-tue-from')[1]);
    await fill(inputs('hours-tue-from')[1], '18');
    await fill(inputs('hours-tue-until')[1], '2030');
    await click(all('make-up-add')[0]);
    expect(told()).toEqual([t('hours.noDate')]);
    expect(document.activeElement).toBe(firstDays()[2]);
    expect(firstDays()[2]!.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(firstDays()[2]!.getAttribute('aria-describedby')!)?.textContent.trim()).toBe(t('hours.noDate'));
    await fill(firstDays()[2], '2026-10-03');
    expect(told()).toEqual([t('hours.dayTwice', '2026-10-03')]);
    await fill(firstDays()[2], '2026-10-11');
    expect(firstDays()[2]!.getAttribute('aria-invalid')).toBe('false');
    await fill(inputs('hours-day-name')[2], '国庆节');
    await click(all('hours-days-remove')[0]);
    await click(all('hours-keep')[0]);
    const body = asked.find((one) => one.path === '/routing/hours' && (one.body as Record<string, unknown>).hours)!.body as { hours: { week: unknown }[]; calendars: { days: unknown[] }[] };
    expect(body.hours[0]!.week).toEqual({ mon: ['08:30-12:00', '13:30-17:00'], tue: ['08:30-17:00', '18:00-20:30'] });
    expect(body.calendars[0]!.days).toEqual([VIEW.calendars[0]!.days[1], { from: '2026-10-11', to: '2026-10-11', makeUp: true, name: '国庆节' }]);
    expect(sent()).toEqual([{ method: 'PUT', path: '/routing/drafts/main', body: { yaml: 'changed: 1', revision: 3 } }]);
  });

  it('offers a calendar while one chooses a day', async () => {
    const offered = (): HTMLElement | undefined => all('day-calendar')[0];
    expect(offered()).toBeUndefined();
    await click(all('hours-first-day-choose')[0]);
    const fourth = [...offered()!.querySelectorAll('td.available')].find((one) => one.textContent.trim() === '4');
    await click(fourth?.querySelector('.el-date-table-cell__text') ?? fourth);
    expect(offered()).toBeUndefined();
    expect(firstDays()[0]!.value).toBe(`${VIEW.calendars[0]!.days[0]!.from.slice(0, 8)}04`);
    expect(document.activeElement).toBe(firstDays()[0]);
  });

  it('turns into the text and takes along what was changed', async () => {
    await click(all('hours-mon-remove')[1]);
    await click(all('hours-as-text')[0]!.querySelector('input'));
    expect((all('hours-yaml')[0] as HTMLTextAreaElement).value).toBe('changed: 1');
    await click(all('hours-keep')[0]);
    expect(sent()[0]!.body).toEqual({ yaml: 'changed: 1', revision: 3 });
  });

  it('has no serious findings of accessibility', async () => {
    const found = await axe.run(document.body, { runOnly: ['wcag2a', 'wcag2aa'], rules: { 'color-contrast': { enabled: false } } });
    expect(found.violations.filter((one) => ['serious', 'critical'].includes(one.impact ?? '')).map((one) => `${one.id}: ${one.nodes[0]?.html}`)).toEqual([]);
  });
});

describe('a draft that cannot be read', () => {
  it('is shown as text, with what is wrong', async () => {
    serverSays({
      '/routing/drafts/main': { yaml: 'rules: 5' },
      '/routing/drafts': { items: [{ name: 'main', revision: 3 }] },
      '/routing/hours': new Response(JSON.stringify({ type: 'faulty-rules', expected: ['rules is 5'] }), { status: 422, headers: { 'Content-Type': 'application/json' } }),
    });
    const away = await show(HoursEditor, { version: 1 });
    expect((all('hours-yaml')[0] as HTMLTextAreaElement).value).toBe('rules: 5');
    expect(all('hours-faults')[0]?.textContent).toContain('rules is 5');
    away();
  });
});
