// The page as a whole: sign-in, what is known, and when it is drawn.
import { t, nameReasons, reasonText, switchLanguage, language, problemText, duration, time } from './words.js';
import { request, useSession } from './api.js';
import { openStream } from './stream.js';
import { h, tick, since, stateText, callsTable, agentsTable, incidentsList, figures } from './page.js';
import { popPanel } from './pop.js';
import { passwordForm } from './password.js';
import { completenessPanel } from './completeness.js';

const root = document.getElementById('app');
const ENDED_SHOWN_FOR = 8000;

let session = null;
let catalog = null;
let reasons = [];
let stream = null;
let connection = 'connecting';
let notice = '';
let offset = 0;
let drawn = false;
let panels = [];
let commandProblem = '';
let orderProblem = '';
let working = false;
let dialog = null;
let incidents = [];
let incidentsProblem = '';
let known = { calls: new Map(), agents: new Map(), desks: new Map(), gateways: new Map() };
let before = null;
const parts = {};

const now = () => Date.now() + offset;
const deskName = id => known.desks.get(id)?.name ?? '—';
const mine = () => session?.agent ? known.agents.get(session.agent) : null;
const byId = items => new Map(items.map(item => [item.id, item]));

function draw() {
  if (drawn) return;
  drawn = true;
  requestAnimationFrame(() => { drawn = false; if (session) drawDesk(); });
}

function topBar() {
  const again = () => { switchLanguage(); document.title = t('title'); closeDialog(); !session ? showSignIn('') : session.mustChangePassword ? showChoosePassword() : showDesk(); };
  return h('header', {}, h('h1', {}, t('title')),
    h('div', { class: 'right' }, session ? whoIs() : null,
      session && !session.mustChangePassword && supervises() ? h('button', { class: 'quiet', type: 'button', onclick: openCompleteness }, t('completeness')) : null,
      h('button', { class: 'quiet', type: 'button', onclick: again }, t('language')),
      session ? h('button', { class: 'quiet', type: 'button', onclick: signOut }, t('signOut')) : null));
}

function whoIs() {
  if (session.mustChangePassword) return h('span', { class: 'who' }, session.name);
  return h('button', { class: 'quiet who', type: 'button', title: t('changePassword'), onclick: openPasswordDialog }, session.name);
}

/** Above the page, which goes on: a pop that comes meanwhile is there when the dialog is closed. */
function openPasswordDialog() {
  closeDialog();
  dialog = h('dialog', { 'aria-label': t('changePassword'), onclose: closeDialog }, passwordForm(session.user, false, () => { closeDialog(); notice = t('passwordChanged'); draw(); }, closeDialog));
  document.body.append(dialog);
  dialog.showModal();
}

function openCompleteness() {
  closeDialog();
  dialog = h('dialog', { class: 'wide', 'aria-label': t('completeness'), onclose: closeDialog }, completenessPanel(closeDialog));
  document.body.append(dialog);
  dialog.showModal();
}

function closeDialog() {
  const open = dialog;
  dialog = null;
  open?.remove();
}

function showChoosePassword() {
  const form = passwordForm(session.user, true, async () => {
    try {
      begin(await request('GET', '/session'));
      notice = t('passwordChanged');
    } catch (problem) {
      leave(problemText(problem));
    }
  });
  root.replaceChildren(topBar(), h('main', { class: 'signin' }, form));
  root.querySelector('#current').focus();
}

function showSignIn(text) {
  const user = h('input', { autocomplete: 'username', required: true, id: 'user' });
  const password = h('input', { type: 'password', autocomplete: 'current-password', required: true, id: 'password' });
  const message = h('p', { class: 'message warn', role: 'alert' }, text);
  const button = h('button', { class: 'primary', type: 'submit' }, t('signIn'));
  const submit = async event => {
    event.preventDefault();
    button.disabled = true;
    try {
      begin(await request('POST', '/session', { user: user.value.trim(), password: password.value }));
    } catch (problem) {
      message.textContent = problemText(problem);
      button.disabled = false;
      password.select();
    }
  };
  root.replaceChildren(topBar(), h('main', { class: 'signin' }, h('form', { class: 'card', onsubmit: submit },
    h('label', { class: 'field', for: 'user' }, h('span', {}, t('user')), user),
    h('label', { class: 'field', for: 'password' }, h('span', {}, t('password')), password), button, message)));
  user.focus();
}

