// A telephone line in the browser: SIP over the server's WebSocket, sound over WebRTC. Knows nothing of
// agents; the agent's phone and the page that calls the hotline both stand on it.
import { UA, WebSocketInterface } from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession';
import { Problem } from '../api/http';
import { enoughWays, followRelays, type RelayFault } from './relay';
import { microphone, play, stopStream } from './sound';

/** What the server gives a browser to register with (SoftphoneView). */
export interface LineAccount {
  user: string;
  password: string;
  domain: string;
  path: string;
  registerSeconds: number;
  iceServers: { urls: string[]; username?: string; credential?: string }[];
}

export type CallPhase = 'ringing' | 'calling' | 'talking' | 'over';

export interface LineCall {
  id: string;
  incoming: boolean;
  number: string;
  name: string;
  phase: CallPhase;
  held: boolean;
  muted: boolean;
  /** When it was answered, by our clock; 0 before. */
  since: number;
  /** Why it is over, in SIP's words. */
  cause: string;
}

export interface LineListener {
  /** `problem` says why it cannot be rung; empty where it can. */
  registered(problem: string): void;
  changed(call: LineCall): void;
  /** A relay refuses or is away, or (nothing) one carries the sound. */
  relay?(fault: RelayFault | undefined): void;
  /** The server gave the phone to another window: it is not taken back. */
  taken(): void;
  /** A password that is not taken any more, or a server that started anew: another account is wanted. */
  accountWanted(): Promise<LineAccount>;
}

/** What is needed to take a call back after the page was loaded anew (RFC 3891). */
export interface Thread {
  callId: string;
  localTag: string;
  remoteTag: string;
  number: string;
  name: string;
  incoming: boolean;
  since: number;
}

/** Close codes of the server's WebSocket (docs/softphone.md). */
const TAKEN = 4409;
const RETRY = 3_000;
const TO_CONNECT = 8_000;

interface Live {
  view: LineCall;
  session: RTCSession;
  stream: MediaStream | null;
  audio: HTMLAudioElement | null;
}

export class Line {
  private readonly ua: UA;
  private readonly calls = new Map<string, Live>();
  private started = false;
  private over = false;
  private renewing = false;

  constructor(
    private account: LineAccount,
    private readonly listener: LineListener,
    register: boolean,
  ) {
    const socket = new WebSocketInterface(`${location.origin.replace(/^http/, 'ws')}${account.path}`);
    // JsSIP connects once more while it says good-bye: that would take the phone from the window that has it.
    const connect = socket.connect.bind(socket);
    socket.connect = (): void => {
      if (!this.over) connect();
    };
    this.ua = new UA({
      sockets: [socket],
      uri: `sip:${account.user}@${account.domain}`,
      authorization_user: account.user,
      password: account.password,
      register,
      register_expires: account.registerSeconds,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: 8,
      // Else the gateway ends a talk within a minute of signalling that is away, while the sound goes on. A
      // browser that is gone is known by its silence (rtp_timeout).
      session_timers: false,
      user_agent: 'cti-console',
    });
    this.ua.on('registered', () => listener.registered(''));
    this.ua.on('unregistered', () => listener.registered('not registered'));
    this.ua.on('registrationFailed', (event) => {
      listener.registered(event.cause ?? 'refused');
      void this.renewSoon();
    });
    this.ua.on('disconnected', (event) => {
      if (this.over) return;
      if (event.code === TAKEN) {
        this.stop();
        listener.taken();
        return;
      }
      listener.registered('no connection to the server');
      void this.renewSoon();
    });
    this.ua.on('connected', () => {
      // Who does not register has all that they need by now.
      if (!register) listener.registered('');
      this.refreshTargets();
    });
    this.ua.on('newRTCSession', ({ session, originator, request }: { session: RTCSession; originator: string; request: { getHeader(name: string): string | undefined } }) => {
      if (originator === 'remote') this.rings(session, request.getHeader('X-CTI-Click') === 'yes');
    });
  }

  start(): void {
    this.started = true;
    this.ua.start();
  }

