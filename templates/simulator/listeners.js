// What starts each listener, and what all of them tell of an element.

/* The data of an automatic event about an element (measured 3). */
function elementData(event, element, triggerKeys) {
  const data = {
    event,
    'gtm.element': element,
    'gtm.elementClasses': svgText(element.className) || '',
    'gtm.elementId': attribute(element, 'id'),
    'gtm.elementTarget': element.formTarget || svgText(element.target) || '',
    'gtm.elementUrl': elementUrl(element),
  };
  if (triggerKeys) data['gtm.triggers'] = triggerKeys.join(',');
  return data;
}

const svgText = (value) => (value && typeof value.animVal === 'string' ? value.animVal : value);
const attribute = (element, name) => (element.getAttribute && element.getAttribute(name)) || '';

/* measured 3: the first of these, '' when there is none. They are properties, so a form without an
 * action has the URL of the page, and a link of SVG its address as it is written. */
function elementUrl(element) {
  const ofButton = element.hasAttribute('formaction') ? element.formAction : '';
  return ofButton || actionOf(element) || svgText(element.href) || element.src || element.code
    || element.codebase || '';
}

/* A field named `action` hides the form's own, which a copy without its fields still tells. */
const actionOf = (element) => (
  element.action instanceof window.Element ? element.cloneNode(false).action : element.action);

/* Listeners of a page are shared by its containers, and the first one's data layer hears them. */
const listeners = {
  started: new Set(),
  runtime: null,
  links: [],
  forms: [],
  thresholds: { horizontal: { pixels: {}, percent: {} }, vertical: { pixels: {}, percent: {} } },
  onDomChange: [],

  push(message) {
    return this.runtime.push(message);
  },

  startOnce(name, start) {
    if (this.started.has(name)) return;
    this.started.add(name);
    start();
  },
};

/* The listeners of a container: [{trigger, event, conditions, start}]. */
function listenersOf(runtime) {
  listeners.runtime = listeners.runtime || runtime;
  return runtime.triggers.used.filter(({ trigger }) => own(STARTERS, trigger.type))
    .map(({ trigger, key, listenerConditions }) => ({
      trigger,
      event: startEvent(trigger),
      conditions: listenerConditions,
      start: () => STARTERS[trigger.type](runtime, trigger, key),
    }));
}

/* Scroll and video listeners say when they start, others start with the page. */
function startEvent(trigger) {
  if (trigger.type !== 'SCROLL_DEPTH' && trigger.type !== 'YOU_TUBE_VIDEO') return 'gtm.js';
  const option = parametersOf(trigger).triggerStartOption;
  return { DOM_READY: 'gtm.dom', WINDOW_LOAD: 'gtm.load' }[option] || 'gtm.js';
}

const STARTERS = {
  CLICK: listenToClicks,
  LINK_CLICK: listenToLinks,
  FORM_SUBMISSION: listenToForms,
  ELEMENT_VISIBILITY: listenToVisibility,
  SCROLL_DEPTH: listenToScroll,
  TIMER: listenToTimer,
  HISTORY_CHANGE: listenToHistory,
  JS_ERROR: listenToErrors,
  YOU_TUBE_VIDEO: listenToVideos,
};

/* Calls after each change of the nodes in body. */
function whenDomChanges(action) {
  listeners.onDomChange.push(action);
  listeners.startOnce('dom changes', () => whenBody(() => {
    new MutationObserver(() => listeners.onDomChange.slice().forEach((call) => call()))
      .observe(document.body, { childList: true, subtree: true });
  }));
}

/* What a trigger that may hold the page back is set to. */
function waitSettings(trigger, key) {
  const timeout = Number(fieldOf(trigger.waitForTagsTimeout));
  return {
    key,
    waits: isTrue(fieldOf(trigger.waitForTags)),
    validates: isTrue(fieldOf(trigger.checkValidation)),
    timeout: timeout > 0 ? timeout : 2000,
  };
}

const longest = (items) => Math.max(...items.map((item) => item.timeout));

/* Pushes; true when tags are due, and then `goOn` is called after them or the timeout. */
function holdBack(message, timeout, goOn) {
  let held = false;
  let left = subscribersOf(listeners.runtime.dataLayer);
  message.eventCallback = () => {
    left -= 1;
    if (left === 0 && held) goOn();
  };
  message.eventTimeout = timeout;
  held = listeners.push(message) === false;
  return held;
}

/* Where a link or a form of this target would show the next page; null when it is another window. */
function windowOf(target) {
  switch (String(target || '_self').toLowerCase()) {
    case '_self': return window;
    case '_parent': return window.parent;
    case '_top': return window.top;
    default: return null;
  }
}
