// The stream behind a big screen's link: the token first, then whole pictures; it comes back by itself.
import type { Thresholds } from './colours';

export interface ScreenDesk {
  id: string;
  name: string;
  waiting: number;
  waitsSince?: string;
  talking: number;
  ready: number;
  busy: number;
  wrapUp: number;
  notReady: number;
  colours: Thresholds;
  today?: { answered: number; agentNoAnswer: number; queueMissed: number; answerRate?: number; serviceLevel?: number; formula: string };
}

export interface ScreenPicture {
  type: 'screen';
  at: string;
  title: string;
  until: string;
  gatewayLive: boolean;
  pictureAt?: string;
  desks: ScreenDesk[];
  agents: { name: string; state: string; reason: string; since?: string; desks: string[] }[];
  waiting: { desk: string; name?: string; number?: string; since: string; rings: boolean }[];
}

export interface ScreenListener {
  picture(frame: ScreenPicture): void;
  /** Tried again by itself. */
  lost(): void;
  /** The link is worth nothing any more: nothing is tried again. */
  gone(): void;
}

/** The server says something every 5 s. */
const SILENT_FOR = 16_000;
const LONGEST_PAUSE = 10_000;
const SHORTEST_PAUSE = 1_000;
const NOT_VALID = 4401;

export interface ScreenSurroundings {
  open(): WebSocket;
  after(milliseconds: number, then: () => void): () => void;
}

const browser: ScreenSurroundings = {
  open: () => new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/big-screens/stream`),
  after: (milliseconds, then) => {
    const timer = setTimeout(then, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Follows a link until `gone`. Gives back how to stop. */
export function followScreen(token: string, listener: ScreenListener, around: ScreenSurroundings = browser): () => void {
  let over = false;
  let tries = 0;
  let socket: WebSocket;
  let forget = (): void => {};

  function watch(): void {
    forget();
    forget = around.after(SILENT_FOR, () => socket.close());
  }

  function connect(): void {
    socket = around.open();
    watch();
    socket.onopen = () => socket.send(JSON.stringify({ token }));
    socket.onmessage = (message: MessageEvent<string>) => {
      const frame = JSON.parse(message.data) as ScreenPicture;
      tries = 0;
      watch();
      if (frame.type === 'screen') listener.picture(frame);
    };
    socket.onclose = (event: CloseEvent) => {
      forget();
      if (over) return;
      if (event.code === NOT_VALID) {
        over = true;
        listener.gone();
        return;
      }
      listener.lost();
      forget = around.after(Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 2 ** tries++), connect);
    };
  }

  connect();
  return () => {
    over = true;
    forget();
    socket.close();
  };
}
