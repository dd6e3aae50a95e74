// The screen-pops of the agent who is signed in, newest first.
import { computed, shallowReactive } from 'vue';
import type { CallView, PopView } from '../api/views';
import { onFrame, session } from '../session/session';
import { calls } from '../stream/picture';
import { alarm, quietAgain } from './alarm';

export type PopPhase = 'ringing' | 'talking' | 'missed' | 'over';

export interface OpenPop {
  pop: PopView;
  /** How the ring ended, where it ended without talk. */
  missed?: string;
}

export const pops = shallowReactive(new Map<string, OpenPop>());

export const shownPops = computed(() => [...pops.values()].sort((a, b) => b.pop.at.localeCompare(a.pop.at)));

/** What has become of the call behind a pop, for this agent: their own device tells. */
export function popPhase(open: OpenPop): PopPhase {
  if (open.missed) return 'missed';
  const call = calls.get(open.pop.call);
  return call ? phaseIn(call, open.pop) : 'over';
}

function phaseIn(call: CallView, pop: PopView): PopPhase {
  if (call.end) return 'over';
  const own = call.parts.find((part) => part.connection === pop.id);
  // The pop comes before the call's own news of the ring.
  if (!own || own.state === 'alerting') return 'ringing';
  return own.state === 'connected' || own.state === 'held' ? 'talking' : 'over';
}

export function closePop(id: string): void {
  pops.delete(id);
}

function show(pop: PopView): void {
  if (pop.agent !== session.value?.agent) return;
  const before = pops.get(pop.id);
  if (before && before.pop.revision >= pop.revision) return;
  pops.set(pop.id, { ...before, pop });
  if (!before) alarm(pop);
}

/** Follows the stream, whoever is signed in. Gives back how to stop. */
export function followPops(): () => void {
  return onFrame((frame) => {
    if (frame.type === 'snapshot') frame.pops.forEach(show);
    if (frame.type === 'pop') show(frame.pop);
    if (frame.type === 'popEnded') {
      const open = pops.get(frame.id);
      if (open) pops.set(frame.id, { ...open, missed: frame.outcome });
      quietAgain(frame.id);
    }
    if (frame.type === 'call') {
      for (const { pop } of pops.values()) if (pop.call === frame.call.id && phaseIn(frame.call, pop) !== 'ringing') quietAgain(pop.id);
    }
  });
}
