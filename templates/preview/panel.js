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
  byId('tab-log').replaceChildren(`${t.log} `,
    count(`${record.events.size}${record.dropped.size ? '+' : ''}`));
  const problems = record.problems.size + ((plan && plan.diagnostics.length) || 0);
  byId('tab-problems').replaceChildren(`${t.problems} `, count(problems));
  byId('tab-problems').classList.toggle('some', problems > 0);
}

function drawProblems() {
  const t = texts();
  const ofPlan = plan ? plan.diagnostics : [];
  const often = ({ times }) => (times > 1 ? h('span', { class: 'note' }, ` ${t.times(times)}`) : null);
  const items = [...ofPlan.map(diagnostic), ...[...record.problems.values()].map((problem) => h('li',
    { class: problem.kind }, h('strong', {}, t[problem.kind]), ` ${sentence(problem)}`, often(problem)))];
  const kept = [...record.kept.values()];
  byId('problem-list').replaceChildren(...items);
  byId('no-problems').hidden = items.length > 0;
  byId('kept').hidden = !kept.length;
  byId('kept-count').textContent = t.kept(kept.reduce((sum, { times }) => sum + times, 0));
  byId('kept-list').replaceChildren(...kept.map((request) => h('li', {},
    h('code', {}, `${request.method} ${request.url}`), often(request))));
  const errors = ofPlan.filter((one) => one.severity === 'error');
  const banner = byId('plan-errors');
  const said = JSON.stringify(errors) + language;
  banner.hidden = !errors.length;
  if (banner.dataset.said === said) return; // an alert is read out each time it is written
  banner.dataset.said = said;
  banner.replaceChildren(h('p', {}, h('strong', {}, t.planErrors)), h('ul', {}, errors.map(diagnostic)));
}

function sentence(problem) {
  switch (problem.kind) {
    case 'uncovered': return `${problem.name} (${problem.type})`;
    case 'blocked': return `${problem.url} \u2013 ${problem.next ? texts().blockedOnce : texts().blockedAlways}`;
    case 'silent': return problem.address;
    default: return `${problem.name} ${problem.message}`.trim();
  }
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

/* What counts for a type now; undefined when nobody has said anything, which GTM takes for yes. */
function stateOf(type) {
  return (record.consent || {})[type] || (choice() || {})[type];
}

/* A banner of the page that is answered after the panel was is the newer choice. */
record.answered = (settings) => {
  const chosen = choice();
  if (!chosen) return;
  const types = TYPES.filter((type) => settings[type]);
  types.forEach((type) => { chosen[type] = settings[type]; });
  localStorage.setItem(CHOICE, JSON.stringify(chosen));
};

function choose(changes) {
  const next = Object.fromEntries(TYPES.map((type) => [type, changes[type] || stateOf(type) || 'granted']));
  localStorage.setItem(CHOICE, JSON.stringify(next));
  record.consent = { ...record.consent, ...next };
  record.steps.push({ consent: asWritten(next) });
  const events = plan.updateEvents || [];
  channel.postMessage({ to: 'pages', kind: 'consent', value: { choice: next, events } });
  draw();
}

function buildConsent() {
  byId('switches').replaceChildren(
    ...TYPES.map((type) => h('button', {
      type: 'button', role: 'switch', id: `switch-${type}`, 'aria-checked': 'true',
      click: () => choose({ [type]: stateOf(type) === 'denied' ? 'granted' : 'denied' }),
    }, h('span', { class: 'knob', 'aria-hidden': 'true' }), h('code', {}, type), ' ',
    h('span', { class: 'is' }))));
  drawConsent();
}

const all = (state) => Object.fromEntries(TYPES.map((type) => [type, state]));
byId('grant').addEventListener('click', () => choose(all('granted')));
byId('deny').addEventListener('click', () => choose(all('denied')));

function drawConsent() {
  const t = texts();
  TYPES.forEach((type) => {
    const button = byId(`switch-${type}`);
    const state = stateOf(type);
    button.setAttribute('aria-checked', String(state !== 'denied'));
    button.querySelector('.is').textContent = t[state || 'unset'] || state;
  });
  const isSet = TYPES.some(stateOf);
  byId('consent-note').textContent = choice() ? t.consentChosen : isSet ? t.consentPage : t.consentUnset;
}

// ------------------------------------------------------------------ the shop's page

/* What is asked of the page in the frame; undefined when a link has led out of the shop. */
function ofPage(ask) {
  try {
    return ask(frame.contentWindow);
  } catch {
    return undefined;
  }
}

function currentAddress() {
  const address = ofPage(({ location: { origin, pathname, search, hash } }) => (
    origin === window.location.origin ? pathname + search + hash : undefined));
  return address || plan.shop.start;
}

function showAddress() {
  const address = currentAddress();
  if (document.activeElement !== byId('address')) byId('address').value = address;
  byId('own').href = whole(address);
}

/* A path may begin with two slashes, which alone would name another host. */
const whole = (address) => window.location.origin + address;
const show = (address) => { frame.src = whole(address); };

function open(address) {
  record.goingTo = address;
  show(address);
}

function reload() {
  const isOurs = ofPage(({ location }) => location.origin === window.location.origin);
  if (isOurs) frame.contentWindow.location.reload();
  else show(plan.shop.start);
}

function clear() {
  record.clear(ofPage((page) => page.__tagkitPage));
  conversions.rebuild();
  log.rebuild();
  draw();
}

byId('go').addEventListener('submit', (event) => {
  event.preventDefault();
  const said = byId('address').value.trim();
  const path = said.startsWith('/') ? whole(said) : said; // a whole URL serves as well
  if (!URL.canParse(path, window.location.origin)) return;
  const { pathname, search, hash } = new URL(path, window.location.origin);
  open(pathname + search + hash);
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
  show(plan.shop.start);
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
  const text = scenario(record, { shop: plan.shop, name });
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
  byId('scenario-text').setSelectionRange(0, 0);
  byId('scenario-text').scrollTop = 0;
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
    show(plan.shop.start);
    return;
  }
  conversions.rebuild();
  draw();
  if (plan.diagnostics.some(({ severity }) => severity === 'error')) return;
  say(texts().planChanged);
  reload();
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
