import { beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../api/http';
import { type Link, StreamConnection, type StreamListener, type Surroundings } from './connection';
import type { LiveFrame, ServerFrame } from './frames';

/** A socket without a network: the test is its server. */
class Line {
  readyState: number = WebSocket.CONNECTING;
  readonly sent: Record<string, unknown>[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  close(): void {
    this.breaks(1006);
  }
  opens(): void {
    this.readyState = WebSocket.OPEN;
    this.onopen?.();
  }
  says(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  breaks(code: number): void {
    this.readyState = WebSocket.CLOSED;
    this.onclose?.({ code });
  }
}

class World implements Surroundings, StreamListener {
  readonly lines: Line[] = [];
  readonly links: Link[] = [];
  readonly frames: ServerFrame[] = [];
  readonly lives: { away: number; restarted: boolean }[] = [];
  endedWith = '';
  holds = true;
  time = 0;
  private timers: { at: number; then: () => void }[] = [];

  open(): WebSocket {
    const line = new Line();
    this.lines.push(line);
    return line as unknown as WebSocket;
  }
  sessionHolds = (): Promise<boolean> => Promise.resolve(this.holds);
  now = (): number => this.time;
  random = (): number => 0.5;
  after(milliseconds: number, then: () => void): () => void {
    const timer = { at: this.time + milliseconds, then };
    this.timers.push(timer);
    return () => (this.timers = this.timers.filter((other) => other !== timer));
  }
  /** Lets time go by; what is due happens in order. */
  async passes(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    for (;;) {
      const due = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.timers = this.timers.filter((timer) => timer !== due);
      this.time = due.at;
      due.then();
      await Promise.resolve();
      await Promise.resolve();
    }
    this.time = end;
  }
  since: number | undefined;
  link = (state: Link, _code?: number, since?: number): void => {
    this.links.push(state);
    this.since = since;
  };
  live = (_frame: LiveFrame, away: number, restarted: boolean): void => void this.lives.push({ away, restarted });
  frame = (frame: ServerFrame): void => void this.frames.push(frame);
  ended = (why: string): void => void (this.endedWith = why);
  get last(): Line {
    return this.lines.at(-1)!;
  }
}

const live = (epoch: string, seq: number, resumed = false) => ({ type: 'live', epoch, seq, at: '2026-01-05T02:00:00Z', resumed, replayed: 0 });

describe('the stream', () => {
  let world: World;
  let stream: StreamConnection;

  beforeEach(() => {
    world = new World();
    stream = new StreamConnection(['calls'], world, world);
    stream.start();
    world.last.opens();
  });

  it('subscribes with its topics, gathered, and is live once the server says so', () => {
    expect(world.last.sent).toEqual([{ op: 'subscribe', topics: ['calls'], gather: true }]);
    world.last.says(live('e1', 7));
    expect(world.links).toEqual(['connecting', 'live']);
  });

  it('resumes where it stopped, gathered changes included, and tells how long it was away', async () => {
    world.last.says(live('e1', 7));
    world.last.says({ type: 'changes', after: 7, seq: 12, frames: [{ type: 'agent', seq: 11 }] });
    world.last.says({ type: 'pop', seq: 99, pop: {} });
    world.last.breaks(1006);
    await world.passes(500);
    world.last.opens();
    expect(world.last.sent[0]).toMatchObject({ resume: { epoch: 'e1', seq: 12 } });
    world.last.says(live('e1', 12, true));
    expect(world.lives.at(-1)).toEqual({ away: 500, restarted: false });
    expect(world.frames.map((frame) => frame.type)).toEqual(['agent', 'pop']);
  });

  it('knows another run of the server by its epoch', async () => {
    world.last.says(live('e1', 7));
    world.last.breaks(1001);
    await world.passes(500);
    world.last.opens();
    world.last.says(live('e2', 3));
    expect(world.lives.at(-1)?.restarted).toBe(true);
  });

  it('waits longer after each failure, and never longer than eight seconds', async () => {
    world.last.says(live('e1', 7));
    const pauses = [500, 1000, 2000, 4000, 8000, 8000];
    for (const pause of pauses) {
      world.last.breaks(1006);
      const before = world.lines.length;
      await world.passes(pause - 1);
      expect(world.lines.length).toBe(before);
      await world.passes(1);
      expect(world.lines.length).toBe(before + 1);
    }
  });

  it('ends for good when the session is over, by the close code or by asking', async () => {
    world.last.breaks(4401);
    expect(world.endedWith).toBe('expired');
    const other = new World();
    new StreamConnection(['calls'], other, other).start();
    other.holds = false;
    other.last.breaks(1006);
    await other.passes(10_000);
    expect(other.endedWith).toBe('expired');
    expect(other.lines.length).toBe(1);
  });

  it('answers a command by its reply, a refusal by a problem', async () => {
    const done = stream.command('ready');
    const refused = stream.command('hold', { call: 'c1' });
    world.last.says({ type: 'reply', id: 'c1', ok: true });
    world.last.says({ type: 'reply', id: 'c2', ok: false, refusal: { id: 'wrong-state', message: 'nobody talks' } });
    await expect(done).resolves.toBeUndefined();
    await expect(refused).rejects.toMatchObject({ type: 'wrong-state', detail: 'nobody talks' } satisfies Partial<Problem>);
    expect(world.last.sent.slice(1)).toEqual([
      { op: 'command', id: 'c1', command: 'ready' },
      { op: 'command', id: 'c2', command: 'hold', call: 'c1' },
    ]);
  });

  it('tells a command that the network is gone, or that nobody replied', async () => {
    const cut = stream.command('ready');
    world.last.breaks(1006);
    await expect(cut).rejects.toMatchObject({ type: 'network' });
    await expect(stream.command('ready')).rejects.toMatchObject({ type: 'network' });
    await world.passes(500);
    world.last.opens();
    const silent = stream.command('ready');
    const told = expect(silent).rejects.toMatchObject({ type: 'no-reply' });
    await world.passes(8_000);
    await told;
  });

  it('is as old as what was heard last where the line broke, and tells so', async () => {
    world.last.says(live('e1', 7));
    await world.passes(15_000);
    world.last.breaks(1006);
    expect(world.since).toBe(0);
    await world.passes(500);
    world.last.opens();
    world.last.says(live('e1', 7, true));
    expect(world.lives.at(-1)?.away).toBe(15_500);
    world.last.breaks(1001);
    expect(world.since).toBe(15_500);
  });

  it('after a sleep asks at once whether anybody is there, and begins anew where nobody answers', async () => {
    world.last.says(live('e1', 7));
    // Timers stand still while a computer sleeps; the clock does not.
    world.time += 3_600_000;
    stream.wake();
    expect(world.last.sent.at(-1)).toEqual({ op: 'ping' });
    await world.passes(3_000);
    expect(world.links.at(-1)).toBe('down');
    expect(world.since).toBe(0);
    await world.passes(500);
    world.last.opens();
    world.last.says(live('e1', 9, true));
    expect(world.lives.at(-1)?.away).toBeGreaterThanOrEqual(3_603_000);
  });

  it('stays where it is after a sleep in which the line held', async () => {
    world.last.says(live('e1', 7));
    world.time += 10_000;
    stream.wake();
    world.last.says({ type: 'pong', at: '' });
    await world.passes(3_000);
    expect(world.lines.length).toBe(1);
    expect(world.links.at(-1)).toBe('live');
  });

  it('comes back at once when the network does', async () => {
    world.last.says(live('e1', 7));
    for (let i = 0; i < 4; i++) {
      world.last.breaks(1006);
      await world.passes(8_000);
    }
    world.last.breaks(1006);
    const before = world.lines.length;
    stream.wake();
    await Promise.resolve();
    await Promise.resolve();
    expect(world.lines.length).toBe(before + 1);
    await world.passes(8_000);
    expect(world.lines.length).toBe(before + 1);
  });

  it('finds out that nobody is there: no answer to two pings closes the line', async () => {
    world.last.says(live('e1', 7));
    await world.passes(59_000);
    expect(world.last.sent.filter((frame) => frame.op === 'ping').length).toBe(2);
    expect(world.lines.length).toBe(1);
    await world.passes(2_000);
    expect(world.links).toContain('down');
  });
});
