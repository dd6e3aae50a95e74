// Relays (TURN): how long they are waited for, and why one carries no sound for this browser.

/** What the browser tells of a relay that gave it no place (RTCPeerConnectionIceErrorEvent). */
export interface IceFault {
  url: string;
  errorCode: number;
  errorText: string;
}

/** A relay that cannot be used, and in whose words. */
export interface RelayFault {
  server: string;
  /** Answered and refused, such as credentials that are wrong or too old; else nobody answered. */
  refused: boolean;
  said: string;
}

/** Where the browser itself says that nobody answered (W3C WebRTC, 4.8.1.3); codes of STUN are below. */
const NOT_REACHED = 700;

/** Nothing where it is no relay's: an address may be found without one. */
export function relayFault({ url, errorCode, errorText }: IceFault): RelayFault | undefined {
  if (!/^turns?:/.test(url)) return undefined;
  const server = url.replace(/^turns?:|\?.*$/g, '');
  return { server, refused: errorCode < NOT_REACHED, said: `${errorCode} ${errorText.replace(/\.$/, '')}`.trim() };
}

/**
 * Follows one connection; told a fault while no relay has given a place, nothing once one has: of
 * several, one is enough.
 */
export function followRelays(connection: RTCPeerConnection, told: (fault: RelayFault | undefined) => void): void {
  let found = false;
  connection.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate?.type === 'relay' && !found) {
      found = true;
      told(undefined);
    }
  });
  connection.addEventListener('icecandidateerror', (event) => {
    const fault = relayFault(event);
    if (fault && !found) told(fault);
  });
}

/** Ways that are found later than this after the first, or after a relay, are of no use to anybody. */
export const GATHERING = 400;
/** A relay far away needs several round trips, by TLS the most; behind some firewalls it is the only way. */
export const GATHERING_RELAYS = 2_000;

type Found = { candidate: Pick<RTCIceCandidate, 'type'> | null; ready: () => void };

/** Takes each way that is found (JsSIP, icecandidate); says ready once when enough are known. */
export function enoughWays(iceServers: { urls: string[] }[]): (found: Found) => void {
  const relays = iceServers.some(({ urls }) => urls.some((url) => /^turns?:/.test(url)));
  let timer = 0;
  let relayed = false;
  return ({ candidate, ready }) => {
    const relay = candidate?.type === 'relay';
    if (timer && (relayed || !relay)) return;
    relayed ||= relay;
    window.clearTimeout(timer);
    timer = window.setTimeout(ready, relays && !relayed ? GATHERING_RELAYS : GATHERING);
  };
}
