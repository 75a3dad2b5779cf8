// One event: its triggers and its tags.

class Firing {
  constructor(runtime, tags) {
    this.runtime = runtime;
    this.tags = tags;
    this.listenerTags = runtime.listeners.tags();
    this.spent = new Set();
    this.eventId = 0;
    this.started = false;
  }

  numberEvent(message) {
    if (typeof message['gtm.uniqueEventId'] !== 'number') {
      this.eventId += 1;
      message['gtm.uniqueEventId'] = this.eventId;
      this.runtime.model.set('gtm.uniqueEventId', this.eventId);
    }
    return message['gtm.uniqueEventId'];
  }

  /* Runs the tags of an event; true when they hold the page's default action back. */
  dispatch(message) {
    const name = message.event;
    const { recorder, consent, triggers, conditions } = this.runtime;
    const record = {
      id: this.numberEvent(message), name: portable(name), time: now(),
      url: window.location.href, message: portable(message), consent: consent.state(),
      triggers: [], tags: [],
    };
    recorder.begin(record);
    if (name === 'gtm.js') {
      if (this.started) { // measured 1: once per container
        record.ignored = true;
        recorder.event(record);
        return false;
      }
      this.started = true;
    }
    conditions.forget();
    record.triggers = triggers.evaluate(name);
    triggers.countGroups(record.triggers);
    const event = { name, record, ran: new Set(), running: 1, held: false, told: false };
    event.complete = this.completion(message);
    const steps = this.stepsOf(event);
    steps.sort(compareOrder);
    steps.forEach((step) => {
      if (step.listener) step.listener.start();
      else this.runStep(step, event);
    });
    recorder.event(record);
    event.told = true;
    this.release(event);
    return event.held;
  }

  /* The tags and listeners this event starts. */
  stepsOf(event) {
    const results = new Map(event.record.triggers.map((result) => [result.id, result]));
    const steps = [];
    this.tags.forEach((tag) => {
      const by = (tag.firingTriggerId || []).filter((id) => matches(results.get(id)));
      if (!by.length) return;
      const blockers = (tag.blockingTriggerId || []).filter((id) => blocks(results.get(id)));
      if (blockers.length) {
        event.record.tags.push(
          { ...tagEntry(tag, 'main'), status: 'blocked', by, blockedBy: blockers });
      } else {
        steps.push({ tag, by });
      }
    });
    this.listenerTags.forEach((listener) => {
      const starts = listener.event === event.name
        && !this.runtime.conditions.firstFailure(listener.trigger.autoEventFilter);
      if (starts) steps.push({ listener });
    });
    return steps;
  }

  runStep({ tag, by }, event) {
    event.running += 1;
    if (!tag.paused) event.held = true;
    this.runTag(tag, event, { role: 'main', by }, () => this.release(event));
  }

  release(event) {
    event.running -= 1;
    if (event.running === 0) event.complete();
  }

  /* eventCallback runs after all tags, eventTimeout ms at the latest (measured 1). */
  completion(message) {
    const callback = message.eventCallback;
    if (typeof callback !== 'function') return () => {};
    const call = once(() => {
      try {
        callback(this.runtime.publicId);
      } catch (error) {
        this.runtime.recorder.error('eventCallback', String(message.event), error);
      }
    });
    if (Number(message.eventTimeout) > 0) window.setTimeout(call, Number(message.eventTimeout));
    return call;
  }

  // -------------------------------------------------------------- one tag

  /* Setup, then the tag, then teardown; `done(ok)` once the tag itself has ended. */
  runTag(tag, event, how, done) {
    const entry = { ...tagEntry(tag, how.role), status: 'running', by: how.by || [] };
    if (how.of) entry.of = how.of;
    event.record.tags.push(entry);
    const become = (status) => {
      entry.status = status;
      if (event.told) this.runtime.recorder.event(event.record);
    };
    if (tag.paused) {
      become('paused');
      done(false);
      return;
    }
    if (this.isSpent(tag, event)) {
      become('already ran');
      done(true); // measured 7: whoever waits for it just proceeds
      return;
    }
    const finish = (status, ok) => {
      become(status);
      if (status !== 'setup failed') this.tearDown(tag, event, ok);
      done(ok);
    };
    const runMain = () => this.runMain(tag, event, entry, finish);
    this.setUp(tag, event, runMain, () => finish('setup failed', false));
  }

  /* A tag counts as used up even when consent then keeps it from running (measured 7). */
  isSpent(tag, event) {
    const option = tag.tagFiringOption || 'ONCE_PER_EVENT';
    if (option === 'UNLIMITED') return false;
    const ran = option === 'ONCE_PER_LOAD' ? this.spent : event.ran;
    if (ran.has(tag)) return true;
    ran.add(tag);
    return false;
  }

  /* Only the first setup tag counts (measured 8). */
  setUp(tag, event, goOn, giveUp) {
    const [entry] = tag.setupTag || [];
    const setup = entry && this.runtime.tagByName(entry.tagName);
    if (!setup || setup === tag) {
      goOn();
      return;
    }
    this.runTag(setup, event, { role: 'setup', of: tag.name }, (ok) => {
      if (ok || !entry.stopOnSetupFailure) goOn();
      else giveUp();
    });
  }

  tearDown(tag, event, ok) {
    const [entry] = tag.teardownTag || [];
    const teardown = entry && this.runtime.tagByName(entry.tagName);
    if (!teardown || teardown === tag || (!ok && entry.stopTeardownOnFailure)) return;
    event.running += 1;
    this.runTag(teardown, event, { role: 'teardown', of: tag.name }, () => this.release(event));
  }

  runMain(tag, event, entry, finish) {
    const { runtime } = this;
    const missing = missingConsent(tag, runtime.consent);
    if (missing.length) {
      entry.missing = missing;
      finish('no consent', false);
      return;
    }
    const runner = RUNNERS[tag.type];
    if (!runner) {
      entry.parameters = portable(runtime.variables.resolve(parametersOf(tag)));
      finish('would fire', true);
      return;
    }
    runtime.pending += 1;
    const done = once((ok) => {
      runtime.pending -= 1;
      finish(ok ? 'fired' : 'failed', ok);
    });
    const context = { tag: tag.name, eventId: event.record.id };
    try {
      actAs(context, () => runner(runtime, tag, done));
    } catch (error) {
      runtime.recorder.error('tag', tag.name, error);
      done(false);
    }
  }
}

const tagEntry = (tag, role) => ({ id: tag.tagId, name: tag.name, type: tag.type, role });

/* An exception holds when it matches, and also when its condition threw (measured 5). */
const blocks = (result) => matches(result) || Boolean(result && result.failed.broken);
const matches = (result) => Boolean(result && result.matched);

function missingConsent(tag, consent) {
  const settings = tag.consentSettings || {};
  if (settings.consentStatus !== 'NEEDED') return [];
  return parameterValue(settings.consentType || { type: 'LIST' })
    .filter((type) => !consent.isGranted(type));
}
