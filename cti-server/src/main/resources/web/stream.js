// The stream: connects, resumes where it stopped, and finds out when nobody is there any more.
const PING_EVERY = 20000;
const SILENT_FOR = 45000;
// Longer than the server waits for a reply, which then says so itself.
const REPLY_WITHIN = 8000;

export function openStream(handlers) {
  let socket = null;
  let point = null;
  let tries = 0;
  let downSince = null;
  let heard = 0;
  let ended = false;
  let commandCount = 0;
  const waiting = new Map();

  function connect() {
    handlers.connection(downSince === null ? 'connecting' : 'down');
    socket = new WebSocket(location.origin.replace(/^http/, 'ws') + '/api/v1/stream');
    socket.onopen = () => {
      heard = Date.now();
      const subscribe = { op: 'subscribe', topics: handlers.topics, gather: true };
      if (point) subscribe.resume = point;
      socket.send(JSON.stringify(subscribe));
    };
    socket.onmessage = message => {
      heard = Date.now();
      take(JSON.parse(message.data));
    };
    socket.onclose = event => closed(event.code);
  }

  function take(frame) {
    if (frame.type === 'reply') {
      const command = waiting.get(frame.id);
      waiting.delete(frame.id);
      if (command) clearTimeout(command.timer);
      if (command) frame.ok ? command.resolve() : command.reject({ type: frame.refusal.id, detail: frame.refusal.message });
      return;
    }
    if (frame.type === 'live') {
      const away = downSince === null ? 0 : (Date.now() - downSince) / 1000;
      const restarted = point !== null && frame.epoch !== point.epoch;
      point = { epoch: frame.epoch, seq: frame.seq };
      handlers.live(frame, away, restarted);
      downSince = null;
      tries = 0;
      handlers.connection('live');
      return;
    }
    // Calls and agents come gathered. Pops stand beside: they are no point to resume from.
    if (frame.type === 'changes') {
      if (point) point = { epoch: point.epoch, seq: frame.seq };
      frame.frames.forEach(handlers.frame);
      return;
    }
    handlers.frame(frame);
  }

  function closed(code) {
    for (const command of waiting.values()) {
      clearTimeout(command.timer);
      command.reject({ type: 'network', detail: '' });
    }
    waiting.clear();
    if (ended) return;
    if (code === 4401) return handlers.expired();
    if (code === 4403) return handlers.forbidden();
    if (downSince === null) downSince = Date.now();
    handlers.connection('down', code);
    const pause = Math.min(8000, 500 * 2 ** tries++) * (0.5 + Math.random());
    setTimeout(() => ended || probe(), pause);
  }

  // A refused upgrade looks like a lost network; a plain request tells the two apart.
  async function probe() {
    try {
      const answer = await fetch('/api/v1/session', { credentials: 'same-origin' });
      if (answer.status === 401) return handlers.expired();
      if (answer.ok) {
        const session = await answer.json();
        if (session.mustChangePassword) return handlers.mustChange(session);
      }
    } catch { /* not there yet: the connection below fails too and we try again */ }
    if (!ended) connect();
  }

  const watch = setInterval(() => {
    if (!socket || socket.readyState !== WebSocket.OPEN) return;
    if (Date.now() - heard > SILENT_FOR) socket.close();
    else socket.send('{"op":"ping"}');
  }, PING_EVERY);

  connect();
  return {
    command(name, fields = {}) {
      return new Promise((resolve, reject) => {
        if (!socket || socket.readyState !== WebSocket.OPEN) return reject({ type: 'network', detail: '' });
        const id = 'c' + ++commandCount;
        const timer = setTimeout(() => {
          waiting.delete(id);
          reject({ type: 'no-reply', detail: '' });
        }, REPLY_WITHIN);
        waiting.set(id, { resolve, reject, timer });
        socket.send(JSON.stringify({ op: 'command', id, command: name, ...fields }));
      });
    },
    close() {
      ended = true;
      clearInterval(watch);
      if (socket) socket.close();
    },
  };
}
