// Clicks and links.

/* Capture: the page's stopPropagation and preventDefault do not matter (measured 10). */
function listenToClicks(listeners) {
  listeners.startOnce('clicks', () => {
    document.addEventListener('click', (event) => {
      const target = event.target.nodeType === 3 ? event.target.parentNode : event.target;
      if (target.nodeType === 1) listeners.push(elementData('gtm.click', target));
    }, true);
  });
}

function waitSettings(trigger, key) {
  const timeout = trigger.waitForTagsTimeout && Number(trigger.waitForTagsTimeout.value);
  return {
    key,
    waits: Boolean(trigger.waitForTags && isTrue(trigger.waitForTags.value)),
    validates: Boolean(trigger.checkValidation && isTrue(trigger.checkValidation.value)),
    timeout: timeout || 2000,
  };
}

/* Bubble: a page that stops propagation hides the click (measured 10). */
function listenToLinks(listeners, trigger, key) {
  listeners.links.push(waitSettings(trigger, key));
  listeners.startOnce('linkClicks', () => {
    const handle = (event) => {
      if (event.button !== 2) onLinkClick(listeners, event);
    };
    document.addEventListener('click', handle);
    document.addEventListener('auxclick', handle);
  });
}

function onLinkClick(listeners, event) {
  const link = nearestLink(event.target);
  if (!link) return;
  const interested = listeners.links.filter((item) => !item.validates || !event.defaultPrevented);
  if (!interested.length) return;
  const message = elementData('gtm.linkClick', link, interested.map((item) => item.key));
  const waiting = interested.filter((item) => item.waits);
  if (!waiting.length || event.defaultPrevented || !leavesThisPage(link, event)) {
    listeners.push(message);
    return;
  }
  const goOn = () => { window.location.href = link.href; };
  if (holdBack(listeners, message, longest(waiting), goOn)) event.preventDefault();
}

const longest = (items) => Math.max(...items.map((item) => item.timeout));

function nearestLink(node) {
  let element = node;
  for (let level = 0; element && level <= 100; level += 1) {
    if (/^(a|area)$/i.test(element.tagName || '')) return element;
    element = element.parentElement;
  }
  return null;
}

/* measured 10: only then is there a navigation to wait with */
function leavesThisPage(link, event) {
  const href = attribute(link, 'href');
  if (!href || href.startsWith('#') || event.button !== 0) return false;
  if (event.ctrlKey || event.shiftKey || event.altKey || event.metaKey) return false;
  if (link.target && !/^_(self|parent|top)$/i.test(link.target)) return false;
  return /^(https?|file|javascript):$/.test(link.protocol || '');
}

/* Pushes; true when tags still run, and then `goOn` is called after them or the timeout. */
function holdBack(listeners, message, timeout, goOn) {
  let held = false;
  let finished = false;
  message.eventCallback = once(() => {
    finished = true;
    if (held) goOn();
  });
  message.eventTimeout = timeout;
  held = listeners.push(message) === false;
  if (held && finished) goOn();
  return held;
}
