// The container: its queue of messages.

const GTAG_EVENTS = new Set(['config', 'event', 'js', 'get']);

// Tags may push messages while messages are processed; one that never ends is stopped.
const MOST_NESTED = 1000;

/* How many containers listen to a data layer. */
const subscribers = new Map();
const subscribersOf = (dataLayer) => subscribers.get(dataLayer) || 0;

class Runtime {
  constructor(containerExport, options, recorder) {
    this.options = options;
    this.version = containerOf(containerExport);
    this.publicId = this.version.publicId;
    this.pending = 0;
    this.recorder = recorder;
    this.captured = {};
    this.forbidden = null;
    this.limit = new TimeLimit(options.timeLimit);
    this.model = new Model();
    this.consent = new Consent(textOf(options.region));
    this.google = new Google(this);
    this.variables = new Variables(this, this.version);
    this.conditions = new Conditions(this);
    this.triggers = new Triggers(this, this.version);
    this.firing = new Firing(this);
    this.queue = [];
    this.processing = false;
    this.nested = 0;
    this.initialized = false;
    this.htmlCount = 0;
    this.htmlRuns = {};
    this.htmlId = '';
    this.eventName = 'undefined';
  }

  tagByName(name) {
    return this.version.tags.find((tag) => tag.name === name);
  }

  isForbidden(type) {
    return Boolean(this.forbidden) && this.forbidden(type);
  }

  nextHtmlId() {
    this.htmlCount += 1;
    return this.htmlCount;
  }

  later(action, milliseconds = 0) {
    this.pending += 1;
    window.setTimeout(() => {
      this.pending -= 1;
      action();
    }, milliseconds);
  }

  start() {
    const name = textOf(this.options.dataLayer) || 'dataLayer';
    if (!Array.isArray(window[name])) window[name] = [];
    this.dataLayer = window[name];
    this.recorder.started(this);
    this.installGlobals(name);
    checkEntities(this);
    subscribers.set(this.dataLayer, subscribersOf(this.dataLayer) + 1);
    this.queue.push(...this.dataLayer);
    this.wrapPush();
    // The page's messages so far: as soon as the script that loads the container has ended.
    this.later(() => this.processQueue());
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
      runtime.queue.push(...messages);
      if (runtime.processing) runtime.nested += messages.length;
      while (dataLayer.length > 300) dataLayer.shift();
      const allowed = runtime.processQueue();
      return allowed && (typeof result !== 'boolean' || result);
    };
  }

  installGlobals(name) {
    const google = window.google_tag_manager = window.google_tag_manager || {};
    google.rm = google.rm || {};
    google.rm[this.publicId] = (index) => this.captured[index];
    google[this.publicId] = {
      dataLayer: this.modelInterface(name),
      onHtmlSuccess: (id) => this.htmlRuns[id] && this.htmlRuns[id].done(true),
      onHtmlFailure: (id) => this.htmlRuns[id] && this.htmlRuns[id].done(false),
    };
  }

  modelInterface(name) {
    return {
      name,
      set: (key, value) => this.model.setInTree(key, value),
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
      const push = () => this.later(() => this.push({ event }));
      if (isPast) push();
      else target.addEventListener(type, push, { once: true });
    };
    const state = document.readyState;
    announce('gtm.dom', state !== 'loading', document, 'DOMContentLoaded');
    announce('gtm.load', state === 'complete', window, 'load');
  }

  // ------------------------------------------------------------------ messages

  /* Messages one after the other; false when tags of one of them hold the default back. */
  processQueue() {
    let held = false;
    if (!this.processing) this.nested = 0;
    while (!this.processing && this.queue.length) {
      if (this.nested > MOST_NESTED) {
        this.queue = [];
        this.recorder.error('data layer', '', `tags pushed more than ${MOST_NESTED} messages at once`);
        break;
      }
      this.processing = true;
      try {
        held = this.processNext() || held;
      } catch (error) {
        this.recorder.error('data layer', '', error);
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
      action.call(this.modelInterface(textOf(this.options.dataLayer) || 'dataLayer'));
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

  processMessage(message) {
    const clears = own(message, '_clear') && message._clear;
    Object.keys(message).forEach((key) => {
      if (key === '_clear') return;
      if (clears) this.model.clear(key);
      this.model.set(key, message[key]);
    });
    return message.event ? this.firing.dispatch(message) : false;
  }

  // ------------------------------------------------------------------ gtag commands

  /* gtag(): only an `arguments` object is a command, a plain array is not. */
  processCommand([command, ...args]) {
    switch (command) {
      case 'consent': return this.processConsent(args);
      case 'set': return this.processSet(args);
      case 'js': {
        const isDate = args.length === 1 && args[0] && typeof args[0].getTime === 'function';
        return isDate
          ? this.processMessage({ event: 'gtm.js', 'gtm.start': args[0].getTime() }) : false;
      }
      case 'event': return this.processEvent(args);
      case 'config':
        this.noteCommand(command, args);
        if (typeof args[0] === 'string') this.google.configurePage(args[0], args[1]);
        return false;
      default:
        this.noteCommand(command, args);
        return false;
    }
  }

  noteCommand(command, args) {
    this.recorder.add('gtag', portable([command, ...args]));
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

  /* gtag('set', {k: v}) and gtag('set', 'k', v) begin each key anew. */
  processSet(args) {
    const [first, second] = args;
    if (args.length === 1 && isPlainObject(first)) return this.setAnew(first);
    return args.length === 2 && typeof first === 'string' ? this.setAnew({ [first]: second }) : false;
  }

  setAnew(values) {
    const message = copyOf(values);
    this.google.setEverywhere(message);
    Object.keys(message).forEach((key) => {
      this.model.clear(key);
      this.model.set(key, message[key]);
    });
    return false;
  }

  /* measured 1: it is also an event of the data layer, its parameters in eventModel */
  processEvent(args) {
    const [name, params] = args;
    const isSound = typeof name === 'string' && args.length <= 2
      && (params === undefined || isPlainObject(params));
    if (!isSound || !name) return false;
    this.noteCommand('event', args);
    const message = { event: name };
    if (params) {
      message.eventModel = copyOf(params);
      if (params.event_callback) message.eventCallback = params.event_callback;
      if (params.event_timeout) message.eventTimeout = params.event_timeout;
    }
    const held = this.processMessage(message);
    actAs({ tag: null, eventId: message['gtm.uniqueEventId'] }, () => (
      this.google.sendPage(name, params || {})));
    return held;
  }
}

function copyOf(values) {
  const copy = {};
  merge(values, copy);
  return copy;
}

function isEventMessage(item) {
  if (isArguments(item)) return GTAG_EVENTS.has(item[0]);
  return isPlainObject(item) && Boolean(item.event);
}
