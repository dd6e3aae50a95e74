// What a call that is tried has done so far.
import type { components } from '../api/openapi';

export type Trial = components['schemas']['FlowTrialView'];

/** One thing that the caller did, and what came of it. */
export interface Move {
  /** For people; empty for the beginning. */
  did: string;
  met: string[];
}

/** Splits what was met at the texts in brackets, which may hold blanks. */
export function metWords(met: string): string[] {
  return met.match(/\[[^\]]*\]|\S+/g) ?? [];
}

/** What is new in what was met, against what was met before. */
export function newlyMet(before: string, after: string): string[] {
  return metWords(after.startsWith(before) ? after.slice(before.length) : after);
}
