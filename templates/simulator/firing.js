// One event: its triggers and its tags.

/* Google tags start before all others of an event, the conversion linker first (measured 7). */
const ENTITY_PRIORITY = { gclidw: 100, googtag: 10, gaawc: 10 };

/* Order inside one event: entity, user priority, then templates, listeners, Custom HTML. */
function orderOf(step) {
  if (step.listener) return [0, 0, 1, Number(step.listener.trigger.triggerId)];
  const { tag } = step;
  const place = tag.type === 'html' ? 2 : 0;
  return [-(ENTITY_PRIORITY[tag.type] || 0), -tag.priority, place, Number(tag.tagId) || 0];
}

function inOrder(steps) {
  return steps.map((step) => ({ step, order: orderOf(step) })).sort((left, right) => {
    const at = left.order.findIndex((value, index) => value !== right.order[index]);
    return at < 0 ? 0 : left.order[at] - right.order[at];
  }).map(({ step }) => step);
}

class Firing {
  constructor(runtime) {
    this.runtime = runtime;
    this.tags = runtime.version.tags;
    this.listeners = listenersOf(runtime);
    this.ranOnPage = new Map();
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
    const { recorder, consent, triggers, conditions } = this.runtime;
    const name = asText(message.event);
    const record = {
      id: this.numberEvent(message), name, time: now(), url: pageUrl(),
      message: portable(message), consent: consent.state(), triggers: [], tags: [],
    };
    recorder.begin(record);
    this.runtime.eventName = name;
    if (name === 'gtm.js') {
      if (this.started) { // measured 1: once per container
        record.ignored = true;
        recorder.event(record);
        return false;
      }
      this.started = true;
    }
    conditions.forget();
    this.runtime.forbidden = restrictionsOf(this.runtime.model);
    record.triggers = triggers.evaluate(name);
    triggers.countGroups(record.triggers);
    const event = { name, record, ran: new Map(), running: 1, told: false };
    event.complete = this.completion(message);
    const steps = inOrder(this.stepsOf(event));
    steps.forEach((step) => {
      if (step.listener) this.startListener(step.listener);
      else this.runStep(step, event);
    });
    recorder.event(record);
    event.told = true;
    this.release(event);
    return steps.some(({ tag }) => tag && !tag.paused);
  }

  /* The tags and listeners this event starts. */
  stepsOf(event) {
    const results = new Map(event.record.triggers.map((result) => [result.id, result]));
    const steps = [];
    this.tags.forEach((tag) => {
      const by = tag.firingTriggerId.filter((id) => matches(results.get(id)));
      if (!by.length) return;
      const blockedBy = tag.blockingTriggerId.filter((id) => blocks(results.get(id)));
      if (this.isForbidden(tag)) blockedBy.push('gtm.blocklist');
      if (!isDue(tag)) blockedBy.push('schedule');
      if (tag.liveOnly && this.runtime.options.debug) blockedBy.push('liveOnly');
      if (blockedBy.length) {
        event.record.tags.push({ ...tagEntry(tag, 'main'), status: 'blocked', by, blockedBy });
      } else {
        steps.push({ tag, by });
      }
    });
    this.listeners.forEach((listener) => {
      const starts = listener.event === event.name
        && !this.runtime.conditions.firstFailure(listener.conditions);
      if (starts) steps.push({ listener });
    });
    return steps;
  }

  /* A setup tag that the page forbids takes its main tag with it (measured 8). */
  isForbidden(tag, chain = new Set()) {
    if (this.runtime.isForbidden(tag.type)) return true;
    const setup = this.partner(tag, tag.setupTag);
    if (!setup || chain.has(setup)) return false;
    return this.isForbidden(setup, chain.add(tag));
  }

  startListener(listener) {
    try {
      listener.start();
    } catch (error) {
      this.runtime.recorder.error('trigger', listener.trigger.name, error);
    }
  }

  runStep({ tag, by }, event) {
    event.running += 1;
    const end = once(() => this.release(event));
    const next = { success: end, failure: end, terminate: end };
    this.runTag(tag, event, { role: 'main', by, chain: new Set() }, next);
  }

  release(event) {
    event.running -= 1;
    if (event.running === 0) event.complete();
  }

  /* eventCallback runs after all tags, eventTimeout ms at the latest (measured 1). */
  completion(message) {
    const callback = message.eventCallback;
    if (typeof callback !== 'function') return () => {};
    const call = once(() => this.runtime.later(() => {
      try {
        callback(this.runtime.publicId);
      } catch (error) {
        this.runtime.recorder.error('eventCallback', asText(message.event), error);
      }
    }));
    if (Number(message.eventTimeout) > 0) window.setTimeout(call, Number(message.eventTimeout));
    return call;
  }

  // ------------------------------------------------------------------ one tag