async function begin(next) {
  session = next;
  useSession(session);
  if (session.mustChangePassword) return showChoosePassword();
  try {
    catalog = await request('GET', '/catalog');
    reasons = (await request('GET', '/pause-reasons')).items;
    nameReasons(reasons);
  } catch (problem) {
    return leave(problemText(problem));
  }
  showDesk();
  loadIncidents();
  stream = openStream({
    // A supervisor who is no agent has no phone that rings.
    topics: session.agent ? ['calls', 'agents', 'pops', 'gateway'] : ['calls', 'agents', 'gateway'],
    connection(state, code) {
      connection = state;
      if (code === 1001) notice = t('stopped');
      if (code === 4408) notice = t('tooSlow');
      if (state === 'down' && before === null) before = new Set(known.calls.keys());
      draw();
    },
    live(frame, away, restarted) {
      offset = Date.parse(frame.at) - Date.now();
      if (away > 0) {
        const gone = [...(before ?? [])].filter(id => !known.calls.has(id)).length;
        const fresh = [...known.calls.keys()].filter(id => before && !before.has(id)).length;
        notice = frame.resumed ? t('resumed', duration(away), frame.replayed)
          : (restarted ? t('restarted') + ' ' : '') + t('reloaded', duration(away), gone, fresh);
        loadIncidents();
      }
      before = null;
    },
    frame: take,
    expired() { leave(t('expired')); },
    mustChange(next) { leave(''); begin(next); },
    forbidden() { leave(t('forbidden')); },
  });
}

function take(frame) {
  switch (frame.type) {
    case 'snapshot':
      offset = Date.parse(frame.at) - Date.now();
      known = { calls: byId(frame.calls), agents: byId(frame.agents), desks: byId(frame.desks), gateways: byId(frame.gateways) };
      frame.pops.forEach(showPop);
      break;
    case 'call':
      known.calls.set(frame.call.id, frame.call);
      if (frame.call.end) setTimeout(() => { known.calls.delete(frame.call.id); draw(); }, ENDED_SHOWN_FOR);
      break;
    case 'agent':
      known.agents.set(frame.agent.id, frame.agent);
      break;
    case 'gateway':
      known.gateways.set(frame.gateway.id, frame.gateway);
      frame.agents.forEach(agent => known.agents.set(agent.id, agent));
      frame.calls.forEach(call => known.calls.set(call.id, call));
      break;
    case 'pop':
      showPop(frame.pop);
      break;
    case 'notice':
      told(frame);
      break;
    case 'popEnded':
      panels.filter(p => p.id === frame.id).forEach(p => p.missed(frame.outcome));
      break;
  }
  draw();
}

// The newest pop is on top; an older one stays only while somebody has typed into it and not saved.
function showPop(pop) {
  if (pop.agent !== session.agent) return;
  const same = panels.find(p => p.id === pop.id);
  if (same) return same.revise(pop);
  const world = { catalog: () => catalog, desk: id => known.desks.get(id) };
  const panel = popPanel(pop, world, loadIncidents, () => { panels = panels.filter(p => p !== panel); draw(); });
  panels = [panel, ...panels.filter(p => p.open())];
}

async function loadIncidents() {
  if (!session?.agent) return;
  try {
    incidents = (await request('GET', `/incidents?owner=${encodeURIComponent(session.agent)}&limit=5`)).items;
    incidentsProblem = '';
  } catch (problem) {
    incidentsProblem = problemText(problem);
  }
  draw();
}

async function command(name, fields) {
  commandProblem = '';
  working = true;
  draw();
  try {
    await stream.command(name, fields);
  } catch (problem) {
    commandProblem = problemText(problem);
    const held = name === 'logOn' && !fields.takeOver && ['extension-taken', 'already-logged-on'].includes(problem.type);
    if (held && confirm(`${commandProblem} ${t('confirmTakeOver')}`)) return command(name, { ...fields, takeOver: true });
  }
  working = false;
  draw();
}

/** What nobody chose and I should know. */
function told(frame) {
  if (frame.kind.startsWith('disk-')) {
    notice = `${t('n:' + frame.kind)}${frame.reason ? ` (${frame.reason})` : ''}`;
    return draw();
  }
  if (frame.kind === 'drift-healed' || (frame.agent !== session.agent && frame.by !== session.agent && !supervises())) return;
  const who = known.agents.get(frame.agent)?.name ?? frame.agent;
  notice = `${who}: ${t('n:' + frame.kind, frame.extension ?? '', known.agents.get(frame.by)?.name ?? '')}`;
  draw();
}

