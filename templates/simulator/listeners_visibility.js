// Elements in view. What is known of an element stands on the element, in data-gtm-vis-* attributes,
// as Google's listener keeps it (measured 10).

function listenToVisibility(runtime, trigger, key) {
  if (window.IntersectionObserver) new VisibilityWatch(runtime, trigger, key).start();
}

class VisibilityWatch {
  constructor(runtime, trigger, key) {
    const settings = runtime.variables.resolve(parametersOf(trigger));
    this.runtime = runtime;
    this.key = key;
    this.byId = settings.selectorType === 'ID';
    this.selector = String(this.byId ? settings.elementId : settings.elementSelector);
    this.watchesDom = isTrue(settings.useDomChangeListener);
    this.ratio = Math.min(Math.max((Number(settings.onScreenRatio) || 50) / 100, 0), 1);
    this.duration = isTrue(settings.useOnScreenDuration)
      ? Number(settings.onScreenDuration) || 0 : 0;
    this.frequency = settings.firingFrequency;
    this.elements = [];
    this.observer = null;
    this.polls = new Map();
    this.finished = false;
  }

  start() {
    this.collect();
    if (this.watchesDom) whenDomChanges(() => this.collect());
  }

  /* Elements are looked up anew, and that counts when their number has changed (an id: when it is
   * another element); a change of classes or attributes is not noticed. */
  collect() {
    if (this.finished) return;
    const found = this.select();
    const changed = this.byId ? found[0] !== this.elements[0]
      : found.length !== this.elements.length;
    if (!changed) return;
    this.elements.forEach((element) => this.stopPolling(element));
    this.elements = found;
    if (this.observer) this.observer.disconnect();
    this.observer = new IntersectionObserver(
      (entries) => entries.forEach((entry) => this.see(entry)), { threshold: [this.ratio] });
    found.forEach((element) => this.observer.observe(element));
  }

  select() {
    if (this.byId) {
      const element = document.getElementById(this.selector);
      return element ? [element] : [];
    }
    try {
      return Array.from(document.querySelectorAll(this.selector));
    } catch (error) {
      return [];
    }
  }

  see({ target, intersectionRatio }) {
    if (this.finished) return;
    if (intersectionRatio >= this.ratio) {
      if (!this.has(target, 'has-fired')) this.count(target);
      return;
    }
    this.stopPolling(target);
    if (this.frequency === 'MANY_PER_ELEMENT' && this.has(target, 'has-fired')) {
      this.forget(target, 'has-fired');
      this.forget(target, 'total-visible-time');
    }
    this.forget(target, 'recent-on-screen');
  }

  /* Time in view adds up over visits, in steps of 100 ms; what is in view and yet hidden waits. */
  count(target) {
    if (this.polls.has(target)) return;
    if (this.duration === 0) this.tick(target);
    if (this.has(target, 'has-fired')) return;
    this.polls.set(target, window.setInterval(() => this.tick(target), 100));
  }

  tick(target) {
    if (isHidden(target)) return;
    const now = sinceStart(this.runtime);
    ['recent-on-screen', 'first-on-screen'].forEach((name) => {
      if (!this.has(target, name)) this.set(target, name, now);
    });
    const total = (Number(this.get(target, 'total-visible-time')) || 0) + 100;
    this.set(target, 'total-visible-time', total);
    if (total < this.duration) return;
    const message = elementData('gtm.elementVisibility', target, [this.key]);
    message['gtm.visibleRatio'] = Math.round(ratioInView(target) * 1000) / 10;
    message['gtm.visibleTime'] = this.duration;
    message['gtm.visibleFirstTime'] = Number(this.get(target, 'first-on-screen'));
    message['gtm.visibleLastTime'] = Number(this.get(target, 'recent-on-screen'));
    this.markFired(target);
    listeners.push(message);
  }

  /* Once per page unless it is per element. */
  markFired(target) {
    const perElement = /^(ONCE|MANY)_PER_ELEMENT$/.test(this.frequency);
    (perElement ? [target] : this.elements).forEach((element) => {
      this.set(element, 'has-fired', 1);
      this.stopPolling(element);
    });
    if (perElement) return;
    this.finished = true;
    this.observer.disconnect();
  }

  stopPolling(element) {
    window.clearInterval(this.polls.get(element));
    this.polls.delete(element);
  }

  name(name) {
    return `data-gtm-vis-${name}-${this.key}`;
  }

  has(element, name) {
    return Boolean(this.get(element, name));
  }

  get(element, name) {
    return element.getAttribute(this.name(name));
  }

  set(element, name, value) {
    element.setAttribute(this.name(name), String(value));
  }

  forget(element, name) {
    element.removeAttribute(this.name(name));
  }
}

/* Milliseconds since gtm.js. */
const sinceStart = (runtime) => (
  Date.now() - (Number(runtime.model.get('gtm.start', 2)) || 0));

function isHidden(element) {
  if (document.hidden) return true;
  const box = element.getBoundingClientRect();
  if (!box.width || !box.height) return true;
  if (window.getComputedStyle(element).visibility === 'hidden') return true;
  for (let node = element; node && node.nodeType === 1; node = node.parentElement) {
    const { display, opacity, filter } = window.getComputedStyle(node);
    const veil = /opacity\((-?[\d.]+)/.exec(filter);
    if (display === 'none' || Number(opacity) <= 0 || (veil && Number(veil[1]) <= 0)) return true;
  }
  return false;
}

/* How much of an element lies in the viewport, 0 to 1. */
function ratioInView(element) {
  const box = element.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  if (!box.width || !box.height) return 0;
  const inside = (start, end, size, whole) => (
    1 - Math.min((Math.max(-start, 0) + Math.max(end - size, 0)) / whole, 1));
  return inside(box.left, box.right, clientWidth, box.width)
    * inside(box.top, box.bottom, clientHeight, box.height);
}
