/* The panel: what the pages of the shop tell, and the visitor's switches. */
import { Conversions } from './conversions.js';
import { byId, h } from './dom.js';
import { Log } from './log.js';
import { Record } from './record.js';
import { asWritten, scenario } from './scenario.js';
import { TEXTS } from './texts.js';

const TYPES = ['analytics_storage', 'ad_storage', 'ad_user_data', 'ad_personalization'];
const CHOICE = 'tagkit-preview-consent';
const LANGUAGE = 'tagkit-preview-language';
const LOOK_AGAIN = 1500;

window.__tagkitPanel = true;
const channel = new BroadcastChannel('tagkit-preview');
const record = new Record();
const frame = byId('frame');
let plan = null;
let language = localStorage.getItem(LANGUAGE);
const texts = () => TEXTS[language] || TEXTS.en;
const clock = (time) => new Date(time).toLocaleTimeString(language === 'pl' ? 'pl-PL' : 'en-GB');
const conversions = new Conversions(byId('conversions'), record, texts, clock);
const log = new Log(
  { list: byId('events'), search: byId('search'), found: byId('found') }, record, texts, clock);

// ------------------------------------------------------------------ the record

let drawing = false;
function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    conversions.update();
    log.update();
    drawTabs();
    drawConsent();
    drawProblems();
  });
}

function drawTabs() {
  const t = texts();
  const all = record.plan.conversions;
  const fired = all.filter((conversion) => record.firings(conversion).length).length;
  const count = (number) => h('span', { class: 'count' }, String(number));
  byId('tab-conversions').replaceChildren(`${t.conversions} `, h('span', {
    class: 'count', 'aria-label': t.ofAll(fired, all.length) }, `${fired}/${all.length}`));
  byId('tab-log').replaceChildren(`${t.log} `, count(record.events.size));
  const problems = record.problems.size + ((plan && plan.diagnostics.length) || 0);
  byId('tab-problems').replaceChildren(`${t.problems} `, count(problems));
  byId('tab-problems').classList.toggle('some', problems > 0);
}

function drawProblems() {
  const t = texts();
  const ofPlan = ((plan && plan.diagnostics) || []).map(diagnostic);
  const ofPages = [...record.problems.values()].map((problem) => {
    const what = {
      errors: `${problem.name || ''} ${problem.message}`.trim(),
      uncovered: `${problem.name} (${problem.type})`,
      network: `${problem.method || 'GET'} ${problem.url}${problem.by ? ` \u2013 ${problem.by}` : ''}`,
      blocked: `${problem.url} \u2013 ${t.blockedWhy}`,
    }[problem.kind];
    return h('li', { class: problem.kind }, h('strong', {}, t[problem.kind]), ' ', what,
      problem.times > 1 ? h('span', { class: 'note' }, ` ${t.times(problem.times)}`) : null);
  });
  const items = [...ofPlan, ...ofPages];
  byId('problems').replaceChildren(items.length ? h('ul', {}, items)
    : h('p', { class: 'note' }, t.noProblems));
  const errors = ((plan && plan.diagnostics) || []).filter((one) => one.severity === 'error');
  const banner = byId('plan-errors');
  const text = JSON.stringify(errors) + language;
  banner.hidden = !errors.length;
  if (banner.dataset.said === text) return;
  banner.dataset.said = text;
  banner.replaceChildren(h('p', {}, h('strong', {}, t.planErrors)), h('ul', {}, errors.map(diagnostic)));
}

function diagnostic({ place, severity, code, message, hint }) {
  const t = texts();
  return h('li', { class: severity }, h('strong', {}, t[severity]), ' ', h('code', {}, `${place} ${code}`),
    ` ${message}`, hint ? h('span', { class: 'note' }, ` \u2013 ${hint}`) : null);
}

function say(text) {
  byId('said').append(h('p', {}, text));
  while (byId('said').children.length > 5) byId('said').firstChild.remove();
}

record.changed = (kind) => {
  if (kind === 'open' || kind === 'address') showAddress();
  draw();
};
record.fired = (conversion) => {
  say(texts().announce(conversion.name, record.firings(conversion).length));
};
channel.addEventListener('message', ({ data }) => { if (data.page) record.take(data); });

// ------------------------------------------------------------------ consent

function choice() {
  try {
    return JSON.parse(localStorage.getItem(CHOICE));
  } catch {
    return null;
  }
}

/* What counts for a type now: the page says it, the choice says it, or nobody and it is granted. */
function stateOf(type) {
  const chosen = choice() || {};
  const said = record.consent || {};
  return said[type] || chosen[type] || 'granted';
}

function choose(changes) {
  const next = Object.fromEntries(TYPES.map((type) => [type, changes[type] || stateOf(type)]));
  localStorage.setItem(CHOICE, JSON.stringify(next));
  record.consent = { ...record.consent, ...next };
  record.steps.push({ consent: asWritten(next) });
  const events = plan.updateEvents || [];
  channel.postMessage({ to: 'pages', kind: 'consent', value: { choice: next, events } });
  draw();
}

function buildConsent() {
  const t = texts();
  byId('switches').replaceChildren(
    ...TYPES.map((type) => h('button', {
      type: 'button', role: 'switch', id: `switch-${type}`, 'aria-checked': 'true',
      click: () => choose({ [type]: stateOf(type) === 'granted' ? 'denied' : 'granted' }),
    }, h('span', { class: 'knob', 'aria-hidden': 'true' }), h('code', {}, type), ' ',
    h('span', { class: 'is' }))),
    h('button', { type: 'button', class: 'plain', click: () => choose(all('granted')) }, t.grantAll),
    h('button', { type: 'button', class: 'plain', click: () => choose(all('denied')) }, t.denyAll));
  drawConsent();
}

