// The screen-pop: who calls, what they had before, and the incident that this call leads to.
import { t, duration, problemText } from './words.js';
import { h, incidentLine, options } from './page.js';
import { request, freshKey } from './api.js';

function line(name, value) {
  return value ? h('div', { class: 'fact' }, h('span', { class: 'factname' }, name), h('span', {}, value)) : null;
}

function personCard(person) {
  const numbers = person.numbers.map(n => n.extension && !n.given.includes(n.extension) ? `${n.given} (${n.extension})` : n.given).join('，');
  return h('div', { class: 'person' },
    h('div', { class: 'personname' }, person.name,
      person.vip ? h('span', { class: 'tag vip' }, t('vip')) : null,
      person.status !== 'active' ? h('span', { class: 'tag alert' }, t(person.status)) : null),
    line(t('staffNo'), person.staff), line(t('department'), person.department), line(t('site'), person.siteName),
    line(t('office'), person.office), line(t('phones'), numbers), line(t('email'), person.email), line(t('remark'), person.remark));
}

/** A panel that lives as long as its pop; revisions change what is shown, never what was typed. */
export function popPanel(first, world, onSaved, onClose) {
  let pop = first;
  let key = freshKey();
  let dirty = false;
  let savedAs = null;
  let phase = '';
  let outcome = '';
  const facts = h('div', { class: 'facts' });
  const people = h('div', { class: 'people' });
  const earlier = h('div', {});
  const heading = h('div', { class: 'pophead' });
  const message = h('p', { class: 'message', role: 'status' });
  const fields = {
    title: h('input', { maxLength: 200, 'data-field': 'title' }), description: h('textarea', { rows: 3, maxLength: 8000, 'data-field': 'description' }),
    service: h('select', { 'data-field': 'service' }), category: h('select', { 'data-field': 'category' }), kind: h('select', { 'data-field': 'kind' }), level: h('select', { 'data-field': 'level' }), source: h('select', { 'data-field': 'source' }),
  };
  const who = h('select', { 'data-field': 'who', onchange: () => { dirty = true; fillTexts(); } });
  const typed = new Set();
  for (const [name, field] of Object.entries(fields)) field.addEventListener('input', () => { dirty = true; typed.add(name); });

  const named = [];
  const name = (tag, key, properties) => { const element = h(tag, properties ?? {}, t(key)); named.push([element, key]); return element; };
  const label = (key, field, kind) => h('label', { class: 'field ' + (kind ?? '') }, name('span', key), field);
  const button = name('button', 'save', { class: 'primary', type: 'submit' });
  const whoField = label('whoCalls', who, 'wide');
  const form = h('form', { class: 'incident', onsubmit: save },
    name('h3', 'newIncident'), whoField,
    label('incidentTitle', fields.title, 'wide'), label('description', fields.description, 'wide'),
    label('service', fields.service), label('category', fields.category), label('kind', fields.kind),
    label('level', fields.level), label('source', fields.source),
    h('div', { class: 'wide buttons' }, button, message));
  const element = h('section', { class: 'pop' }, heading,
    h('div', { class: 'popbody' }, h('div', { class: 'popleft' }, facts, people, name('h3', 'earlier'), earlier), form));

  function person() { return pop.callers.find(p => p.staff === who.value) ?? null; }

  function fillTexts() {
    const name = person()?.name ?? (pop.number || t('anonymous'));
    const keys = pop.keys.map(k => k.digits).filter(Boolean).join(' ') || t('noKeys');
    if (!typed.has('title')) fields.title.value = `${t('callFrom', name)}${pop.deskName ? ' - ' + pop.deskName : ''}`;
    if (!typed.has('description')) fields.description.value = t('described', pop.number || t('anonymous'), keys, duration(pop.waitedSeconds));
  }

  function fillLists() {
    const catalog = world.catalog();
    const line = world.desk(pop.desk)?.businessLine ?? '';
    fields.service.replaceChildren(...options(catalog.services, catalog.services.find(s => line && s.includes(line)) ?? catalog.services[0]));
    fields.category.replaceChildren(...options(catalog.categories, catalog.categories.find(c => c.includes('咨询')) ?? catalog.categories[0]));
    fields.kind.replaceChildren(...options(catalog.kinds, catalog.kinds[0]));
    fields.level.replaceChildren(...options(catalog.levels, 'IV'));
    fields.source.replaceChildren(...options(catalog.sources, '电话'));
  }

  function fillWho() {
    const chosen = who.value;
    const none = h('option', { value: '' }, pop.callers.length ? t('notChosen') : (pop.number || t('anonymous')));
    who.replaceChildren(none, ...pop.callers.map(p => h('option', { value: p.staff }, `${p.name} · ${p.department}`)));
    // One match is taken; among several nobody is picked silently.
    who.value = pop.callers.some(p => p.staff === chosen) ? chosen : pop.callers.length === 1 ? pop.callers[0].staff : '';
    whoField.hidden = pop.callers.length < 2;
  }

  function show() {
    const keys = pop.keys.map(k => k.digits).filter(Boolean).join(' ');
    facts.replaceChildren(...[line(t('number'), pop.number || t('anonymous')), line(t('desk'), pop.deskName), line(t('keys'), keys || t('noKeys')), line(t('waited'), duration(pop.waitedSeconds))].filter(Boolean));
    people.replaceChildren(...(pop.callers.length ? pop.callers.map(personCard) : [h('p', { class: 'empty' }, t('unknownCaller'))]));
    if (pop.incidentsState === 'loading') earlier.replaceChildren(h('p', { class: 'empty' }, t('earlierLoading')));
    else if (pop.incidentsState === 'unavailable') earlier.replaceChildren(h('p', { class: 'empty warn' }, t('earlierAway')));
    else if (!pop.incidents.length) earlier.replaceChildren(h('p', { class: 'empty' }, t('earlierNone')));
    else earlier.replaceChildren(h('ul', { class: 'incidents' }, pop.incidents.map(incidentLine)));
  }

  function head() {
    const missed = phase === 'missed' ? t('popMissed', t(outcome === 'busy' ? 'busyRing' : outcome)) : null;
    const names = pop.callers.map(p => p.name).join(' / ') || pop.number || t('anonymous');
    element.className = 'pop ' + phase;
    heading.replaceChildren(h('span', { class: 'phase ' + phase }, missed ?? t(phase === 'over' ? 'popOver' : phase)), h('span', { class: 'popname' }, names),
      h('button', { class: 'quiet', type: 'button', onclick: () => { if (!dirty || savedAs || confirm(t('unsaved'))) onClose(); } }, t('close')));
  }

  function setPhase(next) {
    if (next === phase) return;
    phase = next;
    head();
  }

  async function save(event) {
    event.preventDefault();
    if (!fields.title.value.trim()) { message.className = 'message warn'; message.textContent = t('required'); return; }
    const caller = person();
    const draft = {
      title: fields.title.value.trim(), description: fields.description.value, callerName: caller?.name ?? '', callerNumber: pop.number,
      department: caller?.department ?? '', source: fields.source.value, service: fields.service.value, category: fields.category.value,
      kind: fields.kind.value, level: fields.level.value, calls: [{ call: pop.call, role: 'opened-from' }],
    };
    if (caller) { draft.callerStaff = caller.staff; draft.site = caller.site; }
    if (pop.desk) draft.desk = pop.desk;
    button.disabled = true;
    message.className = 'message';
    message.textContent = t('saving');
    try {
      const incident = await request('POST', '/incidents', draft, { 'Idempotency-Key': key });
      savedAs = incident.id;
      message.className = 'message good';
      message.textContent = t('saved', incident.id);
      for (const field of [...Object.values(fields), who]) field.disabled = true;
      onSaved();
    } catch (problem) {
      // The same key again: a save whose answer was lost is not made twice. Other content needs another key.
      if (problem.type === 'idempotency-key-reused') key = freshKey();
      button.disabled = false;
      message.className = 'message warn';
      message.textContent = problemText(problem);
    }
  }

  fillLists(); fillWho(); fillTexts(); show(); setPhase('ringing');
  return {
    element,
    id: first.id,
    call: first.call,
    revise(next) { if (next.revision > pop.revision) { pop = next; fillWho(); fillTexts(); show(); head(); } },
    missed(how) { outcome = how; setPhase('missed'); },
    over() { if (phase !== 'missed') setPhase('over'); },
    talking() { setPhase('talking'); },
    relabel() { named.forEach(([element, key]) => { element.textContent = t(key); }); if (savedAs) message.textContent = t('saved', savedAs); fillWho(); if (!savedAs) fillTexts(); show(); head(); },
    open() { return dirty && !savedAs; },
  };
}