  /* Setup, then the tag, then teardown, then what waits for it: next.success or next.failure;
   * next.terminate ends the whole sequence. */
  runTag(tag, event, how, next) {
    const entry = { ...tagEntry(tag, how.role), status: 'running', by: how.by || [] };
    if (how.of) entry.of = how.of;
    event.record.tags.push(entry);
    const become = (status) => {
      entry.status = status;
      if (event.told) this.runtime.recorder.event(event.record);
    };
    if (how.chain.has(tag)) {
      this.runtime.recorder.error('sequence', tag.name, 'the tag comes up in its own sequence');
      become('failed');
      next.terminate();
      return;
    }
    if (tag.paused) {
      become('paused');
      this.runtime.later(next.failure);
      return;
    }
    const chain = new Set(how.chain).add(tag);
    const after = this.teardownOf(tag, event, chain, next);
    const main = () => this.runOnce(tag, event, { entry, become }, after);
    const [link] = tag.setupTag;
    const setup = this.partner(tag, tag.setupTag);
    if (!setup) {
      main();
      return;
    }
    this.runTag(setup, event, { role: 'setup', of: tag.name, chain }, {
      success: main,
      failure: !isTrue(link.stopOnSetupFailure) ? main : () => {
        become('setup failed');
        next.terminate();
      },
      terminate: () => {
        become('setup failed');
        next.terminate();
      },
    });
  }

  /* Only the first setup and teardown tag count (measured 8). */
  partner(tag, [link]) {
    const other = link && this.runtime.tagByName(link.tagName);
    return other && other !== tag ? other : null;
  }

  teardownOf(tag, event, chain, next) {
    const [link] = tag.teardownTag;
    const teardown = this.partner(tag, tag.teardownTag);
    if (!teardown) return next;
    const run = () => this.runTag(
      teardown, event, { role: 'teardown', of: tag.name, chain }, next);
    return { success: run, failure: isTrue(link.stopTeardownOnFailure) ? next.terminate : run };
  }

  /* A tag that has run gives whoever refers to it again the end it came to (measured 7). Consent
   * that is missing uses it up as well. */
  runOnce(tag, event, shown, after) {
    const end = (ok) => (ok ? after.success() : after.failure());
    if (tag.tagFiringOption === 'UNLIMITED') {
      this.runMain(tag, event, shown, end);
      return;
    }
    const runs = tag.tagFiringOption === 'ONCE_PER_LOAD' ? this.ranOnPage : event.ran;
    const run = runs.get(tag);
    if (run) {
      shown.become('already ran');
      if (run.ended) end(run.ok);
      else run.waiting.push(end);
      return;
    }
    const current = { ended: false, ok: false, waiting: [end] };
    runs.set(tag, current);
    this.runMain(tag, event, shown, (ok) => {
      current.ended = true;
      current.ok = ok;
      current.waiting.splice(0).forEach((call) => call(ok));
    });
  }

  runMain(tag, event, { entry, become }, end) {
    const { runtime } = this;
    const missing = missingConsent(tag, runtime.consent);
    if (missing.length) {
      entry.missing = missing;
      become('no consent');
      end(false);
      return;
    }
    runtime.pending += 1;
    const done = once((ok, status) => {
      runtime.pending -= 1;
      become(status || (ok ? 'fired' : 'failed'));
      // A tag of Google's own or of a template tells its end a moment later.
      if (tag.type === 'html') end(ok);
      else runtime.later(() => end(ok));
    });
    const context = { tag: tag.name, eventId: event.record.id };
    const runner = own(RUNNERS, tag.type) ? RUNNERS[tag.type] : showTag;
    // A tag that waited for its setup tag still reads its own event.
    const current = runtime.eventName;
    runtime.eventName = event.name;
    try {
      actAs(context, () => runner(runtime, tag, done, entry));
    } catch (error) {
      runtime.recorder.error('tag', tag.name, error);
      done(false);
    } finally {
      runtime.eventName = current;
    }
  }
}

const tagEntry = (tag, role) => ({ id: tag.tagId, name: tag.name, type: tag.type, role });

/* An exception holds when it matches, and also when its condition threw (measured 5). */
const blocks = (result) => matches(result) || Boolean(result && result.failed.broken);
const matches = (result) => Boolean(result && result.matched);

/* Whether the tag's schedule, in milliseconds since 1970, allows it now. */
const isDue = ({ startMs, endMs }) => (
  (!startMs || Date.now() >= startMs) && (!endMs || Date.now() <= endMs));

function missingConsent(tag, consent) {
  const settings = isPlainObject(tag.consentSettings) ? tag.consentSettings : {};
  if (settings.consentStatus !== 'NEEDED' || !isPlainObject(settings.consentType)) return [];
  return textsOf(listOf(parameterValue(settings.consentType)))
    .filter((type) => !consent.isGranted(type));
}
