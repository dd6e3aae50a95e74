import { beforeEach, describe, expect, it } from 'vitest';
import type { CallView, PopView } from '../api/views';
import { calls } from '../stream/picture';
import { popPhase } from './pops';

const pop = { id: 'gw1:7', call: 'gw1:1', agent: '1002' } as PopView;

function call(phase: string, state: string | undefined, end?: CallView['end']): void {
  const parts = [
    { connection: 'gw1:1', role: 'caller', state: 'held' },
    { connection: 'gw1:3', role: 'queue-agent', agent: '1001', state: 'held' },
    ...(state ? [{ connection: 'gw1:7', role: 'consulted', agent: '1002', state }] : []),
  ];
  calls.set('gw1:1', { id: 'gw1:1', agent: '1001', phase, parts, end } as unknown as CallView);
}

beforeEach(() => calls.clear());

describe('the phase of a pop', () => {
  it('is that of the agent, whoever else is in the call', () => {
    call('on-hold', undefined);
    expect(popPhase({ pop })).toBe('ringing');
    call('on-hold', 'alerting');
    expect(popPhase({ pop })).toBe('ringing');
    call('on-hold', 'connected');
    expect(popPhase({ pop })).toBe('talking');
    call('talking', 'null');
    expect(popPhase({ pop })).toBe('over');
  });

  it('is over with the call, and missed where the ring ended without talk', () => {
    expect(popPhase({ pop })).toBe('over');
    call('ended', 'null', { at: '', outcome: 'answered', by: 'agent' } as CallView['end']);
    expect(popPhase({ pop })).toBe('over');
    expect(popPhase({ pop, missed: 'no-answer' })).toBe('missed');
  });
});
