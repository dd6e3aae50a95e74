// Every word on the page, in both languages. A key that is missing shows itself.
const zh = {
  title: '服务台', signIn: '登录', signOut: '退出', user: '用户名', password: '密码', language: 'English',
  me: '我的状态', logOn: '签入', logOff: '签出', ready: '就绪', notReady: '未就绪', extension: '分机', desks: '服务台', reason: '原因',
  noSeats: '您没有任何服务台的席位，请联系管理员。', notAgent: '您的账号不接听电话，只能查看。',
  calls: '当前来电', agents: '坐席', incidents: '我最近的工单', caller: '来电人', desk: '服务台', phase: '状态', position: '排队', wait: '时长', agent: '坐席', state: '状态',
  noCalls: '现在没有来电', noAgents: '没有坐席', noIncidents: '还没有工单', anonymous: '未显示号码', unknownCaller: '电话簿中没有', matches: '{0} 人匹配',
  live: '实时', connecting: '正在连接…', down: '连接已断开，正在重连…', gatewayLost: '与网关的连接已断开（{0} 起）。坐席状态未知，来电画面停留在断开时。',
  resumed: '连接已恢复：断开 {0}，补收 {1} 条变化。', reloaded: '连接已恢复，画面已刷新：断开 {0}，期间结束 {1} 个来电，新增 {2} 个来电。', restarted: '服务器重新启动过。',
  stale: '画面停在 {0} 前', expired: '登录已过期，请重新登录。', forbidden: '没有权限查看。', stopped: '服务器正在停止，稍后自动重连。', tooSlow: '网络过慢，已重新连接。',
  ringing: '来电振铃', talking: '通话中', popOver: '来电已结束', popMissed: '未接：{0}', keys: '按键', waited: '已等待', number: '号码', office: '办公地点', department: '部门', site: '单位', phones: '电话', email: '邮箱', remark: '备注', staffNo: '工号',
  vip: 'VIP', retired: '退休', external: '外协', active: '在职', unknown: '未知', whoCalls: '来电人是谁？', notChosen: '都不是或不确定',
  earlier: '以往工单', earlierLoading: '正在读取…', earlierAway: '暂时读不到以往工单（数据库不可用）', earlierNone: '没有以往工单',
  newIncident: '新建工单', incidentTitle: '标题', description: '描述', service: '服务', category: '分类', kind: '类型', level: '等级', source: '来源', save: '保存工单', saving: '正在保存…', saved: '已保存，工单号 {0}', close: '关闭', unsaved: '工单还没有保存，确定关闭吗？',
  callFrom: '{0} 来电', described: '来电号码 {0}；按键 {1}；等待 {2}。', noKeys: '无', required: '请填写标题。',
  'in-flow': '语音导航', waiting: '排队等待', 'on-hold': '保持中', ending: '正在结束', ended: '已结束',
  'logged-off': '已签出', 'not-ready': '未就绪', busy: '通话中', 'working-after-call': '话后处理', 'unknown-state': '未知',
  'logged-on': '刚签入', 'ring-no-answer': '多次未接听', 'device-unavailable': '话机不可用', 'gateway-refused': '网关拒绝', 'taken-over': '分机被他人接管', overdue: '超时', confirmTakeOver: '要接管吗？', 'n:taken-over': '分机 {0} 被 {1} 接管', 'n:ring-no-answer': '多次未接听，已设为未就绪', 'n:device-unavailable': '话机无法接通，已设为未就绪', 'n:gateway-refused': '网关拒绝，已设为未就绪', 'n:pause-overdue': '未就绪时间过长', 'n:disk-normal': '服务器日志磁盘空间已恢复', 'n:disk-warn': '服务器日志磁盘空间不足', 'n:disk-critical': '服务器日志磁盘即将写满', extendWrapUp: '延长话后处理',
  answered: '已接听', 'abandoned-in-ivr': '导航中挂断', 'abandoned-in-queue': '排队中挂断', 'abandoned-ringing': '振铃中挂断', 'ended-by-flow': '导航结束', 'not-answered': '无人接听', 'lost-track': '结束未知',
  'no-answer': '无应答', 'caller-gone': '来电人已挂断', rejected: '被拒接', unavailable: '话机不可用', 'picked-up': '同事代接', unreachable: '无法接通', busyRing: '占线',
  'by-caller': '来电人挂断', 'by-agent': '坐席挂断', 'by-system': '系统结束', 'by-unknown': '不明',
  new: '新建', assigned: '已分派', 'in-progress': '处理中', pending: '挂起', resolved: '已解决', closed: '已关闭', reopened: '重新打开', cancelled: '已取消', merged: '已合并',
  recovered: '补录', until: '至 {0}',
  'e:wrong-user-or-password': '用户名或密码不正确。', 'e:too-many-failures': '失败次数过多，请稍后再试。', 'e:sign-in-needed': '请先登录。', 'e:database-away': '数据库暂时不可用，没有任何更改，请稍后再试。', 'e:busy': '正在通话或服务器繁忙，请稍后再试。', 'e:network': '连不上服务器，请检查网络。',
  'e:unknown-reason': '没有这个原因。', 'e:not-in-wrap-up': '现在不在话后处理。', 'e:no-more-extensions': '这次话后处理不能再延长。', 'e:extension-in-call': '该分机正在通话，结束后才能接管。', 'e:extension-taken': '该分机已被其他坐席使用。', 'e:not-seated': '您在所选服务台没有席位。', 'e:not-logged-on': '请先签入。', 'e:already-logged-on': '您已经签入。', 'e:no-such-desk': '没有这个服务台。', 'e:no-desk': '请至少选择一个服务台。', 'e:no-such-agent': '没有这个坐席。', 'e:gateway-away': '与网关的连接断开，暂时不能操作。', 'e:no-reply': '服务器在 5 秒内没有答复，命令可能仍会生效，请看状态是否已经改变。', 'e:overloaded': '服务器繁忙，请稍后再试。', 'e:stopping': '服务器正在停止。', 'e:forbidden': '没有权限。', 'e:invalid': '填写的内容有误。', 'e:idempotency-key-reused': '这张工单已经用别的内容保存过。', 'e:csrf-token-missing': '页面已过期，请刷新。', 'e:internal': '服务器出错，已记录。',
  changePassword: '修改密码', choosePassword: '请设置您自己的密码', choosePasswordWhy: '您用的是一次性密码。设置自己的密码后才能继续。', oneTimePassword: '一次性密码', currentPassword: '当前密码',
  nextPassword: '新密码', repeatPassword: '再输入一次新密码', passwordRule: '10 到 200 个字符，不能是用户名，也不能与当前密码相同。', cancel: '取消', passwordChanged: '密码已修改，您在其他地方的登录已退出。',
  inCallHint: '通话和话后处理结束后生效。', working: '正在执行…', action: '操作', setNotReady: '设为未就绪', 'by-supervisor': '班长设置', confirmLogOff: '确定把 {0} 签出吗？',
  waitingNow: '等待接听', talkingNow: '正在通话', readyNow: '就绪坐席', loggedOnNow: '已签入坐席', noAgentsYet: '还没有坐席。管理员建立坐席和服务台后，这里会显示他们的状态。', noCallsWatch: '现在没有来电。来电会自动显示在这里。',
  seconds: '{0} 秒', minutes: '{0} 分钟', 'e:no-current': '请输入现在的密码。', 'e:wrong-password': '原来的密码不正确。', 'e:password-too-short': '新密码太短，至少 10 个字符。',
  'e:password-too-long': '新密码太长，最多 200 个字符。', 'e:password-unchanged': '新密码与当前密码相同，请换一个。', 'e:password-is-user-name': '新密码不能是用户名。',
  'e:password-not-repeated': '两次输入的新密码不一致。', 'e:password-change-required': '请先设置您自己的密码。', 'e:too-many-failures-until': '失败次数过多，请在 {0}后再试。',
  completeness: '记录完整性', completenessHint: '把通话记录与网关自己的日志（queue_log 和话单）逐个核对，按通话开始的小时统计。', period: '时段', today: '最近 24 小时', week: '最近 7 天', hour: '小时', logged: '网关日志', liveCalls: '实时', recoveredCalls: '补录', lostTrackCalls: '结束未知', missingCalls: '缺失', differentCalls: '不一致', unknownCalls: '日志中没有', checkedAt: '核对时间', notChecked: '未核对',
  notConfigured: '没有配置网关日志（gateway.logs），所以没有核对过，不知道记录是否完整。', noHours: '这段时间没有通话，也没有核对过。', checkProblem: '目前没有核对：{0}', lastChecked: '最近一次核对 {0}', missingNow: '目前缺失 {0}', noSuchCalls: '没有这样的通话', countedCalls: '{0} · {1}', download: '下载 CSV',
  'f:logged': '网关日志中的通话数，每个通话算一次（queue_log 或话单中有）', 'f:liveCalls': '已结束、从头到尾实时看到的通话记录', 'f:recoveredCalls': '已结束、中断后全部或部分从网关得知的通话记录', 'f:lostTrackCalls': '已结束、没有人看到结束的通话记录', 'f:missingCalls': '网关日志中有、记录中没有的通话', 'f:differentCalls': '实时看到、但网关日志说法不同的通话', 'f:unknownCalls': '记录中有、网关日志中没有的通话（重复的记录会留在这里）', 'f:checkedAt': '这个小时最后一次与网关日志核对的时间',
};
const en = {
  title: 'Service desk', signIn: 'Sign in', signOut: 'Sign out', user: 'User', password: 'Password', language: '中文',
  me: 'My state', logOn: 'Log on', logOff: 'Log off', ready: 'Ready', notReady: 'Not ready', extension: 'Extension', desks: 'Desks', reason: 'Reason',
  noSeats: 'You have no seat at any desk; ask an administrator.', notAgent: 'Your account takes no calls; you can look on.',
  calls: 'Calls now', agents: 'Agents', incidents: 'My latest incidents', caller: 'Caller', desk: 'Desk', phase: 'Phase', position: 'Place', wait: 'Time', agent: 'Agent', state: 'State',
  noCalls: 'No calls right now', noAgents: 'No agents', noIncidents: 'No incidents yet', anonymous: 'Number withheld', unknownCaller: 'Not in the directory', matches: '{0} people match',
  live: 'Live', connecting: 'Connecting…', down: 'Connection lost, trying again…', gatewayLost: 'The link to the gateway is lost (since {0}). Agent states are unknown; calls are shown as they were.',
  resumed: 'Connected again: away for {0}, {1} changes caught up.', reloaded: 'Connected again, picture renewed: away for {0}; {1} calls ended and {2} began meanwhile.', restarted: 'The server was restarted.',
  stale: 'picture of {0} ago', expired: 'Your session is over, sign in again.', forbidden: 'You may not see this.', stopped: 'The server is stopping; connecting again soon.', tooSlow: 'The network was too slow; connected anew.',
  ringing: 'Ringing', talking: 'Talking', popOver: 'The call is over', popMissed: 'Missed: {0}', keys: 'Keys', waited: 'Waited', number: 'Number', office: 'Office', department: 'Department', site: 'Site', phones: 'Phones', email: 'E-mail', remark: 'Remark', staffNo: 'Staff no.',
  vip: 'VIP', retired: 'Retired', external: 'External', active: 'Active', unknown: 'Unknown', whoCalls: 'Who is calling?', notChosen: 'None of them, or not sure',
  earlier: 'Earlier incidents', earlierLoading: 'Loading…', earlierAway: 'Earlier incidents cannot be read now (database away)', earlierNone: 'No earlier incidents',
  newIncident: 'New incident', incidentTitle: 'Title', description: 'Description', service: 'Service', category: 'Category', kind: 'Kind', level: 'Level', source: 'Source', save: 'Save incident', saving: 'Saving…', saved: 'Saved as {0}', close: 'Close', unsaved: 'The incident is not saved. Close it?',
  callFrom: 'Call from {0}', described: 'Number {0}; keys {1}; waited {2}.', noKeys: 'none', required: 'Fill in a title.',
  'in-flow': 'In the menu', waiting: 'Waiting', 'on-hold': 'On hold', ending: 'Ending', ended: 'Ended',
  'logged-off': 'Logged off', 'not-ready': 'Not ready', busy: 'Talking', 'working-after-call': 'Wrap-up', 'unknown-state': 'Unknown',
  'logged-on': 'just logged on', 'ring-no-answer': 'did not answer', 'device-unavailable': 'phone unavailable', 'gateway-refused': 'refused by the gateway', 'taken-over': 'extension taken over', overdue: 'overdue', confirmTakeOver: 'Take it over?', 'n:taken-over': 'extension {0} was taken over by {1}', 'n:ring-no-answer': 'did not answer several times, now not ready', 'n:device-unavailable': 'the phone cannot be reached, now not ready', 'n:gateway-refused': 'refused by the gateway, now not ready', 'n:pause-overdue': 'not ready for too long', 'n:disk-normal': 'The disk of the server has room again', 'n:disk-warn': 'The disk of the server runs low', 'n:disk-critical': 'The disk of the server is nearly full', extendWrapUp: 'More wrap-up time',
  answered: 'Answered', 'abandoned-in-ivr': 'Hung up in the menu', 'abandoned-in-queue': 'Hung up waiting', 'abandoned-ringing': 'Hung up while ringing', 'ended-by-flow': 'Ended by the menu', 'not-answered': 'Not answered', 'lost-track': 'End not seen',
  'no-answer': 'no answer', 'caller-gone': 'caller hung up', rejected: 'rejected', unavailable: 'phone unavailable', 'picked-up': 'taken by a colleague', unreachable: 'not reachable', busyRing: 'busy',
  'by-caller': 'caller hung up', 'by-agent': 'agent hung up', 'by-system': 'ended by the system', 'by-unknown': 'unknown',
  new: 'New', assigned: 'Assigned', 'in-progress': 'In progress', pending: 'Pending', resolved: 'Resolved', closed: 'Closed', reopened: 'Reopened', cancelled: 'Cancelled', merged: 'Merged',
  recovered: 'recovered', until: 'until {0}',
  'e:wrong-user-or-password': 'User or password is wrong.', 'e:too-many-failures': 'Too many failures, try again later.', 'e:sign-in-needed': 'Sign in first.', 'e:database-away': 'The database is away; nothing was changed. Try again shortly.', 'e:busy': 'Busy; try again shortly.', 'e:network': 'The server cannot be reached.',
  'e:unknown-reason': 'There is no such reason.', 'e:not-in-wrap-up': 'There is no wrap-up now.', 'e:no-more-extensions': 'This wrap-up cannot be made longer again.', 'e:extension-in-call': 'That extension is in a call; take it over when it is free.', 'e:extension-taken': 'Another agent uses that extension.', 'e:not-seated': 'You have no seat at that desk.', 'e:not-logged-on': 'Log on first.', 'e:already-logged-on': 'You are logged on already.', 'e:no-such-desk': 'There is no such desk.', 'e:no-desk': 'Choose at least one desk.', 'e:no-such-agent': 'There is no such agent.', 'e:gateway-away': 'The link to the gateway is lost.', 'e:no-reply': 'No reply within 5 s; the command may still take effect, so look whether the state changed.', 'e:overloaded': 'The server is busy.', 'e:stopping': 'The server is stopping.', 'e:forbidden': 'Not allowed.', 'e:invalid': 'Something is filled in wrongly.', 'e:idempotency-key-reused': 'This incident was saved with other content.', 'e:csrf-token-missing': 'The page is out of date, reload it.', 'e:internal': 'The server failed; it is in its log.',
  changePassword: 'Change password', choosePassword: 'Choose your own password', choosePasswordWhy: 'You signed in with a one-time password. Choose one of your own to go on.',
  oneTimePassword: 'One-time password', currentPassword: 'Present password', nextPassword: 'New password', repeatPassword: 'New password once more',
  passwordRule: '10 to 200 characters; neither your user name nor the present password.', cancel: 'Cancel', passwordChanged: 'The password is changed; you are signed out everywhere else.',
  inCallHint: 'Takes effect after the call and its wrap-up.', working: 'One moment…', action: 'Action', setNotReady: 'Set not ready',
  'by-supervisor': 'set by a supervisor', confirmLogOff: 'Log {0} off?', waitingNow: 'Waiting for an answer', talkingNow: 'Talking', readyNow: 'Agents ready',
  loggedOnNow: 'Agents logged on', noAgentsYet: 'There are no agents yet. Once an administrator has made agents and desks, they are shown here.',
  noCallsWatch: 'No calls right now. They appear here by themselves.', seconds: '{0} s', minutes: '{0} min', 'e:no-current': 'Type your present password.',
  'e:wrong-password': 'The old password is wrong.', 'e:password-too-short': 'The new password is too short: at least 10 characters.',
  'e:password-too-long': 'The new password is too long: at most 200 characters.', 'e:password-unchanged': 'The new password is the present one; choose another.',
  'e:password-is-user-name': 'The new password may not be your user name.', 'e:password-not-repeated': 'The two new passwords differ.',
  'e:password-change-required': 'Choose your own password first.', 'e:too-many-failures-until': 'Too many failures; try again in {0}.',
  completeness: 'Completeness', completenessHint: 'The records held against the gateway’s own logs (queue_log and call detail records), call by call, by the hour in which a call began.', period: 'Period', today: 'Last 24 hours', week: 'Last 7 days', hour: 'Hour', logged: 'In the logs', liveCalls: 'Live', recoveredCalls: 'Recovered', lostTrackCalls: 'End not seen', missingCalls: 'Missing', differentCalls: 'Different', unknownCalls: 'Not in the logs', checkedAt: 'Checked', notChecked: 'not checked',
  notConfigured: 'No log of the gateway is configured (gateway.logs), so nothing was checked and nobody knows whether the records are complete.', noHours: 'No calls in this period, and nothing was checked.', checkProblem: 'Not checked at the moment: {0}', lastChecked: 'Last checked {0}', missingNow: '{0} missing now', noSuchCalls: 'No such calls', countedCalls: '{0} · {1}', download: 'Download CSV',
  'f:logged': 'Calls of the gateway’s logs, each once (in queue_log or in the call detail records)', 'f:liveCalls': 'Calls on record that are over and were seen from beginning to end', 'f:recoveredCalls': 'Calls on record that are over and were told wholly or in part by the gateway after an outage', 'f:lostTrackCalls': 'Calls on record that are over and whose end nobody saw', 'f:missingCalls': 'Calls of the logs that are not on record', 'f:differentCalls': 'Calls that were seen as they happened and of which the logs say something else', 'f:unknownCalls': 'Calls on record that are not in the logs (a call that is there twice would leave one)', 'f:checkedAt': 'When this hour was last held against the gateway’s logs',
};

