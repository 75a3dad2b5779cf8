// Clicks and links.

/* Capture: the page's stopPropagation and preventDefault do not matter (measured 10). */
function listenToClicks() {
  listeners.startOnce('clicks', () => {
    document.addEventListener('click', (event) => {
      const target = event.target.nodeType === 3 ? event.target.parentNode : event.target;
      if (target.nodeType === 1) listeners.push(elementData('gtm.click', target));
    }, true);
  });
}

/* Bubble: a page that stops propagation hides the click (measured 10). */
function listenToLinks(runtime, trigger, key) {
  listeners.links.push(waitSettings(trigger, key));
  listeners.startOnce('link clicks', () => {
    let last = 0;
    const handle = (event) => {
      if (event.button === 2 || (event.timeStamp && event.timeStamp === last)) return;
      last = event.timeStamp;
      onLinkClick(event);
    };
    document.addEventListener('click', handle);
    document.addEventListener('auxclick', handle);
  });
}

function onLinkClick(event) {
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
  const goOn = () => { windowOf(link.target).location.href = link.href; };
  if (holdBack(message, longest(waiting), goOn)) event.preventDefault();
}

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
  if (event.button !== 0 || event.ctrlKey || event.shiftKey || event.altKey || event.metaKey) {
    return false;
  }
  const { href } = link;
  if (typeof href !== 'string' || !href || !windowOf(link.target)) return false;
  if (href.includes('#') && withoutFragment(href) === withoutFragment(window.location.href)) {
    return false;
  }
  return /^(https?|file|javascript):$/.test(link.protocol || '');
}
