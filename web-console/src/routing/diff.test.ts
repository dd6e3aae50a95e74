import { describe, expect, it } from 'vitest';
import { diffLines } from './diff';

describe('a difference', () => {
  it('tells lines that came from those that went, and from where it is', () => {
    expect(diffLines('--- 1\n+++ main\n@@ -1,2 +1,2 @@\n rules:\n-  - id: a\n+  - id: b\n').map((line) => line.kind)).toEqual(['place', 'place', 'place', 'same', 'removed', 'added']);
  });

  it('is nothing where both are the same', () => {
    expect(diffLines('')).toEqual([]);
  });
});
