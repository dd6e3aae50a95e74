// A flow as a picture: where each node stands and how the ways run between them.
import { Graph, layout, type Point } from '@dagrejs/dagre';
import type { components } from '../api/openapi';

export type FlowGraph = components['schemas']['FlowGraphView'];
type FlowNode = components['schemas']['FlowNodeView'];

export interface DrawnNode {
  id: string;
  kind: string;
  prompts: string[];
  line?: number;
  /** Named by a way, and not there. */
  missing: boolean;
  start: boolean;
  /** Of the left upper corner. */
  x: number;
  y: number;
}

export interface DrawnWay {
  from: string;
  to: string;
  /** All ways that lead from the one to the other, as the server names them. */
  names: string[];
  label: string;
  path: string;
  labelAt: Point;
}

export interface Drawing {
  width: number;
  height: number;
  nodes: DrawnNode[];
  ways: DrawnWay[];
}

export const NODE_WIDTH = 172;
export const NODE_HEIGHT = 46;
const MARGIN = 16;
const LABEL_HEIGHT = 18;
/** Every node that does something has these two, nearly always to the same place. */
const QUIET = new Set(['exits.hangup', 'exits.error']);

/** Which way out of which node, as a key. */
export const wayKey = (node: string, way: string): string => `${node} ${way}`;

/** About how wide a text is, in pixels: signs of Chinese are as wide as two letters. */
export function textWidth(text: string): number {
  let width = 0;
  for (const sign of text) width += sign.charCodeAt(0) > 0x2e7f ? 12 : 6.6;
  return Math.ceil(width);
}

/**
 * Lays a flow out, from the first node downwards.
 *
 * @param say the label of ways that lead from one node to the same other
 * @param quiet whether hang-ups and faults are drawn too
 * @param always ways (see wayKey) that are drawn in any case
 */
export function draw(graph: FlowGraph, say: (names: string[]) => string, quiet = false, always: ReadonlySet<string> = new Set()): Drawing {
  const known = new Map(graph.nodes.map((node) => [node.id, node]));
  const ways = waysOf(graph, quiet, always);
  const shown = reached(graph, ways, quiet);
  const page = new Graph();
  page.setGraph({ rankdir: 'TB', nodesep: 18, edgesep: 10, ranksep: 36, marginx: MARGIN, marginy: MARGIN });
  page.setDefaultEdgeLabel(() => ({}));
  for (const id of shown) page.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  const drawn = ways.filter((way) => shown.has(way.from) && shown.has(way.to)).map((way) => ({ ...way, label: say(way.names) }));
  for (const way of drawn) page.setEdge(way.from, way.to, { width: textWidth(way.label) + 8, height: LABEL_HEIGHT, labelpos: 'c' });
  layout(page);
  const size = page.graph() as { width?: number; height?: number };
  return {
    width: finite(size.width) || NODE_WIDTH + 2 * MARGIN,
    height: finite(size.height) || NODE_HEIGHT + 2 * MARGIN,
    nodes: [...shown].map((id) => place(id, known.get(id), id === graph.start, page.node(id) as Point)),
    ways: drawn.map((way) => {
      const edge = page.edge(way.from, way.to) as { points?: Point[]; x?: number; y?: number };
      const points = edge.points ?? [];
      return { ...way, path: curve(points), labelAt: { x: edge.x ?? 0, y: edge.y ?? 0 } };
    }),
  };
}

const finite = (value: number | undefined): number => (value !== undefined && Number.isFinite(value) ? value : 0);

function place(id: string, node: FlowNode | undefined, start: boolean, centre: Point): DrawnNode {
  return {
    id,
    kind: node?.kind ?? '',
    prompts: node?.prompts ?? [],
    line: node?.line,
    missing: node === undefined,
    start,
    x: centre.x - NODE_WIDTH / 2,
    y: centre.y - NODE_HEIGHT / 2,
  };
}

interface Way {
  from: string;
  to: string;
  names: string[];
}

function waysOf(graph: FlowGraph, quiet: boolean, always: ReadonlySet<string>): Way[] {
  const ways = new Map<string, Way>();
  for (const node of graph.nodes) {
    for (const way of node.ways) {
      if (QUIET.has(way.name) && !quiet && !always.has(wayKey(node.id, way.name))) continue;
      const key = wayKey(node.id, way.to);
      const known = ways.get(key) ?? { from: node.id, to: way.to, names: [] };
      known.names.push(way.name);
      ways.set(key, known);
    }
  }
  return [...ways.values()];
}

/** Nodes that are only where callers hang up or something breaks are left out with the ways to them. */
function reached(graph: FlowGraph, ways: Way[], quiet: boolean): Set<string> {
  const aims = new Set(ways.map((way) => way.to));
  const onlyQuiet = new Set(graph.nodes.flatMap((node) => node.ways.filter((way) => QUIET.has(way.name)).map((way) => way.to)));
  const shown = new Set<string>();
  for (const node of graph.nodes) {
    if (quiet || node.id === graph.start || aims.has(node.id) || !onlyQuiet.has(node.id)) shown.add(node.id);
  }
  for (const way of ways) shown.add(way.to);
  return shown;
}

/** A line through all points, rounded at each of them. */
export function curve(points: Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const last = rest.pop();
  if (!last) return '';
  const at = (point: Point): string => `${Math.round(point.x * 10) / 10} ${Math.round(point.y * 10) / 10}`;
  let path = `M ${at(first)}`;
  rest.forEach((point, i) => {
    const next = rest[i + 1] ?? last;
    path += ` Q ${at(point)} ${at({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 })}`;
  });
  return `${path} L ${at(last)}`;
}
