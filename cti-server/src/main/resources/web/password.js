// Choosing a password of one's own: needed after a one-time password, wanted at any other time.
import { t, problemText } from './words.js';
import { request } from './api.js';
import { h } from './page.js';

const LEAST = 10;
const MOST = 200;

/** What is wrong with what was typed, before anybody else is asked; the key of its words. */
function fault(current, next, again) {
  if (!current) return 'e:no-current';
  if (next.length < LEAST) return 'e:password-too-short';
  if (next.length > MOST) return 'e:password-too-long';
  if (next === current) return 'e:password-unchanged';
  return next === again ? null : 'e:password-not-repeated';
}

/** A form; `done` is called once the password is changed, `cancel` (if any) makes a button. */
export function passwordForm(user, needed, done, cancel) {
  const field = (key, id, autocomplete) => {
    const input = h('input', { type: 'password', id, autocomplete, required: true });
    return [input, h('label', { class: 'field', for: id }, h('span', {}, t(key)), input)];
  };
  const [current, currentField] = field(needed ? 'oneTimePassword' : 'currentPassword', 'current', 'current-password');
  const [next, nextField] = field('nextPassword', 'next', 'new-password');
  const [again, againField] = field('repeatPassword', 'again', 'new-password');
  const message = h('p', { class: 'message warn', role: 'alert' });
  const button = h('button', { class: 'primary', type: 'submit' }, t('changePassword'));
  const submit = async event => {
    event.preventDefault();
    const wrong = fault(current.value, next.value, again.value);
    message.textContent = wrong ? t(wrong) : '';
    if (wrong) return (wrong === 'e:no-current' ? current : wrong === 'e:password-not-repeated' ? again : next).focus();
    button.disabled = true;
    try {
      await request('PUT', '/me/password', { current: current.value, next: next.value });
      done();
    } catch (problem) {
      message.textContent = problemText(problem);
      button.disabled = false;
      (problem.type === 'wrong-password' ? current : next).select();
    }
  };
  return h('form', { class: 'card password', onsubmit: submit, noValidate: true },
    h('h2', {}, t(needed ? 'choosePassword' : 'changePassword')),
    needed ? h('p', { class: 'why' }, t('choosePasswordWhy')) : null,
    // Password managers file what is typed under this name.
    h('input', { type: 'text', autocomplete: 'username', value: user, hidden: true, readOnly: true }),
    currentField, nextField, h('p', { class: 'under' }, t('passwordRule')), againField,
    h('div', { class: 'buttons' }, button, cancel ? h('button', { type: 'button', onclick: cancel }, t('cancel')) : null), message);
}
