// As much of jQuery as WooCommerce needs to tell of itself: its events are not events of the document.
window.jQuery = (function () {
  const told = new WeakMap();
  function listOf(x) {
    if (typeof x === 'string') return [...document.querySelectorAll(x)];
    if (x && x.nodes) return x.nodes;
    return x ? [x] : [];
  }
  function call(node, event, values) {
    for (const { type, css, fn } of told.get(node) || []) {
      if (type === event.type && (!css || event.target.closest(css)) && fn.call(node, event, ...values) === false) event.preventDefault();
    }
  }
  function $(x) {
    const nodes = listOf(x);
    return {
      0: nodes[0], length: nodes.length, nodes,
      on(types, css, fn) {
        for (const node of nodes) for (const type of types.split(' ')) {
          if (!told.has(node)) told.set(node, []);
          told.get(node).push({ type, css: fn && css, fn: fn || css });
          if (/^(click|submit|change)$/.test(type)) node.addEventListener(type, (event) => call(node, event, []));
        }
        return this;
      },
      trigger(type, values = []) {
        for (const target of nodes) for (let node = target; node; node = node.parentNode) call(node, { type, target, preventDefault() {} }, values);
        return this;
      },
      data(key) { return nodes[0] && nodes[0].dataset[key.replace(/-([a-z])/g, (all, c) => c.toUpperCase())]; },
    };
  }
  return $;
})();