const all = (state) => Object.fromEntries(TYPES.map((type) => [type, state]));

function drawConsent() {
  const t = texts();
  TYPES.forEach((type) => {
    const button = byId(`switch-${type}`);
    const state = stateOf(type);
    button.setAttribute('aria-checked', String(state === 'granted'));
    button.querySelector('.is').textContent = t[state] || state;
  });
  byId('consent-note').textContent = choice() ? t.consentChosen : t.consentPage;
}

// ------------------------------------------------------------------ the shop's page

function currentAddress() {
  try {
    const { pathname, search, hash } = frame.contentWindow.location;
    return pathname === 'blank' ? plan.shop.start : pathname + search + hash;
  } catch {
    return plan.shop.start;
  }
}

function showAddress() {
  const address = currentAddress();
  if (document.activeElement !== byId('address')) byId('address').value = address;
  byId('own').href = address;
}

function open(address) {
  record.goingTo = address;
  frame.src = address;
}

function reload() {
  frame.contentWindow.location.reload();
}

function clear() {
  record.clear();
  conversions.rebuild();
  log.rebuild();
  draw();
}

byId('go').addEventListener('submit', (event) => {
  event.preventDefault();
  const said = byId('address').value.trim();
  open(said.startsWith('/') ? said : `/${said}`);
});
byId('reload').addEventListener('click', () => {
  record.goingTo = currentAddress();
  reload();
});
byId('again').addEventListener('click', () => {
  clear();
  reload();
});
byId('newcomer').addEventListener('click', async () => {
  const kept = language;
  localStorage.clear();
  sessionStorage.clear();
  localStorage.setItem(LANGUAGE, kept);
  await fetch('forget', { method: 'POST' });
  clear();
  frame.src = plan.shop.start;
});
frame.addEventListener('load', () => { if (plan) showAddress(); });

byId('push').addEventListener('submit', (event) => {
  event.preventDefault();
  const t = texts();
  const note = byId('push-note');
  let value;
  try {
    value = JSON.parse(byId('message').value);
  } catch (error) {
    note.textContent = t.noJson(error.message);
    return;
  }
  if (!value || typeof value !== 'object' || Array.isArray(value)) {
    note.textContent = t.noObject;
    return;
  }
  channel.postMessage({ to: 'pages', kind: 'push', value });
  record.steps.push({ push: value });
  note.textContent = t.pushed;
});

// ------------------------------------------------------------------ scenario

byId('copy').addEventListener('click', async () => {
  const t = texts();
  const name = `${plan.business} ${new Date().toLocaleString('sv-SE').slice(0, 16)}`;
  const text = scenario(record, { opens: plan.shop.opens, name });
  let note = t.nothingDone;
  if (text) {
    try {
      await navigator.clipboard.writeText(text);
      note = t.copied;
    } catch {
      note = t.notCopied;
    }
  }
  byId('scenario-note').textContent = note;
  byId('scenario-text').value = text || '';
  byId('scenario').showModal();
});

// ------------------------------------------------------------------ views and language

const tabs = [...byId('tabs').children];
function select(tab) {
  tabs.forEach((other) => {
    const isIt = other === tab;
    other.setAttribute('aria-selected', String(isIt));
    other.tabIndex = isIt ? 0 : -1;
    byId(other.getAttribute('aria-controls')).hidden = !isIt;
  });
}
tabs.forEach((tab, index) => {
  tab.addEventListener('click', () => select(tab));
  tab.addEventListener('keydown', ({ key }) => {
    const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: tabs.length - 1 }[key];
    if (to === undefined) return;
    const next = tabs[(to + tabs.length) % tabs.length];
    select(next);
    next.focus();
  });
});

/* Escape closes what is open around the place where one is. */
byId('panel').addEventListener('keydown', (event) => {
  const open = event.key === 'Escape' && event.target.closest('details[open]');
  if (!open) return;
  open.open = false;
  open.querySelector('summary').focus();
});

function speak(next) {
  language = next;
  const t = texts();
  document.documentElement.lang = language;
  document.querySelectorAll('[data-text]').forEach((each) => { each.textContent = t[each.dataset.text]; });
  document.querySelectorAll('[data-title]').forEach((each) => { each.title = t[each.dataset.title]; });
  document.querySelectorAll('[data-label]').forEach((each) => {
    each.setAttribute('aria-label', t[each.dataset.label]);
  });
  [...byId('languages').children].forEach((button) => {
    button.setAttribute('aria-pressed', String(button.lang === language));
  });
  buildConsent();
  conversions.rebuild();
  log.rebuild();
  draw();
}
[...byId('languages').children].forEach((button) => button.addEventListener('click', () => {
  localStorage.setItem(LANGUAGE, button.lang);
  speak(button.lang);
}));

// ------------------------------------------------------------------ the plan

async function lookAtPlan() {
  const next = await (await fetch('state.json')).json();
  const isNew = !plan || next.version !== plan.version;
  const isFirst = !plan;
  plan = next;
  if (!isNew) return;
  record.setPlan(plan);
  byId('business').textContent = plan.business;
  document.title = `tagkit \u00b7 ${plan.business}`;
  if (isFirst) {
    speak(language || (TEXTS[plan.language] ? plan.language : 'en'));
    frame.src = plan.shop.start;
  } else {
    conversions.rebuild();
    draw();
  }
}

async function keepLooking() {
  try {
    if (document.visibilityState === 'visible') await lookAtPlan();
    byId('said').classList.remove('gone');
  } catch {
    if (!byId('said').classList.contains('gone')) say(texts().gone);
    byId('said').classList.add('gone');
  }
  setTimeout(keepLooking, LOOK_AGAIN);
}

select(tabs[0]);
keepLooking();
