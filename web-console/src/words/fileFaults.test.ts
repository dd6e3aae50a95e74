import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { Problem } from '../api/http';
import { chooseLanguage, faultText, type Language, problemText, wordOr } from './words';

const CALL = /(?:FaultText\.of|FieldFault\.of|problem)\(\s*(?:[\w.]+,\s*)?"([a-z][a-z-]+)",\s*((?:"(?:[^"\\]|\\.)*"[\s+]*)+)/g;

/** Each code with its sentence, as the server's sources give them where a fault is found. */
const SENTENCES = ['../cti-core/src/main/java', '../cti-server/src/main/java'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.java'))
    .map((name) => readFileSync(`${root}/${name}`, 'utf8'))
    .filter((source) => source.includes('cti.core.fault.FaultText'))
    .flatMap((source) => [...source.matchAll(CALL)])
    .map(([, code = '', literals = '']) => [code, [...literals.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((one) => one[1]).join('')] as [string, string]),
);
const values = ['value0', 'value1', 'value2', 'value3', 'value4'];

afterEach(() => chooseLanguage('zh'));

describe.each(['zh', 'en'] as Language[])('faults of files in %s', (language) => {
  it.each(SENTENCES)('%s', (code, sentence) => {
    chooseLanguage(language);
    const shown = faultText({ text: 'as the server said it', code, values });
    for (const [gap] of sentence.matchAll(/\{\d\}/g)) expect(shown).toContain(`value${gap[1]}`);
    if (language === 'en') expect(shown).toBe(sentence.replace(/\{(\d)\}/g, 'value$1'));
    else expect(shown).toMatch(/[\u4e00-\u9fff]/);
  });
});

describe('faults of files', () => {
  it('are all found, and have no words without a code', () => {
    const codes = new Set(SENTENCES.map(([code]) => code));
    expect(codes.size).toBeGreaterThan(30);
    expect([...codes].filter((code) => wordOr(`fileFault.${code}`, '') === '')).toEqual([]);
  });

  it('of a newer server stay as they were said', () => {
    expect(faultText({ text: 'a new sentence', code: 'of-tomorrow', values: [] })).toBe('a new sentence');
  });

  it('of a form are said with its fields', () => {
    const said = [
      { text: "is 'x'", place: 'email', code: 'not-like', values: ['x', 'name@example.com'] },
      { text: 'is empty', place: 'name', code: 'empty', values: [] },
    ];
    expect(problemText(new Problem('invalid', 422, 'in English', [], 0, said))).toBe('填写的内容有误。 邮箱 是“x”，应为这样的写法：name@example.com；姓名 为空');
    expect(problemText(new Problem('invalid', 422, 'in English'))).toBe('填写的内容有误。 in English');
  });
});
