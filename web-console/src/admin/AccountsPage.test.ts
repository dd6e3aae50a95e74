import { afterEach, describe, expect, it } from 'vitest';
import { button, says, serve, show, type } from '../testing/page';
import AccountsPage from './AccountsPage.vue';

const admin = { user: 'admin', name: '管理员0001', role: 'admin', sites: [], desks: [], oneTimePassword: false, sessions: 1, lastUsedAt: '2026-11-21T01:00:00Z' };
let close = (): void => undefined;
afterEach(() => close());

describe('the page of accounts', () => {
  it('lists who may sign in, and says what is missing before it asks the server', async () => {
    const asked = serve({ 'GET /api/v1/accounts': { items: [admin] } });
    close = show(AccountsPage);
    await says('管理员0001');
    button('新增').click();
    await says('新增账号');
    const form = document.querySelector('form');
    form?.dispatchEvent(new Event('submit', { cancelable: true }));
    await says('请填写用户名和姓名。');
    const [user, name] = form?.querySelectorAll('input') ?? [];
    type(user, 'Lead');
    type(name, '班长0001');
    form?.dispatchEvent(new Event('submit', { cancelable: true }));
    await says('坐席账号要选择对应坐席。');
    expect(asked.filter((one) => one.method !== 'GET')).toEqual([]);
  });

  it('says so where there are none', async () => {
    serve({ 'GET /api/v1/accounts': { items: [] } });
    close = show(AccountsPage);
    await says('还没有账号');
  });
});
