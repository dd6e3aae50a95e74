import { describe, expect, it } from 'vitest';
import { curve, draw, type FlowGraph, NODE_HEIGHT, NODE_WIDTH, wayKey } from './drawing';
import { metWords, newlyMet } from './path';
import { faultyNodes, nodeAt } from './places';

function node(id: string, kind: string, line: number, ways: Record<string, string> = {}): FlowGraph['nodes'][number] {
  return { id, kind, line, prompts: [], ways: Object.entries(ways).map(([name, to]) => ({ name, to })) };
}

const GRAPH: FlowGraph = {
  flow: 'test',
  start: 'menu',
  nodes: [
    node('menu', 'menu', 10, { 'keys.1': 'queue', 'keys.2': 'queue', 'exits.no_input': 'again', 'exits.hangup': 'gone', 'exits.error': 'static' }),
    node('again', 'prompt', 20, { 'exits.next': 'menu', 'exits.hangup': 'gone', 'exits.error': 'static' }),
    node('queue', 'queue', 30, { 'exits.answered': 'bye', 'exits.timeout': 'nowhere', 'exits.hangup': 'gone', 'exits.error': 'static' }),
    node('bye', 'hangup', 40),
    node('gone', 'hangup', 42),
    node('static', 'fallback', 44),
  ],
};
const say = (names: string[]): string => names.join(' ');

describe('the drawing of a flow', () => {
  it('has each node once, none over another, the first at the top', () => {
    const { nodes, width, height } = draw(GRAPH, say, true);
    expect(nodes.map((one) => one.id).sort()).toEqual(['again', 'bye', 'gone', 'menu', 'nowhere', 'queue', 'static']);
    for (const one of nodes) {
      expect(one.x >= 0 && one.y >= 0 && one.x + NODE_WIDTH <= width && one.y + NODE_HEIGHT <= height).toBe(true);
      for (const other of nodes) {
        if (one === other) continue;
        expect(Math.abs(one.x - other.x) >= NODE_WIDTH || Math.abs(one.y - other.y) >= NODE_HEIGHT, `${one.id} and ${other.id}`).toBe(true);
      }
    }
    expect(nodes.filter((one) => one.start).map((one) => one.id)).toEqual(['menu']);
    expect(Math.min(...nodes.map((one) => one.y))).toBe(nodes.find((one) => one.id === 'menu')?.y);
  });

  it('joins the ways from one node to the same other and leaves hang-ups and faults out', () => {
    const { ways, nodes } = draw(GRAPH, say);
    expect(ways.map((way) => [way.from, way.to, way.label]).sort()).toEqual([
      ['again', 'menu', 'exits.next'],
      ['menu', 'again', 'exits.no_input'],
      ['menu', 'queue', 'keys.1 keys.2'],
      ['queue', 'bye', 'exits.answered'],
      ['queue', 'nowhere', 'exits.timeout'],
    ]);
    expect(nodes.map((one) => one.id)).not.toContain('gone');
    for (const way of ways) expect(way.path).toMatch(/^M [\d.-]+ [\d.-]+/);
  });

  it('draws a way after a hang-up that a tried call took', () => {
    const { ways, nodes } = draw(GRAPH, say, false, new Set([wayKey('menu', 'exits.hangup')]));
    expect(ways.some((way) => way.to === 'gone' && way.from === 'menu')).toBe(true);
    expect(ways.some((way) => way.to === 'static')).toBe(false);
    expect(nodes.map((one) => one.id)).toContain('gone');
  });

  it('shows a node that a way names and that is not there', () => {
    expect(draw(GRAPH, say).nodes.filter((one) => one.missing).map((one) => one.id)).toEqual(['nowhere']);
  });

  it('bears an empty flow and a node that leads to itself', () => {
    expect(draw({ flow: 'e', start: 'a', nodes: [] }, say).nodes).toEqual([]);
    const own = draw({ flow: 'o', start: 'a', nodes: [node('a', 'menu', 1, { 'keys.1': 'a' })] }, say);
    expect(own.nodes).toHaveLength(1);
    expect(own.ways).toHaveLength(1);
  });

  it('rounds a line at its points', () => {
    expect(curve([])).toBe('');
    expect(curve([{ x: 0, y: 0 }, { x: 0, y: 10 }])).toBe('M 0 0 L 0 10');
    expect(curve([{ x: 0, y: 0 }, { x: 10, y: 10 }, { x: 0, y: 20 }])).toBe('M 0 0 Q 10 10 5 15 L 0 20');
  });
});

describe('places in the text', () => {
  it('belong to the node that begins at them or before', () => {
    expect([1, 10, 19, 20, 99].map((line) => nodeAt(GRAPH, line))).toEqual([undefined, 'menu', 'menu', 'again', 'static']);
    expect(nodeAt(undefined, 1)).toBeUndefined();
  });

  it('mark nodes with faults, not with warnings', () => {
    const findings = [
      { severity: 'fault', line: 33, place: '', text: 'a', values: [] },
      { severity: 'warning', line: 12, place: '', text: 'b', values: [] },
      { severity: 'fault', place: '', text: 'c', values: [] },
    ];
    expect([...faultyNodes(GRAPH, findings)]).toEqual(['queue']);
  });
});

describe('what a caller met', () => {
  it('keeps what stands in brackets together', () => {
    expect(metWords('welcome factory-offer? [queue gz by rule] sorry [hung up]')).toEqual(['welcome', 'factory-offer?', '[queue gz by rule]', 'sorry', '[hung up]']);
  });

  it('is new where it was not met before', () => {
    expect(newlyMet('welcome factory-offer?', 'welcome factory-offer? wrong-key factory-offer?')).toEqual(['wrong-key', 'factory-offer?']);
    expect(newlyMet('', '')).toEqual([]);
  });
});
