// How complete the records are: hours, what each figure means, and the calls that it counts.
import { t, clock, problemText } from './words.js';
import { request } from './api.js';
import { h } from './page.js';

const HOUR = 3600000;
const FIGURES = [
  ['logged', null],
  ['live', 'liveCalls', span => `/call-history?quality=live&limit=200&${span}`],
  ['recovered', 'recoveredCalls', span => `/call-history?quality=recovered&limit=200&${span}`],
  ['lostTrack', 'lostTrackCalls', span => `/call-history?quality=lost-track&limit=200&${span}`],
  ['missing', 'missingCalls', span => `/completeness/calls?verdict=missing&limit=200&${span}`],
  ['different', 'differentCalls', span => `/completeness/calls?verdict=different&limit=200&${span}`],
  ['unknown', 'unknownCalls', span => `/completeness/unknown-calls?${span}`],
];

const wordOf = ([name, word]) => word ?? name;

/** The span of some hours, as the API takes it. */
function span(from, to) {
  return `from=${encodeURIComponent(new Date(from).toISOString())}&to=${encodeURIComponent(new Date(to).toISOString())}`;
}

/** The panel; asks when it is made and when the period is changed. */
export function completenessPanel(close) {
  const days = h('select', { 'aria-label': t('period') }, h('option', { value: '1' }, t('today')), h('option', { value: '7' }, t('week')));
  const state = h('p', { class: 'hint', role: 'status' }, t('working'));
  const table = h('div', { class: 'hours' });
  const calls = h('div', { class: 'counted' });
  const csv = h('a', { download: 'completeness.csv' }, t('download'));
  const show = async () => {
    const to = Date.now();
    const asked = span(to - Number(days.value) * 24 * HOUR, to);
    csv.setAttribute('href', `/api/v1/completeness?format=csv&${asked}`);
    calls.replaceChildren();
    try {
      const view = await request('GET', `/completeness?${asked}`);
      state.replaceChildren(...stateLines(view));
      table.replaceChildren(view.items.length ? hoursTable(view.items, counted) : h('p', { class: 'empty' }, t('noHours')));
    } catch (problem) {
      state.replaceChildren(h('span', { class: 'message warn', role: 'alert' }, problemText(problem)));
      table.replaceChildren();
    }
  };
  const counted = async (figure, hour) => {
    calls.replaceChildren(h('p', { class: 'hint' }, t('working')));
    try {
      const begin = Date.parse(hour.hour);
      const { items } = await request('GET', figure[2](span(begin, begin + HOUR)));
      calls.replaceChildren(h('h3', {}, t('countedCalls', t(wordOf(figure)), clock(hour.hour))),
        items.length ? h('ul', {}, items.map(callLine)) : h('p', { class: 'empty' }, t('noSuchCalls')));
    } catch (problem) {
      calls.replaceChildren(h('p', { class: 'message warn', role: 'alert' }, problemText(problem)));
    }
  };
  days.addEventListener('change', show);
  show();
  return h('section', { class: 'card completeness' }, h('h2', {}, t('completeness')), h('p', { class: 'hint' }, t('completenessHint')),
    h('div', { class: 'buttons' }, days, csv, h('button', { class: 'quiet', type: 'button', onclick: close }, t('close'))), state, table, calls);
}

function stateLines(view) {
  if (!view.configured) return [h('span', { class: 'message warn' }, t('notConfigured'))];
  const lines = [h('span', {}, view.checkedAt ? t('lastChecked', clock(view.checkedAt)) : t('notChecked'))];
  if (view.day) lines.push(' ', h('span', {}, t('dayChecked', view.day.day, clock(view.day.checkedAt), view.day.calls, view.day.told, view.day.different)));
  if (view.dayUnderWay) lines.push(' ', h('span', {}, t('dayUnderWay', view.dayUnderWay)));
  if (view.problem) lines.push(' ', h('span', { class: 'message warn' }, t('checkProblem', view.problem)));
  if (view.missingNow) lines.push(' ', h('span', { class: 'message warn' }, t('missingNow', view.missingNow)));
  return lines;
}

function hoursTable(hours, counted) {
  const head = h('tr', {}, h('th', {}, t('hour')), FIGURES.map(f => h('th', { title: t('f:' + wordOf(f)) }, t(wordOf(f)))), h('th', { title: t('f:checkedAt') }, t('checkedAt')));
  const rows = hours.map(hour => h('tr', {}, h('td', {}, clock(hour.hour)), FIGURES.map(f => h('td', {}, figure(f, hour, counted))),
    h('td', {}, hour.checkedAt ? clock(hour.checkedAt) : t('notChecked'))));
  return h('table', {}, h('thead', {}, head), h('tbody', {}, rows));
}

function figure(f, hour, counted) {
  const value = hour[f[0]];
  if (!f[2] || value === 0) return String(value);
  return h('button', { class: 'quiet', type: 'button', title: t('f:' + wordOf(f)), onclick: () => counted(f, hour) }, String(value));
}

/** A call on record, a call of the logs, or the bare id of a call that the logs do not know. */
function callLine(call) {
  if (typeof call === 'string') return h('li', {}, call);
  const id = call.id ?? call.call;
  return h('li', {}, `${clock(call.startedAt)} · ${call.callingNumber || ''} ${id}${call.outcome ? ' · ' + t(call.outcome) : ''}${call.detail ? ' · ' + call.detail : ''}`);
}
