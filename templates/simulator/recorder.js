// The record of what happened: window.__tagkit, and a call of report(kind, value) for whoever must
// keep it when the page goes away. docs/simulator.md has the shape of each list.

const LISTS = ['events', 'ga4', 'meta', 'googleTags', 'images', 'network', 'gtag', 'errors',
  'uncovered', 'consent'];

const now = () => Math.round(window.performance.now());

function recordOfPage() {
  const log = window.__tagkit = window.__tagkit || {};
  LISTS.forEach((list) => { log[list] = log[list] || []; });
  return log;
}

/* The tag whose code runs at this moment and the event it runs for: {tag, eventId}, or null. */
let acting = null;

function actAs(context, action) {
  const before = acting;
  acting = context;
  try {
    return action();
  } finally {
    acting = before;
  }
}

/* Who listens to the record; each is called once per value. */
const listening = new Set();

function tell(kind, value) {
  const hears = new Set(listening);
  if (typeof window.__tagkitReport === 'function') hears.add(window.__tagkitReport);
  hears.forEach((hear) => {
    try {
      hear(kind, value);
    } catch (error) {
      // A reader that fails is no reason for the page to fail.
    }
  });
}

class Recorder {
  constructor(report) {
    if (typeof report === 'function') listening.add(report);
    this.log = recordOfPage();
  }

  /* The runtime itself hangs on the record, for who looks from inside the page. */
  started(runtime) {
    Object.defineProperty(this.log, 'runtime', { value: runtime, configurable: true });
  }

  add(list, value) {
    this.log[list].push(value);
    tell(list, value);
  }

  /* An event is in the list as soon as it begins, and is told when its tags have been started. */
  begin(entry) {
    this.log.events.push(entry);
  }

  event(entry) {
    tell('event', entry);
  }

  error(kind, name, problem) {
    const message = asText((problem && problem.message) || problem);
    this.add('errors', { kind, name: asText(name), message });
  }

  uncovered(kind, entity) {
    this.add('uncovered', { kind, type: entity.type, name: entity.name });
  }
}
