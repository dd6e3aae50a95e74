// Which node of a flow stands at which line of its text.
import type { Finding } from '../routing/YamlEditor.vue';
import type { FlowGraph } from './drawing';

/** The node whose text holds the line: the last one that begins at it or before. */
export function nodeAt(graph: FlowGraph | undefined, line: number): string | undefined {
  let found: string | undefined;
  let begins = 0;
  for (const node of graph?.nodes ?? []) {
    if (node.line !== undefined && node.line <= line && node.line > begins) {
      found = node.id;
      begins = node.line;
    }
  }
  return found;
}

/** Nodes with a fault. */
export function faultyNodes(graph: FlowGraph | undefined, findings: Finding[]): Set<string> {
  const nodes = new Set<string>();
  for (const finding of findings) {
    if (finding.severity !== 'fault' || finding.line === undefined) continue;
    const node = nodeAt(graph, finding.line);
    if (node) nodes.add(node);
  }
  return nodes;
}
