/* Stands first in every page of the preview: tells the panel what the page does.
 *
 * It hands the simulator's records to the panel, notes what the visitor does (for scenarios), and
 * takes the panel's orders. It must not break a page: nothing here replaces what is the page's.
 */
(function (window) {
  'use strict';

  if (window.__tagkitReport) return;
  const { document } = window;
  const channel = new window.BroadcastChannel('tagkit-preview');
  const page = `${Math.round(performance.timeOrigin)}-${Math.random().toString(36).slice(2, 8)}`;
  const SILENCE = 2000;
  const ask = window.fetch.bind(window); // the simulator and the shop may put theirs in its place
  const CHOICE = 'tagkit-preview-consent';
  const TYPED = 'input, textarea, select';
  const PRESSED = 'a, button, summary, label, input, [role="button"], [role="link"], [onclick]';

  function tell(kind, value) {
    try {
      channel.postMessage({ page, kind, value: JSON.parse(JSON.stringify(value)) });
    } catch {
      // what cannot be told is not worth breaking a page for
    }
  }
  window.__tagkitReport = tell;
  window.__tagkitPage = page;

  /* A frame inside the shop's page is no page that the visitor opened. */
  function isNested() {
    try {
      return window.parent !== window && !window.parent.__tagkitPanel;
    } catch {
      return true;
    }
  }
  const nested = isNested();
  window.__tagkitNested = nested;

  // ------------------------------------------------------------------ the page

  function choice() {
    try {
      return JSON.parse(window.localStorage.getItem(CHOICE));
    } catch {
      return null;
    }
  }

  const address = () => window.location.pathname + window.location.search + window.location.hash;
  const choiceAtStart = choice();
  if (!nested) {
    const [{ type }] = performance.getEntriesByType('navigation');
    tell('open', { address: address(), consent: choiceAtStart, isBack: type === 'back_forward' });
    document.addEventListener('DOMContentLoaded', () => tell('title', document.title));
    window.addEventListener('popstate', () => tell('address', address()));
    window.addEventListener('hashchange', () => tell('address', address()));
  }

  /* The data layer, which a shop may have given another name. */
  function layer() {
    const name = window.__tagkitLayer || 'dataLayer';
    return window[name] = window[name] || [];
  }

  /* A consent update, as GTM takes it: an arguments object and nothing else is a command. */
  const update = (chosen) => (function () { return arguments; })('consent', 'update', chosen);

  /* A visitor who chose on an earlier page has chosen for this one: said before the container reads
   * the data layer, below what the page says of consent and above its first event. */
  window.__tagkitChosen = () => {
    if (!choiceAtStart) return;
    const waiting = layer();
    const first = waiting.findIndex((message) => message && message.event);
    waiting.splice(first < 0 ? waiting.length : first, 0, update(choiceAtStart));
  };

  channel.addEventListener('message', ({ data }) => {
    if (data.to !== 'pages') return;
    if (data.kind === 'consent') {
      layer().push(update(data.value.choice));
      data.value.events.forEach((event) => layer().push({ event }));
    } else if (data.kind === 'push' && !nested && document.visibilityState === 'visible') {
      layer().push(data.value);
    }
  });

  /* A host that the server did not know of is one that it lets through from the next page on. */
  document.addEventListener('securitypolicyviolation', async ({ blockedURI }) => {
    if (!/^(https?|wss?):/.test(blockedURI)) return;
    const { origin, host } = new URL(blockedURI);
    const answer = await ask('/__tagkit__/mentioned', { method: 'POST', body: host });
    tell('blocked', { url: origin, next: await answer.json() });
  });

  // A container that waits for a cookie banner is easily taken for one that does not work.
  window.addEventListener('load', () => window.setTimeout(() => {
    if (!window.__tagkitStarted && !nested) tell('silent', { address: address() });
  }, SILENCE));

  if (nested) return;

  // ------------------------------------------------------------------ what the visitor does

  const unique = (selector) => document.querySelectorAll(selector).length === 1;
  const quoted = (text) => `"${text.replace(/["\\]/g, '\\$&')}"`;
  const isMadeUp = (name) => /\d{3,}|[0-9a-f]{8,}|^[:_]|--|__/i.test(name);

  /* Selectors of one element alone, best first: what an author would write. */
  function* candidates(element) {
    const tag = element.localName;
    const attribute = (name) => `${tag}[${name}=${quoted(element.getAttribute(name))}]`;
    if (element.id && !isMadeUp(element.id)) yield `#${CSS.escape(element.id)}`;
    for (const { name } of element.attributes) {
      if (/^data-(test|testid|test-id|cy|qa|action)$/.test(name)) yield attribute(name);
    }
    if (element.name && element.matches(TYPED)) yield attribute('name');
    const classes = [...element.classList].filter((name) => !isMadeUp(name));
    for (const name of classes) yield `${tag}.${CSS.escape(name)}`;
    for (const name of ['href', 'aria-label', 'name', 'value', 'title', 'type']) {
      if (element.getAttribute(name)) yield attribute(name);
    }
    yield tag;
  }

  function selectorOf(element) {
    for (const candidate of candidates(element)) if (unique(candidate)) return candidate;
    const steps = [];
    for (let at = element; at && at !== document.documentElement; at = at.parentElement) {
      steps.unshift(stepOf(at));
      for (let outer = at.parentElement; outer && outer !== document.body;
        outer = outer.parentElement) {
        for (const candidate of candidates(outer)) {
          const whole = `${candidate} ${steps.join(' > ')}`;
          if (unique(candidate) && unique(whole)) return whole;
        }
      }
      if (unique(steps.join(' > '))) return steps.join(' > ');
    }
    return steps.join(' > ');
  }

  function stepOf(element) {
    const alike = [...(element.parentElement || document).children]
      .filter((other) => other.localName === element.localName);
    const place = alike.length > 1 ? `:nth-of-type(${alike.indexOf(element) + 1})` : '';
    return element.localName + place;
  }

  const isTicked = (element) => element.matches('[type="checkbox"], [type="radio"]');
  const isText = (element) => element.matches(TYPED) && !isTicked(element)
    && !element.matches('[type="submit"], [type="button"], [type="image"], [type="reset"]');

  /* What a visitor types may be personal: what is, becomes a placeholder here and stays here. */
  function typed(field) {
    const what = `${field.type} ${field.name} ${field.id} ${field.autocomplete}`.toLowerCase();
    if (field.type === 'password') return 'a-password';
    if (/e-?mail/.test(what) || /\S@\S/.test(field.value)) return 'visitor@example.com';
    if (/cc-|card|iban/.test(what)) return '4242424242424242';
    if (/\btel\b|phone|telefon|mobile/.test(what) || /^\+?[\d\s().-]{7,}$/.test(field.value)) {
      return '+48 600 000 000';
    }
    return field.value;
  }

  let submitter = null;
  document.addEventListener('click', (event) => {
    const path = event.composedPath()[0];
    const target = (path.closest && path.closest(PRESSED)) || path;
    if (!event.isTrusted || !target.matches || isText(target)) return;
    if (target.localName === 'label' && target.control && target.control !== path) return;
    submitter = target.matches('button, input') ? target : null;
    tell('action', { click: selectorOf(target) });
  }, true);

  document.addEventListener('change', (event) => {
    const field = event.target;
    if (!event.isTrusted || !field.matches || !isText(field) || field.type === 'file') return;
    tell('action', { fill: { [selectorOf(field)]: typed(field) } });
  }, true);

  document.addEventListener('submit', (event) => {
    if (event.isTrusted && !(event.submitter && event.submitter === submitter)) {
      tell('action', { submit: selectorOf(event.target) });
    }
    submitter = null;
  }, true);
})(window);
