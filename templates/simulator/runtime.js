// The container.

const GTAG_EVENTS = new Set(['config', 'event', 'js', 'get']);

class Runtime {
  constructor(containerExport, options) {
    this.options = options;
    this.version = containerExport.containerVersion;
    this.publicId = (this.version.container && this.version.container.publicId) || 'GTM-XXXXXXX';
    this.pending = 0;
    this.recorder = new Recorder(this, options.report);
    intercept(options.block);
    this.model = new Model();
    this.consent = new Consent(options.region);
    this.google = new Google(this);
    this.variables = new Variables(this, this.version);
    this.conditions = new Conditions(this);
    this.triggers = new Triggers(this, this.version);
    this.listeners = new Listeners(this);
    this.tags = this.version.tag || [];
    this.firing = new Firing(this, this.tags);
    this.queue = [];
    this.processing = false;
    this.initialized = false;
    this.htmlCount = 0;
    this.htmlRuns = {};
  }

  tagByName(name) {
    return this.tags.find((tag) => tag.name === name);
  }

  nextHtmlId() {
    this.htmlCount += 1;
    return this.htmlCount;
  }

  later(action) {
    this.pending += 1;
    window.setTimeout(() => {
      this.pending -= 1;
      action();
    }, 0);
  }

  // -------------------------------------------------------------- data layer

  start() {
    const name = this.options.dataLayer || 'dataLayer';
    this.dataLayer = window[name] = window[name] || [];
    this.installGlobals(name);
    checkEntities(this);
    const waiting = Array.from(this.dataLayer);
    this.wrapPush();
    this.queue.push(...waiting);
    this.processQueue();
    this.announcePageStates(name);
    return this;
  }

  push(message) {
    return this.dataLayer.push(message);
  }

  wrapPush() {
    const { dataLayer } = this;
    const native = dataLayer.push;
    const runtime = this;
    dataLayer.push = function (...messages) {
      const result = native.apply(dataLayer, messages);
      while (dataLayer.length > 300) dataLayer.shift();
      runtime.queue.push(...messages);
      const allowed = runtime.processQueue();
      return allowed && (typeof result !== 'boolean' || result);
    };
  }

  installGlobals(name) {
    const google = window.google_tag_manager = window.google_tag_manager || {};
    google.rm = google.rm || {};
    google.rm[this.publicId] = (index) => this.variables.value(this.variables.live[index]);
    google[this.publicId] = {
      dataLayer: this.modelInterface(name),
      onHtmlSuccess: (id) => this.htmlRuns[id] && this.htmlRuns[id].done(true),
      onHtmlFailure: (id) => this.htmlRuns[id] && this.htmlRuns[id].done(false),
    };
  }

  modelInterface(name) {
    return {
      name,
      set: (key, value) => this.model.set(key, value),
      get: (key) => this.model.get(String(key), 2),
      reset: () => this.model.reset(),
    };
  }

  /* gtm.dom and gtm.load come once per page, however many containers there are. */
  announcePageStates(name) {
    const shared = window.google_tag_manager[name] = window.google_tag_manager[name] || {};
    const announce = (event, isPast, target, type) => {
      if (shared[event]) return;
      shared[event] = true;
      const push = () => this.push({ event });
      if (isPast) this.later(push);
      else target.addEventListener(type, push, { once: true });
    };
    const state = document.readyState;
    announce('gtm.dom', state !== 'loading', document, 'DOMContentLoaded');
    announce('gtm.load', state === 'complete', window, 'load');
  }

  /* Messages one after the other; false when tags of one of them hold the default back. */
  processQueue() {
    let held = false;
    while (!this.processing && this.queue.length) {
      this.processing = true;
      try {
        held = this.processNext() || held;
      } finally {
        this.processing = false;
      }
    }
    return !held;
  }

  processNext() {
    const item = this.queue[0];
    if (!this.initialized && isEventMessage(item)) {
      // measured 1: put in front of the first event, whatever it is
      this.initialized = true;
      this.queue.unshift({ event: 'gtm.init_consent' }, { event: 'gtm.init' });
      return false;
    }
    this.queue.shift();
    this.model.forget('eventModel');
    if (typeof item === 'function') return this.callFunction(item);
    if (isArguments(item)) return this.processCommand(Array.from(item));
    if (Array.isArray(item)) return this.callMethod(item);
    return item && typeof item === 'object' ? this.processMessage(item) : false;
  }

  callFunction(action) {
    try {
      action.call(this.modelInterface(this.options.dataLayer || 'dataLayer'));
    } catch (error) {
      this.recorder.error('data layer function', '', error);
    }
    return false;
  }

  /* ['cart.push', item] calls a method of a stored value. */
  callMethod([path, ...args]) {
    if (typeof path !== 'string') return false;
    const parts = path.split('.');
    const method = parts.pop();
    const target = parts.length ? this.model.walk(parts.join('.')) : undefined;
    try {
      if (target !== undefined && target !== null) target[method](...args);
    } catch (error) {
      this.recorder.error('data layer method', path, error);
    }
    return false;
  }

  /* gtag(): only an `arguments` object is a command, a plain array is not. */
  processCommand([command, ...args]) {
    switch (command) {
      case 'consent':
        return this.processConsent(args);
      case 'set':
        return this.processSet(args);
      case 'js':
        return this.processMessage({ event: 'gtm.js', 'gtm.start': Number(args[0]) });
      case 'event':
        if (!args[0]) return false;
        return this.processMessage(
          args[1] ? { event: args[0], eventModel: args[1] } : { event: args[0] });
      default:
        this.recorder.add('gtag', portable([command, ...args]));
        return false;
    }
  }

  processConsent([action, settings]) {
    if (!isPlainObject(settings)) return false;
    if (action === 'default') this.consent.setDefault(settings);
    else if (action === 'update') this.consent.update(settings);
    else return false;
    this.recorder.add('consent', {
      action, settings: portable(settings), state: this.consent.state(), time: now(),
    });
    return false;
  }

  processSet([first, second]) {
    const values = isPlainObject(first) ? first : { [first]: second };
    Object.keys(values).forEach((key) => {
      this.model.clear(key);
      this.model.set(key, values[key]);
    });
    return false;
  }

  processMessage(message) {
    const clears = own(message, '_clear') && message._clear;
    Object.keys(message).forEach((key) => {
      if (key === '_clear') return;
      if (clears) this.model.clear(key);
      this.model.set(key, message[key]);
    });
    return message.event ? this.firing.dispatch(message) : false;
  }
}

function isEventMessage(item) {
  if (isArguments(item)) return GTAG_EVENTS.has(item[0]);
  return isPlainObject(item) && Boolean(item.event);
}
