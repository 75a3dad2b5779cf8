/* What the pages have told so far. The only state of the panel besides what the visitor chose. */

export class Record {
  constructor() {
    this.plan = { conversions: [] };
    this.changed = () => {};
    this.fired = () => {};
    this.clear();
  }

  clear() {
    this.pages = new Map();
    this.events = new Map();
    this.hits = [];
    this.problems = new Map();
    this.steps = [];
    this.counts = new Map();
    this.consent = null;
    this.current = null;
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
    switch (kind) {
      case 'open': this.open(page, value); break;
      case 'title': case 'address': this.pageOf(page)[kind] = value; break;
      case 'event': this.event(page, value); break;
      case 'ga4': case 'meta': this.hit(page, kind, value); break;
      case 'errors': case 'uncovered': case 'network': case 'blocked':
        this.problem(page, kind, value);
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
    if (!this.pages.size) this.start = value;
    else if (this.goingTo === value.address) this.steps.push({ navigate: value.address });
    this.goingTo = null;
    Object.assign(this.pageOf(id), value);
    this.current = id;
  }

  event(page, value) {
    const key = `${page} ${value.id}`;
    const known = this.events.get(key);
    const entry = { key, page, at: known ? known.at : Date.now(), ...value };
    entry.text = JSON.stringify(value).toLowerCase();
    this.events.set(key, entry);
    if (value.consent) this.consent = value.consent;
    if (!known) this.noteEvent(value);
    const firing = this.firedBy(entry);
    firing.forEach((conversion) => {
      const once = `${key} ${conversion.id}`;
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

  hit(page, kind, value) {
    this.hits.push({ page, kind, at: Date.now(), ...value });
  }

  problem(page, kind, value) {
    const key = JSON.stringify([kind, value]);
    const known = this.problems.get(key);
    this.problems.set(key, { kind, page, ...value, times: known ? known.times + 1 : 1 });
  }

  /* The conversions that an event made fire, each once. */
  firedBy(event) {
    const found = new Set();
    (event.tags || []).forEach((tag) => {
      const conversion = this.senders.get(tag.name);
      if (conversion && hasRun(tag)) found.add(conversion);
    });
    return [...found];
  }

  /* Each time a conversion fired: the event, its tags, what was sent. */
  firings(conversion) {
    const tagsOf = (event) => (event.tags || []).filter((tag) => tag.name in conversion.tags);
    return [...this.events.values()].filter((event) => tagsOf(event).some(hasRun))
      .map((event) => ({ event, tags: tagsOf(event), hits: this.hitsOf(conversion, event) }));
  }

  hitsOf(conversion, event) {
    return this.hits.filter((hit) => hit.page === event.page && hit.eventId === event.id
      && hit.tag in conversion.tags);
  }

  /* What kept a conversion from firing when its trigger had matched. */
  heldBack(conversion) {
    const tags = [...this.events.values()].flatMap((event) => event.tags || [])
      .filter((tag) => tag.name in conversion.tags && !hasRun(tag));
    return tags.length ? tags[tags.length - 1] : null;
  }
}

export const hasRun = (tag) => tag.role !== 'setup' && tag.role !== 'teardown'
  && (tag.status === 'fired' || tag.status === 'would fire');