let words = localStorage.getItem('language') === 'en' ? en : zh;

/** The desk's own reasons for being not ready, named in both languages. */
export function nameReasons(reasons) {
  for (const reason of reasons) {
    zh['r:' + reason.id] = reason.chinese;
    en['r:' + reason.id] = reason.english;
  }
}

export function reasonText(id) {
  return words['r:' + id] ?? t(id);
}

export function language() { return words === en ? 'en' : 'zh-CN'; }

export function switchLanguage() {
  words = words === en ? zh : en;
  localStorage.setItem('language', language());
  document.documentElement.lang = language();
}

export function t(key, ...values) {
  const text = words[key] ?? key;
  return text.replace(/\{(\d)\}/g, (whole, i) => values[i] ?? whole);
}

/** The words for a refusal; where there are none, what the server said. */
export function problemText(problem) {
  if (problem.type === 'too-many-failures' && problem.retryAfter > 0) return t('e:too-many-failures-until', span(problem.retryAfter));
  const known = words['e:' + problem.type];
  if (known && problem.type !== 'invalid') return known;
  return (known ? known + ' ' : '') + (problem.detail ?? '');
}

/** A wait in words: seconds up to two minutes, then whole minutes. */
function span(seconds) {
  return seconds <= 120 ? t('seconds', seconds) : t('minutes', Math.ceil(seconds / 60));
}

export function duration(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  const two = n => String(n).padStart(2, '0');
  return s >= 3600 ? `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}` : `${Math.floor(s / 60)}:${two(s % 60)}`;
}

// Times are shown in the desk's zone, wherever the browser stands.
const ZONE = 'Asia/Shanghai';

export function clock(instant) {
  return new Date(instant).toLocaleString(language(), { timeZone: ZONE, hour12: false, month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
}

export function time(instant) {
  return new Date(instant).toLocaleTimeString(language(), { timeZone: ZONE, hour12: false });
}
