/* What the pages have told so far. The only state of the panel besides what the visitor chose. */

export const BACK = 'back';
const MOST = 1000;

export class Record {
  constructor() {
    this.plan = { conversions: [] };
    this.changed = () => {};
    this.fired = () => {};
    this.answered = () => {};
    this.clear();
  }

  /* What the page that is on its way out still tells is no part of the new record. */
  clear(leaving) {
    this.leaving = leaving;
    this.start = null;
    this.goingTo = null;
    this.pages = new Map();
    this.events = new Map();
    this.dropped = new Set();
    this.hits = new Map();
    this.problems = new Map();
    this.kept = new Map();
    this.steps = [];
    this.consent = null;
    this.announced = new Set();
  }

  /* The plan may change while pages are open: what has fired is judged by the newest. */
  setPlan(plan) {
    this.plan = plan;
    this.senders = new Map();
    (plan.conversions || []).forEach((conversion) => {
      Object.keys(conversion.tags).forEach((tag) => this.senders.set(tag, conversion));
    });
  }

  take({ page, kind, value }) {
    if (page === this.leaving) return;
    switch (kind) {
      case 'open': this.open(page, value); break;
      case 'title': case 'address': this.pageOf(page)[kind] = value; break;
      case 'event': this.event(page, value); break;
      case 'ga4': case 'meta': this.hit(page, kind, value); break;
      case 'errors': case 'uncovered': this.note(this.problems, { kind, ...value }); break;
      case 'blocked': this.note(this.problems, { kind, ...value }); break;
      case 'silent': this.problems.set(`silent ${page}`, { kind, ...value, times: 1 }); break;
      case 'network': this.note(this.kept, { method: value.method, url: value.url }); break;
      case 'consent':
        this.consent = value.state;
        if (value.action === 'update') this.answered(value.settings);
        break;
      case 'action': this.steps.push(value); break;
      default: return;
    }
    this.changed(kind);
  }

  pageOf(id) {
    if (!this.pages.has(id)) this.pages.set(id, { id, address: '', title: '', time: Date.now() });
    return this.pages.get(id);
  }

  open(id, value) {
    if (!this.start) this.start = value;
    else if (this.goingTo === value.address) this.steps.push({ navigate: value.address });
    else if (value.isBack) this.steps.push({ navigate: BACK });
    this.goingTo = null;
    Object.assign(this.pageOf(id), value);
  }

  event(page, value) {
    const key = `${page} ${value.id}`;
    if (this.dropped.has(key)) return;
    const known = this.events.get(key);
    const entry = { key, page, at: known ? known.at : Date.now(), ...value };
    entry.text = searched(value);
    this.problems.delete(`silent ${page}`);
    this.events.set(key, entry);
    if (!known) this.makeRoom();
    if (value.consent) this.consent = value.consent;
    if (!known) this.noteEvent(value);
    this.announce(entry);
  }

  /* A page may push for hours: the oldest event that is none of a conversion's goes. */
  makeRoom() {
    if (this.events.size <= MOST) return;
    for (const [key, event] of this.events) {
      if (!(event.tags || []).some((tag) => this.senders.has(tag.name))) {
        this.events.delete(key);
        this.hits.delete(key);
        this.dropped.add(key);
        return;
      }
    }
  }

  announce(event) {
    this.firedBy(event).forEach((conversion) => {
      const once = `${event.key} ${conversion.id}`;
      if (this.announced.has(once)) return;
      this.announced.add(once);
      this.fired(conversion);
    });
  }

  /* Scrolling cannot be seen as it happens; what it made happen can. */
  noteEvent({ name, message }) {
    if (name !== 'gtm.scrollDepth' || !message) return;
    const unit = message['gtm.scrollUnits'] === 'pixels' ? 'px' : '%';
    this.steps.push({ scroll: `${message['gtm.scrollThreshold']}${unit}` });
  }

  /* Meta may hear of an event long after it: when the visitor agrees. */
  hit(page, kind, value) {
    const key = `${page} ${value.eventId}`;
    if (!this.hits.has(key)) this.hits.set(key, []);
    this.hits.get(key).push({ page, kind, at: Date.now(), ...value });
    if (this.events.has(key)) this.announce(this.events.get(key));
  }

  /* Equal things once, with how often. */
  note(list, value) {
    const key = JSON.stringify(value);
    const known = list.get(key);
    list.set(key, { ...value, times: known ? known.times + 1 : 1 });
  }

  hitsOf(conversion, event) {
    return (this.hits.get(event.key) || []).filter((hit) => hit.tag in conversion.tags);
  }

  tagsOf(conversion, event) {
    return (event.tags || []).filter((tag) => tag.name in conversion.tags);
  }

  /* A GA4 tag fires when it runs; what a Meta tag says may wait for consent, and then Meta hears. */
  hasFired(conversion, event) {
    return this.tagsOf(conversion, event).some((tag) => hasRun(tag)
      && conversion.tags[tag.name] === 'GA4')
      || this.hitsOf(conversion, event).some((hit) => hit.kind === 'meta');
  }

  /* The conversions that an event made fire, each once. */
  firedBy(event) {
    const named = new Set((event.tags || []).map((tag) => this.senders.get(tag.name)));
    return [...named].filter((conversion) => conversion && this.hasFired(conversion, event));
  }

  /* Each time a conversion fired: the event, its tags, what was sent. */
  firings(conversion) {
    return this.with(conversion).filter((event) => this.hasFired(conversion, event))
      .map((event) => ({
        event, tags: this.tagsOf(conversion, event), hits: this.hitsOf(conversion, event),
      }));
  }

  /* What kept a conversion from firing when its trigger had matched: the last such tag. */
  heldBack(conversion) {
    return this.with(conversion).flatMap((event) => this.tagsOf(conversion, event)).pop() || null;
  }

  with(conversion) {
    return [...this.events.values()].filter((event) => this.tagsOf(conversion, event).length);
  }
}

/* What a search looks through. */
function searched({ name, message, triggers, tags }) {
  const matched = (triggers || []).filter((trigger) => trigger.matched);
  const names = [...matched, ...(tags || [])].map((entity) => entity.name);
  return `${name} ${JSON.stringify(message)} ${names.join(' ')}`.toLowerCase();
}

export const hasRun = (tag) => tag.role !== 'setup' && tag.role !== 'teardown'
  && (tag.status === 'fired' || tag.status === 'would fire');
