import { describe, expect, it } from 'vitest';
import { followScreen, type ScreenPicture } from './screenStream';

class FakeSocket {
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  sent: string[] = [];
  closed = false;
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.closed = true;
    this.onclose?.({ code: 1006 });
  }
}

function followed() {
  const sockets: FakeSocket[] = [];
  const timers: { in: number; then: () => void }[] = [];
  const told: string[] = [];
  const stop = followScreen(
    'token',
    { picture: (frame: ScreenPicture) => told.push(frame.title), lost: () => told.push('lost'), gone: () => told.push('gone') },
    {
      open: () => {
        const socket = new FakeSocket();
        sockets.push(socket);
        return socket as unknown as WebSocket;
      },
      after: (milliseconds, then) => {
        const timer = { in: milliseconds, then };
        timers.push(timer);
        return () => timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
      },
    },
  );
  const pass = (): void => timers.shift()!.then();
  return { sockets, timers, told, stop, pass };
}

describe('a big screen', () => {
  it('says its token first and shows what comes', () => {
    const { sockets, told } = followed();
    sockets[0]!.onopen!();
    expect(sockets[0]!.sent).toEqual(['{"token":"token"}']);
    sockets[0]!.onmessage!({ data: '{"type":"screen","title":"大屏"}' });
    expect(told).toEqual(['大屏']);
  });

  it('comes back by itself, with longer pauses', () => {
    const { sockets, timers, told, pass } = followed();
    sockets[0]!.onclose!({ code: 1001 });
    expect(timers.map((timer) => timer.in)).toEqual([1_000]);
    pass();
    sockets[1]!.onclose!({ code: 1006 });
    expect(timers.map((timer) => timer.in)).toEqual([2_000]);
    expect(told).toEqual(['lost', 'lost']);
  });

  it('finds out when nobody is there', () => {
    const { sockets, pass, told } = followed();
    sockets[0]!.onopen!();
    pass();
    expect(sockets[0]!.closed).toBe(true);
    expect(told).toEqual(['lost']);
  });

  it('tries nothing more once its link is revoked', () => {
    const { sockets, timers, told } = followed();
    sockets[0]!.onclose!({ code: 4401 });
    expect(told).toEqual(['gone']);
    expect(timers).toEqual([]);
  });
});