const supervises = () => session.roles.includes('supervisor');

/** A command for another agent. */
async function order(agent, name, fields) {
  if (name === 'logOff' && !confirm(t('confirmLogOff', agent.name))) return;
  orderProblem = '';
  try {
    await stream.command(name, { agent: agent.id, ...fields });
  } catch (problem) {
    orderProblem = `${agent.name}: ${problemText(problem)}`;
  }
  draw();
}

function showDesk() {
  document.documentElement.lang = language();
  parts.banner = h('div', { class: 'banners', role: 'status' });
  parts.me = h('section', { class: 'card' });
  parts.incidents = h('section', { class: 'card' });
  parts.pop = h('div', { class: 'pops' });
  panels.forEach(p => p.relabel());
  parts.calls = h('section', { class: 'card' });
  parts.agents = h('section', { class: 'card' });
  parts.figures = h('section', { class: 'figures' });
  parts.meShown = '';
  parts.agentsShown = '';
  const side = session.agent ? h('div', { class: 'side' }, parts.me, parts.incidents) : null;
  root.replaceChildren(topBar(), parts.banner, h('main', { class: side ? 'desk' : 'desk alone' }, side,
    h('div', { class: 'middle' }, side ? null : parts.figures, parts.pop, parts.calls, parts.agents)));
  drawDesk();
}

function drawDesk() {
  const at = now();
  const banners = [];
  if (connection !== 'live') banners.push(h('div', { class: 'banner ' + (connection === 'down' ? 'bad' : '') }, t(connection)));
  for (const gateway of known.gateways.values()) {
    if (!gateway.live) banners.push(h('div', { class: 'banner bad' }, t('gatewayLost', time(gateway.since))));
  }
  if (notice) banners.push(h('div', { class: 'banner note' }, notice, h('button', { class: 'quiet', type: 'button', onclick: () => { notice = ''; draw(); } }, t('close'))));
  if (!session.agent && !supervises()) banners.push(h('div', { class: 'banner' }, t('notAgent')));
  parts.banner.replaceChildren(...banners);
  drawMe();
  const calls = [...known.calls.values()].sort((a, b) => a.startedAt.localeCompare(b.startedAt));
  parts.calls.replaceChildren(h('h2', {}, t('calls'), h('span', { class: 'count' }, String(calls.filter(c => !c.end).length))), callsTable(calls, at, t(supervises() ? 'noCallsWatch' : 'noCalls')));
  const agents = [...known.agents.values()].sort((a, b) => a.id.localeCompare(b.id));
  if (!session.agent) parts.figures.replaceChildren(...figures(calls, agents));
  drawAgents(agents);
  parts.incidents.replaceChildren(h('h2', {}, t('incidents')), incidentsList(incidents, incidentsProblem));
  drawPop();
  tick(at);
}

// Drawn anew only when it changes, so that a button stays the one that was aimed at.
function drawAgents(agents) {
  const shown = JSON.stringify([agents, agents.map(a => known.calls.get(a.call)?.callers), [...known.desks.keys()], orderProblem, language(), connection]);
  if (parts.agentsShown === shown) return;
  parts.agentsShown = shown;
  const orders = supervises() ? { give: order, off: connection !== 'live' } : null;
  parts.agents.replaceChildren(h('h2', {}, t('agents'), h('span', { class: 'count' }, `${agents.filter(a => a.state !== 'logged-off').length} / ${agents.length}`)),
    orderProblem ? h('p', { class: 'message warn', role: 'alert' }, orderProblem) : '', agentsTable(agents, deskName, known.calls, session.agent, orders));
}

function drawPop() {
  const shown = [...parts.pop.children];
  const wanted = panels.map(p => p.element);
  if (shown.length !== wanted.length || wanted.some((element, i) => element !== shown[i])) parts.pop.replaceChildren(...wanted);
  for (const panel of panels) {
    const call = known.calls.get(panel.call);
    if (!call || call.end) panel.over();
    else if (call.phase === 'talking' && call.agent === session.agent) panel.talking();
  }
}