  /** Resolved once there is a connection. */
  connected(): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.ua.isConnected()) return resolve();
      const timer = setTimeout(() => reject(new Problem('gateway-away', 0)), TO_CONNECT);
      this.ua.once('connected', () => {
        clearTimeout(timer);
        resolve();
      });
      if (!this.started) this.start();
    });
  }

  /** Ends calls and registration for good. */
  stop(): void {
    this.over = true;
    this.calls.forEach((call) => this.end(call));
    this.ua.stop();
  }

  /** Another password, from the next registration on. */
  use(account: LineAccount): void {
    this.account = account;
    this.ua.set('password', account.password);
  }

  /** The server may have started anew and know nothing of us: we ask again, then connect. */
  private async renewSoon(): Promise<void> {
    if (this.renewing) return;
    this.renewing = true;
    await new Promise((resolve) => setTimeout(resolve, RETRY));
    try {
      if (this.over) return;
      this.use(await this.listener.accountWanted());
      if (this.ua.isConnected() && !this.ua.isRegistered()) this.ua.register();
    } catch {
      // Still away: the connection fails again, and we are back here.
    } finally {
      this.renewing = false;
    }
  }

  /** After another connection the gateway must learn where to send what belongs to a call. */
  private refreshTargets(): void {
    this.calls.forEach(({ session }) => {
      if (session.isEstablished() && session.isReadyToReOffer()) session.renegotiate();
    });
  }

  get views(): LineCall[] {
    return [...this.calls.values()].map((call) => call.view);
  }

  private rings(session: RTCSession, asked: boolean): void {
    const identity = session.remote_identity;
    const { view } = this.take(session, true, identity.uri.user ?? '', identity.display_name ?? '', asked);
    if (asked) this.answer(view.id).catch(() => this.hangUp(view.id));
  }

  private take(session: RTCSession, incoming: boolean, number: string, name: string, asked = false): Live {
    const view: LineCall = {
      id: session.id,
      incoming,
      number,
      name,
      phase: incoming && !asked ? 'ringing' : 'calling',
      held: false,
      muted: false,
      since: 0,
      cause: '',
    };
    const call: Live = { view, session, stream: null, audio: null };
    this.calls.set(view.id, call);
    const tell = (): void => this.listener.changed({ ...view });
    const hear = (connection: RTCPeerConnection): void => {
      connection.addEventListener('track', (event) => {
        call.audio?.remove();
        call.audio = play(event.streams[0] ?? new MediaStream([event.track]));
      });
      followRelays(connection, (fault) => this.listener.relay?.(fault));
    };
    if (session.connection) hear(session.connection);
    session.on('peerconnection', ({ peerconnection }: { peerconnection: RTCPeerConnection }) => hear(peerconnection));
    session.on('icecandidate', enoughWays(this.account.iceServers));
    session.on('confirmed', () => {
      view.phase = 'talking';
      view.since = view.since || Date.now();
      tell();
    });
    session.on('hold', ({ originator }: { originator: string }) => {
      if (originator === 'local') view.held = true;
      tell();
    });
    session.on('unhold', ({ originator }: { originator: string }) => {
      if (originator === 'local') view.held = false;
      tell();
    });
    session.on('muted', () => {
      view.muted = true;
      tell();
    });
    session.on('unmuted', () => {
      view.muted = false;
      tell();
    });
    const ended = ({ cause }: { cause: string }): void => {
      this.calls.delete(view.id);
      call.audio?.remove();
      stopStream(call.stream);
      view.phase = 'over';
      view.cause = cause;
      tell();
    };
    session.on('ended', ended);
    session.on('failed', ended);
    tell();
    return call;
  }

  private get rtc(): RTCConfiguration {
    return { iceServers: this.account.iceServers, bundlePolicy: 'max-bundle' };
  }

  private call(id: string): Live {
    const call = this.calls.get(id);
    if (!call) throw new Error('no-such-call');
    return call;
  }

  /** @throws where the browser gives no microphone */
  async answer(id: string): Promise<void> {
    const call = this.call(id);
    call.stream = await microphone();
    if (!this.calls.has(id)) return stopStream(call.stream);
    call.session.answer({ mediaStream: call.stream, pcConfig: this.rtc });
  }

  /** @throws where the browser gives no microphone */
  async dial(number: string, target = number): Promise<string> {
    return this.invite(target, number, '', []);
  }

  private async invite(target: string, number: string, name: string, extraHeaders: string[]): Promise<string> {
    const stream = await microphone();
    const session = this.ua.call(`sip:${target}@${this.account.domain}`, { mediaStream: stream, pcConfig: this.rtc, extraHeaders });
    const call = this.take(session, false, number, name);
    call.stream = stream;
    return call.view.id;
  }

  /** Takes a call back that this page had before it was loaded anew; the gateway swaps the ends. */
  async takeBack(thread: Thread): Promise<void> {
    const header = `Replaces: ${thread.callId};to-tag=${thread.remoteTag};from-tag=${thread.localTag}`;
    const id = await this.invite('cti-back', thread.number, thread.name, [header]);
    const call = this.calls.get(id);
    if (call) {
      call.view.incoming = thread.incoming;
      call.view.since = thread.since;
    }
  }

  /** The thread of a call that is under way. */
  thread(id: string): Thread | undefined {
    const call = this.calls.get(id);
    // JsSIP keeps the dialog to itself; there is no other way to its tags.
    const dialog = (call?.session as unknown as { _dialog?: { id: { call_id: string; local_tag: string; remote_tag: string } } })?._dialog?.id;
    if (!call || !dialog || call.view.phase !== 'talking') return undefined;
    const { number, name, incoming, since } = call.view;
    return { callId: dialog.call_id, localTag: dialog.local_tag, remoteTag: dialog.remote_tag, number, name, incoming, since };
  }

  hangUp(id: string): void {
    this.end(this.call(id));
  }

  private end({ session, view }: Live): void {
    // Somebody who turns a call away is busy: the queue takes the next one.
    if (!session.isEnded()) session.terminate(view.phase === 'ringing' ? { status_code: 486 } : {});
  }

  hold(id: string, on: boolean): void {
    const { session } = this.call(id);
    if (on) session.hold();
    else session.unhold();
  }

  mute(id: string, on: boolean): void {
    const { session } = this.call(id);
    if (on) session.mute({ audio: true });
    else session.unmute({ audio: true });
  }

  keys(id: string, tones: string): void {
    // As tones in the sound's own stream (RFC 4733), which every gateway hears.
    this.call(id).session.sendDTMF(tones, { transportType: 'RFC2833' as never, duration: 160, interToneGap: 80 });
  }

  /**
   * Hands the other side on. The gateway leaves it to us to hang up once it has them (RFC 5589).
   *
   * @throws where the gateway refuses; the call goes on then
   */
  transfer(id: string, number: string): Promise<void> {
    const { session } = this.call(id);
    return new Promise((resolve, reject) => {
      const refused = (): void => reject(new Problem('not-handed-on', 0));
      const accepted = (): void => {
        if (!session.isEnded()) session.terminate();
        resolve();
      };
      session.once('ended', () => resolve());
      session.refer(`sip:${number}@${this.account.domain}`, { eventHandlers: { accepted, failed: refused, requestFailed: refused } });
    });
  }

  /** Of the call that talks: loss, jitter and round trip as RTCP has them. */
  async quality(): Promise<{ lossPermille: number; jitterMicros: number; roundTripMicros: number } | undefined> {
    const call = [...this.calls.values()].find((one) => one.view.phase === 'talking');
    if (!call?.session.connection) return undefined;
    let lost = 0;
    let received = 0;
    let jitter = 0;
    let roundTrip = 0;
    (await call.session.connection.getStats()).forEach((one: Record<string, unknown>) => {
      if (one.type === 'inbound-rtp' && one.kind === 'audio') {
        lost = Math.max(0, Number(one.packetsLost ?? 0));
        received = Number(one.packetsReceived ?? 0);
        jitter = Number(one.jitter ?? 0);
      }
      if (one.type === 'remote-inbound-rtp') roundTrip = Number(one.roundTripTime ?? 0);
    });
    return {
      lossPermille: lost + received ? Math.round((1000 * lost) / (lost + received)) : 0,
      jitterMicros: Math.round(jitter * 1e6),
      roundTripMicros: Math.round(roundTrip * 1e6),
    };
  }

  /** Another microphone for the calls that are under way. */
  async changeMicrophone(): Promise<void> {
    for (const call of this.calls.values()) {
      const sender = call.session.connection?.getSenders().find((one) => one.track?.kind === 'audio');
      if (!sender) continue;
      const next = await microphone();
      next.getAudioTracks().forEach((track) => (track.enabled = !call.view.muted));
      await sender.replaceTrack(next.getAudioTracks()[0] ?? null);
      stopStream(call.stream);
      call.stream = next;
    }
  }
}
