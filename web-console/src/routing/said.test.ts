import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { chooseLanguage, type Language, t, wordOr } from '../words/words';
import { saidText, sentence } from './said';

/** What the server may say: each code with its sentence. */
const SENTENCES = readFileSync('../cti-server/src/main/resources/cti/server/routing/faults.txt', 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
  .map((line) => line.split(' = ') as [string, string]);
const gaps = (text: string): string[] => [...text.matchAll(/\{\d\}/g)].map(String);
const said = (code: string, sentenceOf: string, place = '') => {
  const values = gaps(sentenceOf).map((_, i) => `value${i}`);
  return { text: 'as the server said it', place, code, values };
};

afterEach(() => chooseLanguage('zh'));

describe.each(['zh', 'en'] as Language[])('faults in %s', (language) => {
  it.each(SENTENCES)('%s', (code, text) => {
    chooseLanguage(language);
    const shown = saidText(said(code, text));
    for (let i = 0; i < gaps(text).length; i++) expect(shown).toContain(`value${i}`);
    if (language === 'en') expect(shown).toBe(text.replace(/\{(\d)\}/g, 'value$1'));
    else expect(shown).toMatch(/[\u4e00-\u9fff]/);
  });
});

describe('faults', () => {
  it('have no words without a code', () => {
    const codes = new Set(SENTENCES.map(([code]) => code));
    expect(codes.size).toBe(SENTENCES.length);
    expect(SENTENCES.filter(([code]) => wordOr(`faults.${code}`, '') === '')).toEqual([]);
  });

  it('name what they are about', () => {
    expect(saidText({ text: '', place: 'rule night', code: 'no-desk', values: ['gz'] })).toBe('规则 night：没有服务台 gz');
    expect(saidText({ text: '', place: 'routing.yaml: rules.1.when', code: 'missing', values: [] })).toBe(`rules.1.when：${t('faults.missing')}`);
    expect(saidText({ text: '', place: 'flow', code: 'missing', values: [] })).toBe('缺少');
    chooseLanguage('en');
    expect(saidText({ text: '', place: 'rule night', code: 'no-desk', values: ['gz'] })).toBe('rule night: no desk gz');
  });

  it('that have no code, or one from a newer server, stay as they were said', () => {
    expect(saidText({ text: 'a new sentence', place: '', values: [] })).toBe('a new sentence');
    expect(saidText({ text: 'a new sentence', place: '', code: 'of-tomorrow', values: [] })).toBe('a new sentence');
    expect(sentence('a fault', undefined)).toBe('a fault');
  });
});
