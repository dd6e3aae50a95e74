import { describe, expect, it } from 'vitest';
import { followRelays, relayFault, type RelayFault } from './relay';

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