function drawMe() {
  const me = mine();
  if (!session.agent || !me) return;
  // The form to log on is drawn anew only when its kind changes, so that nobody types into a form that vanishes.
  const kind = JSON.stringify([me.state, me.reason, me.since, me.extension, me.desks, me.wrapUpUntil, me.pauseUntil, me.overdue, me.pending, me.notReadyAt, commandProblem, working, language(), connection]);
  if (parts.meShown === kind) return;
  parts.meShown = kind;
  const head = [h('h2', {}, t('me')), h('div', { class: 'mystate' }, h('span', { class: 'state big ' + me.state }, stateText(me)), me.state !== 'logged-off' && me.since ? since(me.since) : null)];
  const problem = commandProblem ? h('p', { class: 'message warn', role: 'alert' }, commandProblem) : null;
  const off = connection !== 'live' || working;
  if (me.state === 'logged-off') {
    parts.me.replaceChildren(...head, logOnForm(me, off), ...(problem ? [problem] : []));
    return;
  }
  // During a call these wait until it and its wrap-up are over; who presses them learns that beforehand.
  const inCall = me.state === 'busy';
  const hint = inCall ? t('inCallHint') : undefined;
  const still = off;
  const wrapUp = me.state === 'working-after-call';
  const reason = h('select', { 'aria-label': t('reason') }, reasons.filter(r => r.active && r.id !== 'by-supervisor').map(r => h('option', { value: r.id }, reasonText(r.id))));
  parts.me.replaceChildren(...head,
    h('div', { class: 'under' }, `${t('extension')} ${me.extension ?? '—'} · ${me.desks.map(deskName).join('、')}`),
    me.wrapUpUntil ? h('div', { class: 'under' }, t('until', time(me.wrapUpUntil))) : '',
    h('div', { class: 'buttons' }, h('button', { class: 'good', type: 'button', disabled: still || me.state === 'ready' || (inCall && !me.pending && !me.reason), title: hint, onclick: () => command('ready') }, t('ready'))),
    h('div', { class: 'buttons' }, h('button', { type: 'button', disabled: still, title: hint, onclick: () => command('notReady', { reason: reason.value }) }, t('notReady')), reason),
    wrapUp ? h('div', { class: 'buttons' }, h('button', { type: 'button', disabled: still, onclick: () => command('extendWrapUp') }, t('extendWrapUp'))) : '',
    h('div', { class: 'buttons' }, h('button', { class: 'quiet', type: 'button', disabled: still, title: hint, onclick: () => command('logOff', {}) }, t('logOff'))),
    inCall ? h('p', { class: 'hint', role: 'note' }, hint) : '',
    working ? h('p', { class: 'message', role: 'status' }, t('working')) : '',
    ...(problem ? [problem] : []));
}

function logOnForm(me, off) {
  if (!me.seats.length) return h('p', { class: 'empty' }, t('noSeats'));
  const extension = h('input', { id: 'extension', required: true, maxLength: 20, inputMode: 'numeric', value: localStorage.getItem('extension') ?? '' });
  const boxes = me.seats.map(desk => h('input', { type: 'checkbox', value: desk, checked: true }));
  const submit = event => {
    event.preventDefault();
    const desks = boxes.filter(box => box.checked).map(box => box.value);
    if (!desks.length) { commandProblem = t('e:no-desk'); return draw(); }
    localStorage.setItem('extension', extension.value.trim());
    command('logOn', { extension: extension.value.trim(), desks });
  };
  return h('form', { class: 'logon', onsubmit: submit },
    h('label', { class: 'field', for: 'extension' }, h('span', {}, t('extension')), extension),
    h('fieldset', {}, h('legend', {}, t('desks')), boxes.map(box => h('label', { class: 'check' }, box, deskName(box.value)))),
    h('button', { class: 'primary', type: 'submit', disabled: off }, t('logOn')));
}

function leave(text) {
  stream?.close();
  stream = null;
  session = null;
  closeDialog();
  commandProblem = '';
  orderProblem = '';
  working = false;
  panels = [];
  notice = '';
  before = null;
  known = { calls: new Map(), agents: new Map(), desks: new Map(), gateways: new Map() };
  useSession(null);
  showSignIn(text);
}

async function signOut() {
  try {
    await request('DELETE', '/session');
  } catch (problem) {
    if (problem.status !== 401) { notice = problemText(problem); return draw(); }
  }
  leave('');
}

setInterval(() => { if (session) tick(now()); }, 500);
document.documentElement.lang = language();
document.title = t('title');
request('GET', '/session').then(begin, problem => showSignIn(problem.status === 401 ? '' : problemText(problem)));
