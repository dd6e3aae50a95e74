// What the page looks like: the live tables, the agent's own state.
import { t, reasonText, duration, clock } from './words.js';

/** An element; properties are set, attributes given as data are text: nothing is parsed as HTML. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'class') element.className = value;
    else if (name === 'for' || name.startsWith('aria') || name === 'role' || name === 'colspan' || name.startsWith('data')) element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** A span that counts up from an instant; `tick` keeps it right. */
export function since(instant) {
  return h('span', { class: 'timer', 'data-since': instant });
}

export function tick(now) {
  for (const timer of document.querySelectorAll('[data-since]')) {
    const text = duration((now - Date.parse(timer.getAttribute('data-since'))) / 1000);
    if (timer.textContent !== text) timer.textContent = text;
  }
}

export function callerText(call) {
  const names = call.callers.map(c => c.name || c.staff);
  if (names.length === 1) return names[0];
  if (names.length > 1) return names.slice(0, 2).join(' / ') + (names.length > 2 ? ' …' : '');
  return call.callingNumber || call.callingName || t('anonymous');
}

function tags(callers) {
  const found = [];
  if (callers.some(c => c.vip)) found.push(h('span', { class: 'tag vip' }, t('vip')));
  for (const status of ['retired', 'external']) {
    if (callers.some(c => c.status === status)) found.push(h('span', { class: 'tag' }, t(status)));
  }
  return found;
}

function callRow(call, now) {
  const from = call.talkingSince ?? call.ringingSince ?? call.waitingSince ?? call.startedAt;
  const time = call.end ? duration((Date.parse(call.end.at) - Date.parse(call.startedAt)) / 1000) : since(from);
  const name = callerText(call);
  const under = call.callers.length === 0 ? (call.lookedUp && call.callingNumber ? t('unknownCaller') : '')
    : call.callers.length > 1 ? `${call.callingNumber} · ${t('matches', call.callers.length)}` : `${call.callingNumber} · ${call.callers[0].department}`;
  const phase = call.end ? `${t(call.end.outcome)} · ${t('by-' + call.end.by)}` : t(call.phase);
  return h('tr', { class: call.end ? 'gone' : call.stale ? 'stale' : '' },
    h('td', {}, h('div', { class: 'strong' }, name, ' ', tags(call.callers)), under ? h('div', { class: 'under' }, under) : null),
    h('td', {}, call.deskName ?? '—'),
    h('td', {}, h('span', { class: 'phase ' + call.phase }, phase), call.stale ? h('div', { class: 'under warn' }, t('stale', duration((now - Date.parse(call.pictureAt)) / 1000))) : null,
      call.quality === 'recovered' ? h('div', { class: 'under' }, t('recovered')) : null),
    h('td', { class: 'number' }, call.phase === 'waiting' && call.position ? String(call.position) : '—'),
    h('td', { class: 'number' }, time),
    h('td', {}, call.agentName ? h('span', {}, call.agentName, call.extension ? h('span', { class: 'under' }, ' ' + call.extension) : null) : '—'));
}

function table(heads, rows, empty) {
  return h('table', {},
    h('thead', {}, h('tr', {}, heads.map(([head, kind]) => h('th', { class: kind ?? '' }, head)))),
    h('tbody', {}, rows.length ? rows : h('tr', {}, h('td', { class: 'empty', colspan: heads.length }, empty))));
}

export function callsTable(calls, now, empty = t('noCalls')) {
  const heads = [[t('caller')], [t('desk')], [t('phase')], [t('position'), 'number'], [t('wait'), 'number'], [t('agent')]];
  return table(heads, calls.map(call => callRow(call, now)), empty);
}

export function stateText(agent) {
  const word = agent.state === 'unknown' ? t('unknown-state') : t(agent.state);
  const next = agent.pending ? ` → ${t(agent.pending.state)}${agent.pending.state === 'not-ready' ? ' · ' + reasonText(agent.pending.reason) : ''}` : '';
  const late = agent.overdue ? ` · ${t('overdue')}` : '';
  return (agent.reason && agent.state === 'not-ready' ? `${word} · ${reasonText(agent.reason)}` : word) + late + next;
}

/** `order` gives a command for another agent, where whoever looks may. */
export function agentsTable(agents, deskName, calls, me, order) {
  const heads = [[t('agent')], [t('state')], [t('wait'), 'number'], [t('extension')], [t('desks')]];
  if (order) heads.push([t('action'), 'actions']);
  const rows = agents.map(agent => {
    const call = agent.call ? calls.get(agent.call) : null;
    const time = agent.state === 'logged-off' ? '—' : since(agent.pictureAt ?? agent.since);
    return h('tr', { class: agent.id === me ? 'mine' : '' },
      h('td', { class: 'strong' }, agent.name),
      h('td', {}, h('span', { class: 'state ' + agent.state + (agent.overdue ? ' warn' : '') }, stateText(agent)), call ? h('div', { class: 'under' }, callerText(call)) : null),
      h('td', { class: 'number' }, time),
      h('td', {}, agent.extension ?? '—'),
      h('td', {}, agent.desks.map(deskName).join('、') || '—'),
      order ? h('td', { class: 'actions' }, agent.id === me ? null : orderButtons(agent, order)) : null);
  });
  return table(heads, rows, t(order ? 'noAgentsYet' : 'noAgents'));
}

/** What a supervisor may ask of an agent; during a call it waits for its end. */
function orderButtons(agent, order) {
  if (agent.state === 'logged-off' || agent.state === 'unknown') return null;
  const inCall = agent.state === 'busy';
  const button = (key, command, fields) => h('button', { class: 'small', type: 'button', 'aria-label': `${agent.name}: ${t(key)}`, disabled: order.off, title: inCall ? t('inCallHint') : undefined,
    onclick: () => order.give(agent, command, fields) }, t(key));
  return [agent.state === 'not-ready' ? null : button('setNotReady', 'notReady', { reason: 'by-supervisor' }), button('logOff', 'logOff', { reason: 'by-supervisor' })];
}

/** What happens now, in figures, for whoever watches over it all. */
export function figures(calls, agents) {
  const figure = (key, value, kind) => h('div', { class: 'figure ' + (value ? kind : '') }, h('span', { class: 'value' }, String(value)), h('span', { class: 'under' }, t(key)));
  const on = agents.filter(a => a.state !== 'logged-off');
  return [figure('waitingNow', calls.filter(c => c.phase === 'waiting' || c.phase === 'ringing').length, 'waiting'), figure('talkingNow', calls.filter(c => c.phase === 'talking').length, 'talking'),
    figure('readyNow', on.filter(a => a.state === 'ready').length, 'ready'), figure('loggedOnNow', on.length, '')];
}

export function incidentsList(incidents, problem) {
  if (problem) return h('p', { class: 'empty warn' }, problem);
  if (!incidents.length) return h('p', { class: 'empty' }, t('noIncidents'));
  return h('ul', { class: 'incidents' }, incidents.map(incidentLine));
}

export function incidentLine(incident) {
  return h('li', {},
    h('div', {}, h('span', { class: 'strong' }, incident.title), ' ', h('span', { class: 'tag' }, t(incident.state)), ' ', h('span', { class: 'tag' }, incident.level)),
    h('div', { class: 'under' }, [incident.id, clock(incident.createdAt), incident.callerName].filter(Boolean).join(' · ')));
}

export function options(values, chosen) {
  return values.map(value => h('option', { value, selected: value === chosen }, value));
}
