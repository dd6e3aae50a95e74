import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { link } from '../stream/picture';
import { all, type Asked, click, serverSays, settle, show, text } from '../testing';
import { chooseLanguage } from '../words/words';
import MyDay from './MyDay.vue';

const DAY = {
  agent: '1001',
  from: '2026-01-04T16:00:00Z',
  to: '2026-01-05T02:00:00Z',
  calls: 5,
  answered: 4,
  made: 1,
  missed: 2,
  wrappedUp: 4,
  talkMillis: 600_000,
  holdMillis: 0,
  wrapUpMillis: 90_000,
  averageTalkMillis: 120_000,
  states: [
    { state: 'ready', reason: '', millis: 3_600_000 },
    { state: 'not-ready', reason: 'lunch', millis: 1_800_000 },
  ],
};
const CALL = { call: 'c1', at: '2026-01-05T01:00:00Z', direction: 'inbound', callingNumber: '13900000025', dialledNumber: '', callers: [{ staff: 'E1', name: '员工0025' }], answered: false, talkMillis: 0, holdMillis: 0, wrapUpMillis: 0 };

describe("an agent's day", () => {
  let away: () => void;
  let asked: Asked[];

  beforeEach(async () => {
    chooseLanguage('en');
    link.state = 'live';
    asked = serverSays({ '/day/calls': { items: [CALL] }, '/agents/1001/day': DAY });
    away = await show(MyDay, { agent: '1001' });
    await settle();
  });
  afterEach(() => {
    away();
    link.state = 'connecting';
    chooseLanguage('zh');
  });

  it('has calls, talk, wrap-up and states', () => {
    expect(['calls', 'answered', 'made', 'missed', 'talk', 'averageTalk', 'wrapUp'].map((name) => all(`day-${name}`)[0]?.querySelector('b')?.textContent)).toEqual(['5', '4', '1', '2', '10:00', '2:00', '1:30']);
    expect(text('my-day')).toContain('1:00:00');
    expect(text('my-day')).toContain('lunch');
  });

  it('opens the calls that a figure counts, with its formula', async () => {
    await click(all('day-missed')[0]);
    expect(text('formula')).toContain('not answered there');
    expect(all('day-call').map((line) => line.textContent)).toHaveLength(1);
    expect(text('day-call')).toContain('员工0025');
    expect(asked.at(-1)?.path).toContain('figure=missed');
  });
});
