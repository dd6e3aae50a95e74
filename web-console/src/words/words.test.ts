import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { en } from './en';
import { chooseLanguage, duration, percent, wordOr } from './words';
import { zh } from './zh';

type Tree = { [key: string]: string | Tree };

function keys(tree: Tree, before = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [before + key] : keys(value, `${before}${key}.`)));
}

function texts(tree: Tree): string[] {
  return Object.values(tree).flatMap((value) => (typeof value === 'string' ? [value] : texts(value)));
}

/** The values that a field of a view may have, as the server's API description lists them. */
function enumOf(view: string, field: string): string[] {
  const document = readFileSync('../docs/api/openapi.yaml', 'utf8');
  const schema = document.slice(document.indexOf(`\n    ${view}:\n`));
  const part = schema.slice(schema.indexOf(`        ${field}:\n`));
  const list = /enum: \[([^\]]+)\]/.exec(part)?.[1] ?? '';
  return list.split(',').map((value) => value.trim().replaceAll("'", ''));
}

describe('words', () => {
  it('are the same in both languages, with the same gaps to fill', () => {
    expect(keys(en)).toEqual(keys(zh));
    const gaps = (tree: Tree): string[][] => texts(tree).map((text) => [...new Set(text.match(/\{\d\}/g) ?? [])].sort());
    expect(gaps(en)).toEqual(gaps(zh));
  });

  it.each([
    ['AgentView', 'state', { unknown: 'unknown-state' }],
    ['CallView', 'phase', {}],
    ['EndView', 'outcome', { busy: 'busyRing' }],
    ['AttemptView', 'outcome', { busy: 'busyRing' }],
    ['IncidentView', 'state', {}],
    ['CallRowView', 'quality', { 'lost-track': 'lost-track' }],
  ] as [string, string, Record<string, string>][])('have one for every value of %s.%s', (view, field, other) => {
    const values = enumOf(view, field);
    expect(values.length).toBeGreaterThan(2);
    const missing = values.map((value) => other[value] ?? value).filter((value) => wordOr(value, '') === '');
    expect(missing).toEqual([]);
  });

  it.each([
    ['visit', 'VisitView', 'outcome'],
    ['missed', 'MissedCaseView', 'state'],
    ['recording', 'RecordingView', 'state'],
    ['call', 'CallRowView', 'direction'],
  ])('of the group %s have one for every value of %s.%s', (group, view, field) => {
    expect(enumOf(view, field).filter((value) => wordOr(`${group}.${value}`, '') === '')).toEqual([]);
  });
});

describe('figures', () => {
  it('are said as people read them', () => {
    expect([0, 7, 61, 3_723].map(duration)).toEqual(['0:00', '0:07', '1:01', '1:02:03']);
    expect(percent({ value: 0.975 })).toBe('97.5 %');
    expect(percent({})).toBe('—');
    chooseLanguage('en');
    expect(percent({})).toBe('n/a');
    chooseLanguage('zh');
  });
});
