// Triggers.

const ALL_PAGES = {
  2147479553: { triggerId: '2147479553', name: 'All Pages', type: 'PAGEVIEW' },
  2147479573: { triggerId: '2147479573', name: 'Initialization - All Pages', type: 'INIT' },
  2147479572: {
    triggerId: '2147479572', name: 'Consent Initialization - All Pages', type: 'CONSENT_INIT',
  },
};

// The event of each trigger type, and whether the event names its triggers in gtm.triggers.
const TRIGGER_EVENTS = {
  PAGEVIEW: { event: 'gtm.js' },
  DOM_READY: { event: 'gtm.dom' },
  WINDOW_LOADED: { event: 'gtm.load' },
  INIT: { event: 'gtm.init' },
  CONSENT_INIT: { event: 'gtm.init_consent' },
  CUSTOM_EVENT: { event: null },
  CLICK: { event: 'gtm.click' },
  LINK_CLICK: { event: 'gtm.linkClick', byId: true },
  FORM_SUBMISSION: { event: 'gtm.formSubmit', byId: true },
  ELEMENT_VISIBILITY: { event: 'gtm.elementVisibility', byId: true },
  SCROLL_DEPTH: { event: 'gtm.scrollDepth', byId: true },
  TIMER: { event: 'gtm.timer', byId: true },
  HISTORY_CHANGE: { event: 'gtm.historyChange' },
  JS_ERROR: { event: 'gtm.pageError' },
  TRIGGER_GROUP: { event: 'gtm.triggerGroup', byId: true },
  YOU_TUBE_VIDEO: { event: 'gtm.video', byId: true },
};

class Triggers {
  constructor(runtime, version) {
    this.runtime = runtime;
    this.byId = new Map();
    (version.trigger || []).forEach((trigger) => this.byId.set(trigger.triggerId, trigger));
    const used = new Set();
    (version.tag || []).forEach((tag) => {
      (tag.firingTriggerId || []).concat(tag.blockingTriggerId || []).forEach((id) => {
        this.use(id, used, tag);
      });
    });
    this.used = Array.from(used, (id) => this.find(id));
    this.groups = this.used.filter((trigger) => trigger.type === 'TRIGGER_GROUP')
      .map((trigger) => ({ trigger, missing: new Set(membersOf(trigger)), fired: false }));
  }

  use(id, used, tag) {
    const trigger = this.find(id);
    if (!trigger) {
      this.runtime.recorder.error('reference', tag.name, `no trigger with id ${id}`);
      return;
    }
    if (used.has(id)) return;
    used.add(id);
    if (!own(TRIGGER_EVENTS, trigger.type)) this.runtime.recorder.uncovered('trigger', trigger);
    if (trigger.type === 'TRIGGER_GROUP') {
      membersOf(trigger).forEach((member) => this.use(member, used, tag));
    }
  }

  find(id) {
    return this.byId.get(id) || ALL_PAGES[id];
  }

  /* What each used trigger says to the event: [{id, name, type, matched, failed}]. */
  evaluate(eventName) {
    return this.used.map((trigger) => {
      const failed = this.failure(trigger, eventName);
      return {
        id: trigger.triggerId, name: trigger.name, type: trigger.type, matched: !failed, failed,
      };
    });
  }

  failure(trigger, eventName) {
    const rule = TRIGGER_EVENTS[trigger.type];
    const { conditions } = this.runtime;
    if (!rule) return { event: eventName, wanted: trigger.type };
    if (rule.event) {
      const wanted = trigger.type === 'TIMER' ? timerEvent(trigger) : rule.event;
      if (eventName !== wanted) return { event: eventName, wanted };
      if (rule.byId && !this.isNamed(trigger)) {
        return {
          variable: 'gtm.triggers', operator: 'CONTAINS', negate: false, ignoreCase: false,
          actual: portable(this.runtime.model.get('gtm.triggers', 1)), wanted: this.key(trigger),
        };
      }
    }
    return conditions.firstFailure(trigger.customEventFilter)
      || conditions.firstFailure(trigger.filter);
  }

  key(trigger) {
    return `${this.runtime.version.containerId}_${trigger.triggerId}`;
  }

  /* measured 10: gtm.triggers is empty, or lists this trigger */
  isNamed(trigger) {
    const listed = this.runtime.model.get('gtm.triggers', 1);
    if (listed === undefined || listed === '') return true;
    return String(listed).split(',').includes(this.key(trigger));
  }

  /* A group fires once per page, after the event in which its last member fired. */
  countGroups(results) {
    this.groups.forEach((group) => {
      results.forEach((result) => { if (result.matched) group.missing.delete(result.id); });
      if (group.missing.size || group.fired) return;
      group.fired = true;
      this.runtime.later(() => this.runtime.push({
        event: 'gtm.triggerGroup', 'gtm.triggers': this.key(group.trigger),
      }));
    });
  }
}

const membersOf = (trigger) => parametersOf(trigger).triggerIds || [];
const timerEvent = (trigger) => (trigger.eventName && trigger.eventName.value) || 'gtm.timer';
