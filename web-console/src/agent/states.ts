// How states of agents and calls are said.
import type { AgentView, CallView } from '../api/views';
import { reasonText, t, wordOr } from '../words/words';

export function stateText(agent: AgentView): string {
  if (agent.state === 'unknown') return t('unknown-state');
  const state = t(agent.state);
  return agent.state === 'not-ready' && agent.reason ? `${state} · ${reasonText(agent.reason)}` : state;
}

/** Who calls, or is called from here, in a few words: names, else the number. */
export function callerText(call: Pick<CallView, 'callers' | 'callingNumber' | 'callingName'> & Partial<Pick<CallView, 'direction' | 'dialledNumber'>>): string {
  if (call.callers.length > 0) return call.callers.map((caller) => caller.name).join(' / ');
  return (call.direction === 'outbound' && call.dialledNumber) || call.callingNumber || call.callingName || t('anonymous');
}

/** Who is at the other end for whoever has the part. */
export const otherText = (call: CallView, own: Pick<CallView['parts'][number], 'role'> | undefined): string =>
  own?.role === 'caller' && call.callers.length === 0 && call.dialledNumber ? call.dialledNumber : callerText(call);

/** Somebody from outside waits until a phone is answered: what agents dial themselves is none of it. */
export const waits = (call: CallView): boolean =>
  !call.end && (call.phase === 'waiting' || (call.phase === 'ringing' && (call.waitingSince !== undefined || call.direction === 'inbound')));

export const phaseText = (call: CallView): string =>
  call.end ? t(call.end.outcome) : t(call.phase === 'ringing' && !waits(call) && call.direction !== 'inbound' ? 'ringingOut' : call.phase);

export const outcomeText = (outcome: string | undefined): string => (outcome ? wordOr(outcome === 'busy' ? 'busyRing' : outcome, outcome) : '—');

/** How a stay in a queue ended. */
export const visitText = (outcome: string | undefined): string => (outcome ? wordOr(`visit.${outcome}`, outcome) : t('waiting'));

/** Since when a call is in its phase. */
export function phaseSince(call: CallView): string {
  switch (call.phase) {
    case 'waiting':
      return call.waitingSince ?? call.startedAt;
    case 'ringing':
      return call.ringingSince ?? call.startedAt;
    case 'talking':
    case 'on-hold':
      return call.talkingSince ?? call.startedAt;
    default:
      return call.startedAt;
  }
}
