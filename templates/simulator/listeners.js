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

/* measured 3: the first of these attributes, made absolute; '' when there is none */
function elementUrl(element) {
  const names = ['formaction', 'action', 'href', 'src', 'code', 'codebase'];
  const found = names.map((name) => attribute(element, name) || svgHref(element, name))
    .find((value) => value);
  if (found === undefined) return '';
  const url = parseUrl(found);
  return url ? url.href : found;
}

const svgHref = (element, name) => (
  name === 'href' && element.getAttribute ? element.getAttribute('xlink:href') || '' : '');

class Listeners {
  constructor(runtime) {
    this.runtime = runtime;
    this.links = [];
    this.forms = [];
    this.thresholds = new Map();
  }

  /* The pseudo-tags that start listening: {trigger, event, start}. */
  tags() {
    return this.runtime.triggers.used
      .filter((trigger) => STARTERS[trigger.type])
      .map((trigger) => ({
        trigger,
        event: startEvent(trigger),
        start: () => STARTERS[trigger.type](this, trigger, this.runtime.triggers.key(trigger)),
      }));
  }

  push(message) {
    return this.runtime.push(message);
  }

  startOnce(name, start) {
    if (this[name]) return;
    this[name] = true;
    start();
  }
}

function startEvent(trigger) {
  if (trigger.type !== 'SCROLL_DEPTH') return 'gtm.js';
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
};
