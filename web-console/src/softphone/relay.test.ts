import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { enoughWays, followRelays, GATHERING, GATHERING_RELAYS, relayFault, type RelayFault } from './relay';

const REFUSED = { url: 'turn:192.0.2.7:3478?transport=udp', errorCode: 401, errorText: 'Unauthorized.' };

describe('a relay that carries no sound', () => {
  it('refuses credentials, by its number and words', () => {
    expect(relayFault(REFUSED)).toEqual({ server: '192.0.2.7:3478', refused: true, said: '401 Unauthorized' });
    expect(relayFault({ ...REFUSED, url: 'turns:turn.example:443?transport=tcp', errorCode: 403, errorText: 'Forbidden IP' })).toEqual({
      server: 'turn.example:443',
      refused: true,
      said: '403 Forbidden IP',
    });
  });

  it('is not reached where the browser says so itself', () => {
    expect(relayFault({ ...REFUSED, errorCode: 701, errorText: 'TURN allocate request timed out.' })).toMatchObject({ refused: false, said: '701 TURN allocate request timed out' });
  });

  it('is not spoken of where only an address was asked for', () => {
    expect(relayFault({ url: 'stun:192.0.2.7:3478', errorCode: 701, errorText: '' })).toBeUndefined();
  });

  it('is forgiven once another one carries it', () => {
    const connection = new EventTarget();
    const told: (RelayFault | undefined)[] = [];
    followRelays(connection as RTCPeerConnection, (fault) => told.push(fault));
    const happens = (name: string, what: object): void => void connection.dispatchEvent(Object.assign(new Event(name), what));

    happens('icecandidate', { candidate: { type: 'host' } });
    expect(told).toEqual([]);
    happens('icecandidateerror', REFUSED);
    expect(told.at(-1)?.said).toBe('401 Unauthorized');
    happens('icecandidate', { candidate: { type: 'relay' } });
    happens('icecandidateerror', { ...REFUSED, errorCode: 701 });
    expect(told).toHaveLength(2);
    expect(told.at(-1)).toBeUndefined();
  });
});

describe('ways for the sound', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const STUN = [{ urls: ['stun:192.0.2.7:3478'] }];
  const TURN = [...STUN, { urls: ['turn:192.0.2.7:3478?transport=udp', 'turns:192.0.2.7:443?transport=tcp'] }];

  function ways(iceServers: { urls: string[] }[]) {
    const ready = vi.fn();
    const take = enoughWays(iceServers);
    const found = (type: RTCIceCandidateType): void => take({ candidate: { type }, ready });
    return { ready, found };
  }

  it('are enough soon after the first where there is no relay', () => {
    const { ready, found } = ways(STUN);
    found('host');
    vi.advanceTimersByTime(GATHERING - 1);
    found('srflx');
    expect(ready).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(ready).toHaveBeenCalledOnce();
  });

  it('wait for a relay that is far away, and not long behind it', () => {
    const { ready, found } = ways(TURN);
    found('host');
    vi.advanceTimersByTime(GATHERING_RELAYS - 10);
    expect(ready).not.toHaveBeenCalled();
    found('relay');
    vi.advanceTimersByTime(GATHERING - 1);
    found('relay');
    expect(ready).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(ready).toHaveBeenCalledOnce();
  });

  it('are enough without a relay that does not answer', () => {
    const { ready, found } = ways(TURN);
    found('host');
    found('srflx');
    vi.advanceTimersByTime(GATHERING_RELAYS);
    expect(ready).toHaveBeenCalledOnce();
  });
});
