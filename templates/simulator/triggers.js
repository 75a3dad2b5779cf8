// Triggers.

// They stand in no export; tags name them by these ids.
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
    version.triggers.forEach((trigger) => {
      this.byId.set(trigger.triggerId, trigger);
      if (!own(TRIGGER_EVENTS, trigger.type)) runtime.recorder.uncovered('trigger', trigger);
    });
    const used = new Map();
    version.tags.forEach((tag) => {
      tag.firingTriggerId.concat(tag.blockingTriggerId)
        .forEach((id) => this.use(id, used, tag.name));
    });
    this.used = Array.from(used.values(), (trigger) => this.prepared(trigger));
    this.groups = this.used.filter(({ trigger }) => trigger.type === 'TRIGGER_GROUP').map(
      ({ trigger, key }) => ({ key, missing: new Set(membersOf(trigger)), fired: false }));
  }

  use(id, used, user) {
    const trigger = this.byId.get(id) || (own(ALL_PAGES, id) ? ALL_PAGES[id] : null);
    if (!trigger) {
      this.runtime.recorder.error('reference', user, `no trigger with id ${id}`);
      return;
    }
    if (used.has(id)) return;
    used.set(id, trigger);
    if (trigger.type === 'TRIGGER_GROUP') {
      membersOf(trigger).forEach((member) => this.use(member, used, trigger.name));
    }
  }

  /* What an event needs to know of a trigger, read once. */
  prepared(trigger) {
    const rule = own(TRIGGER_EVENTS, trigger.type) ? TRIGGER_EVENTS[trigger.type] : null;
    const custom = trigger.type === 'CUSTOM_EVENT' ? namedEvent(trigger.customEventFilter) : null;
    const ownConditions = custom === null ? listOf(trigger.customEventFilter) : [];
    return {
      trigger,
      rule,
      key: `${this.runtime.version.containerId}_${trigger.triggerId}`,
      event: trigger.type === 'TIMER' ? timerEvent(trigger) : custom || (rule && rule.event),
      conditions: conditionsOf(ownConditions.concat(listOf(trigger.filter))),
      listenerConditions: conditionsOf(trigger.autoEventFilter),
    };
  }

  /* What each used trigger says to the event: [{id, name, type, matched, failed}]. */
  evaluate(eventName) {
    return this.used.map((prepared) => {
      const { triggerId, name, type } = prepared.trigger;
      const failed = this.failure(prepared, eventName);
      return { id: triggerId, name, type, matched: !failed, failed };
    });
  }

  failure({ trigger, rule, event, key, conditions }, eventName) {
    if (!rule) return { event: eventName, wanted: trigger.type };
    // Google compares with a variable, which the page may forbid.
    const isDeaf = this.runtime.isForbidden('e');
    if (event && (isDeaf || eventName !== event)) {
      return trigger.type === 'CUSTOM_EVENT' ? notNamed(eventName, event)
        : { event: eventName, wanted: event };
    }
    if (rule.byId && !this.isNamed(key)) {
      return {
        variable: 'gtm.triggers', operator: 'CONTAINS', negate: false, ignoreCase: false,
        actual: portable(this.runtime.model.get('gtm.triggers', 2)), wanted: key,
      };
    }
    return this.runtime.conditions.firstFailure(conditions);
  }

  /* measured 10: gtm.triggers is empty, or lists this trigger */
  isNamed(key) {
    const listed = this.runtime.model.get('gtm.triggers', 2);
    if (listed === undefined || listed === '') return true;
    return asText(listed).split(',').includes(key);
  }

  /* A group fires once per page, after the event in which its last member fired. */
  countGroups(results) {
    this.groups.forEach((group) => {
      if (group.fired) return;
      results.forEach((result) => { if (result.matched) group.missing.delete(result.id); });
      if (group.missing.size) return;
      group.fired = true;
      this.runtime.later(() => this.runtime.push({
        event: 'gtm.triggerGroup', 'gtm.triggers': group.key,
      }));
    });
  }
}

const notNamed = (actual, wanted) => ({
  variable: '{{_event}}', operator: 'EQUALS', negate: false, ignoreCase: false, actual, wanted,
});

/* The event that a filter asks for by its full name, null when it asks otherwise. */
function namedEvent(filter) {
  const conditions = conditionsOf(filter);
  const [{ type, left, right, negate }] = conditions.length === 1 ? conditions : [{}];
  const isName = type === 'EQUALS' && left === '{{_event}}' && !negate
    && typeof right === 'string' && right !== '' && !right.includes('{{');
  return isName ? right : null;
}

const membersOf = (trigger) => textsOf(parametersOf(trigger).triggerIds);
const timerEvent = (trigger) => textOf(fieldOf(trigger.eventName)) || 'gtm.timer';
