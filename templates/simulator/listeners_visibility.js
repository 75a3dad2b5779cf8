// Elements in view.

function listenToVisibility(listeners, trigger, key) {
  if (!window.IntersectionObserver) return;
  new VisibilityWatch(listeners, trigger, key).start();
}

class VisibilityWatch {
  constructor(listeners, trigger, key) {
    const settings = listeners.runtime.variables.resolve(parametersOf(trigger));
    this.listeners = listeners;
    this.key = key;
    this.settings = settings;
    this.ratio = Math.min(Math.max(Number(settings.onScreenRatio || 50), 0), 100) / 100;
    this.duration = isTrue(settings.useOnScreenDuration)
      ? Number(settings.onScreenDuration) || 0 : 0;
    this.elements = new Map();
    this.finished = false;
  }

  start() {
    this.observer = new IntersectionObserver(
      (entries) => entries.forEach((entry) => this.see(entry)),
      { threshold: [0, this.ratio] });
    this.collect();
    if (!isTrue(this.settings.useDomChangeListener)) return;
    // measured 10: new nodes count, changed attributes and classes do not
    new MutationObserver(() => this.collect())
      .observe(document.body || document.documentElement, { childList: true, subtree: true });
  }

  collect() {
    this.select().forEach((element) => {
      if (this.elements.has(element)) return;
      this.elements.set(element, { shown: false, total: 0, fired: false });
      this.observer.observe(element);
    });
  }

  select() {
    if (this.settings.selectorType === 'ID') {
      const element = document.getElementById(this.settings.elementId);
      return element ? [element] : [];
    }
    try {
      return Array.from(document.querySelectorAll(this.settings.elementSelector));
    } catch (error) {
      return [];
    }
  }

  see(entry) {
    const state = this.elements.get(entry.target);
    const wasShown = state.shown;
    state.ratio = entry.intersectionRatio;
    state.shown = entry.isIntersecting && entry.intersectionRatio >= this.ratio
      && isRendered(entry.target);
    if (!state.shown) {
      this.pause(state);
    } else if (!wasShown) {
      if (this.duration) this.countTime(entry.target, state);
      else this.fire(entry.target, state);
    }
  }

  /* On-screen time adds up over visits, in steps of 100 ms (measured 10). */
  countTime(element, state) {
    if (state.timer || (state.fired && !this.repeats())) return;
    if (state.fired) state.total = 0;
    state.timer = window.setInterval(() => {
      if (!isRendered(element)) return;
      state.total += 100;
      if (state.total >= this.duration) {
        this.pause(state);
        this.fire(element, state);
      }
    }, 100);
  }

  pause(state) {
    window.clearInterval(state.timer);
    state.timer = 0;
  }

  repeats() {
    return this.settings.firingFrequency === 'MANY_PER_ELEMENT';
  }

  fire(element, state) {
    const perPage = !this.repeats() && this.settings.firingFrequency !== 'ONCE_PER_ELEMENT';
    if (this.finished || (state.fired && !this.repeats())) return;
    state.fired = true;
    this.finished = perPage;
    const now = Date.now();
    state.first = state.first || now;
    const message = elementData('gtm.elementVisibility', element, [this.key]);
    message['gtm.visibleRatio'] = Math.round(state.ratio * 1000) / 10;
    message['gtm.visibleTime'] = Math.max(state.total, 1);
    message['gtm.visibleFirstTime'] = state.first;
    message['gtm.visibleLastTime'] = now;
    this.mark(element, state, now);
    this.listeners.push(message);
  }

  mark(element, state, now) {
    const set = (name, value) => {
      element.setAttribute(`data-gtm-vis-${name}-${this.key}`, String(value));
    };
    set('first-on-screen', state.first);
    set('recent-on-screen', now);
    set('total-visible-time', state.total);
    set('has-fired', 1);
  }
}

function isRendered(element) {
  const box = element.getBoundingClientRect();
  if (!box.width || !box.height) return false;
  if (window.getComputedStyle(element).visibility === 'hidden') return false;
  for (let node = element; node && node.nodeType === 1; node = node.parentElement) {
    const style = window.getComputedStyle(node);
    if (style.display === 'none' || style.opacity === '0') return false;
  }
  return true;
}
