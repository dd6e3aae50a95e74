// The stream's connection: it resumes where it stopped, and finds out when nobody is there any more.
import { NO_NETWORK, Problem } from '../api/http';
import type { LiveFrame, ServerFrame } from './frames';

const PING_EVERY = 20_000;
/** Two pings without any answer. */
const SILENT_FOR = 45_000;
/** Longer than the server waits for a reply, which then says so itself. */
const REPLY_WITHIN = 8_000;
/** Whatever was heard so lately is no picture from before a sleep. */
const FRESH_FOR = 3_000;
const ANSWER_WITHIN = 3_000;
/** The close code of a line that broke (RFC 6455, 7.1.5). */
const NOBODY_THERE = 1006;
const LONGEST_PAUSE = 8_000;
const SHORTEST_PAUSE = 500;

export type Link = 'connecting' | 'live' | 'down';

/** What the connection tells. */
export interface StreamListener {
  /** `code` is the close code of the stream where it just broke; `since` when it was heard last. */
  link(state: Link, code?: number, since?: number): void;
  /** News from here on; `awayMillis` since the stream broke, `restarted`: another run of the server. */
  live(frame: LiveFrame, awayMillis: number, restarted: boolean): void;
  frame(frame: ServerFrame): void;
  /** The session is over, or must not have the topics: nothing is tried again. */
  ended(why: 'expired' | 'forbidden'): void;
}

/** What it needs of the browser; tests bring their own. */
export interface Surroundings {
  open(): WebSocket;
  /** Whether the session still holds; a refused upgrade looks like a lost network. */
  sessionHolds(): Promise<boolean>;
  now(): number;
  after(milliseconds: number, then: () => void): () => void;
  random(): number;
}

interface Waiting {
  resolve(): void;
  reject(problem: Problem): void;
  forget(): void;
}

export class StreamConnection {
  private socket: WebSocket | null = null;
  private point: { epoch: string; seq: number } | null = null;
  private tries = 0;
  private downSince: number | null = null;
  private heardAt: number | null = null;
  private over = false;
  private commands = 0;
  private readonly waiting = new Map<string, Waiting>();
  private stopWatch: () => void = () => {};
  /** Connects now, while the next turn is waited for. */
  private retry: (() => void) | null = null;

  constructor(
    private readonly topics: string[],
    private readonly listener: StreamListener,
    private readonly around: Surroundings,
  ) {}

  start(): void {
    this.watch();
    this.connect();
  }

  /** Ends it for good; what waits for a reply is told that the network is gone. */
  close(): void {
    this.over = true;
    this.stopWatch();
    this.socket?.close();
    this.abandon();
  }

  /** After a sleep or a change of network: looks at once instead of at the next turn. */
  wake(): void {
    if (this.over) return;
    if (this.retry) {
      this.retry();
      return;
    }
    const socket = this.socket;
    if (socket?.readyState !== WebSocket.OPEN || this.around.now() - (this.heardAt ?? 0) < FRESH_FOR) return;
    const heard = this.heardAt;
    socket.send('{"op":"ping"}');
    this.around.after(ANSWER_WITHIN, () => {
      if (!this.over && this.socket === socket && this.heardAt === heard) this.drop();
    });
  }

  /** Nobody is there: a line that is closed properly would wait for the other side to say so too. */
  private drop(): void {
    const socket = this.socket;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    this.closed(NOBODY_THERE);
  }

  /**
   * Asks the server to do something.
   *
   * @throws Problem with the refusal, `network` where the stream is down, `no-reply` where none came
   */
  command(name: string, fields: Record<string, unknown> = {}): Promise<void> {
    const socket = this.socket;
    if (!socket || socket.readyState !== WebSocket.OPEN) return Promise.reject(new Problem(NO_NETWORK, 0));
    const id = `c${++this.commands}`;
    return new Promise<void>((resolve, reject) => {
      const forget = this.around.after(REPLY_WITHIN, () => {
        this.waiting.delete(id);
        reject(new Problem('no-reply', 503));
      });
      this.waiting.set(id, { resolve, reject, forget });
      socket.send(JSON.stringify({ op: 'command', id, command: name, ...fields }));
    });
  }

  private connect(): void {
    this.listener.link(this.downSince === null ? 'connecting' : 'down', undefined, this.downSince ?? undefined);
    const socket = this.around.open();
    this.socket = socket;
    socket.onopen = () => {
      this.heardAt = this.around.now();
      socket.send(JSON.stringify({ op: 'subscribe', topics: this.topics, gather: true, ...(this.point ? { resume: this.point } : {}) }));
    };
    socket.onmessage = (message: MessageEvent<string>) => {
      this.heardAt = this.around.now();
      this.take(JSON.parse(message.data) as ServerFrame);
    };
    socket.onclose = (event: CloseEvent) => this.closed(event.code);
  }

  private take(frame: ServerFrame): void {
    switch (frame.type) {
      case 'reply': {
        const command = this.waiting.get(frame.id);
        this.waiting.delete(frame.id);
        command?.forget();
        if (frame.ok) command?.resolve();
        else command?.reject(new Problem(frame.refusal?.id ?? 'internal', 409, frame.refusal?.message ?? ''));
        return;
      }
      case 'live': {
        const away = this.downSince === null ? 0 : this.around.now() - this.downSince;
        const restarted = this.point !== null && frame.epoch !== this.point.epoch;
        this.point = { epoch: frame.epoch, seq: frame.seq };
        this.listener.live(frame, away, restarted);
        this.downSince = null;
        this.tries = 0;
        this.listener.link('live');
        return;
      }
      case 'changes':
        // Pops stand beside the records: they are no point to resume from.
        if (this.point) this.point = { epoch: this.point.epoch, seq: frame.seq };
        frame.frames.forEach((inner) => this.listener.frame(inner));
        return;
      case 'pong':
        return;
      default:
        this.listener.frame(frame);
    }
  }

  private closed(code: number): void {
    this.abandon();
    if (this.over) return;
    if (code === 4401) return this.end('expired');
    if (code === 4403) return this.end('forbidden');
    // A line that just broke may have been dead since it was heard last; one that was closed was alive until then.
    if (this.downSince === null) this.downSince = code === NOBODY_THERE ? (this.heardAt ?? this.around.now()) : this.around.now();
    this.listener.link('down', code, this.downSince);
    const pause = Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 2 ** this.tries++) * (0.5 + this.around.random());
    const forget = this.around.after(pause, () => this.retry?.());
    this.retry = () => {
      this.retry = null;
      forget();
      void this.again();
    };
  }

  private async again(): Promise<void> {
    const holds = await this.around.sessionHolds();
    if (this.over) return;
    if (holds) this.connect();
    else this.end('expired');
  }

  private end(why: 'expired' | 'forbidden'): void {
    this.over = true;
    this.stopWatch();
    this.listener.ended(why);
  }

  private abandon(): void {
    for (const command of this.waiting.values()) {
      command.forget();
      command.reject(new Problem(NO_NETWORK, 0));
    }
    this.waiting.clear();
  }

  private watch(): void {
    this.stopWatch = this.around.after(PING_EVERY, () => {
      if (this.over) return;
      const socket = this.socket;
      if (socket?.readyState === WebSocket.OPEN) {
        if (this.around.now() - (this.heardAt ?? 0) > SILENT_FOR) this.drop();
        else socket.send('{"op":"ping"}');
      }
      this.watch();
    });
  }
}
