// Timers run as ever; __advance(ms) lets what is due within ms happen now, in order, and the clock with it.
(() => {
  const start = window.setTimeout.bind(window), stop = window.clearTimeout.bind(window);
  const clock = Date.now.bind(Date), waiting = new Map();
  let ahead = 0;
  Date.now = () => clock() + ahead;
  window.setTimeout = (task, delay, ...values) => {
    const run = () => {
      waiting.delete(id);
      if (typeof task === 'function') task(...values);
    };
    const id = start(run, delay);
    waiting.set(id, { id, run, at: Date.now() + Math.max(0, Number(delay) || 0) });
    return id;
  };
  window.clearTimeout = (id) => {
    waiting.delete(id);
    stop(id);
  };
  // messages, mutation observers and promises get their turn
  const breath = () => new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(0);
  });
  window.__advance = async (ms) => {
    const end = Date.now() + ms;
    for (;;) {
      const due = [...waiting.values()].filter((timer) => timer.at <= end);
      if (!due.length) break;
      const next = due.sort((a, b) => a.at - b.at || a.id - b.id)[0];
      ahead += Math.max(0, next.at - Date.now());
      stop(next.id);
      try { next.run(); } catch (error) { reportError(error); }
      await breath();
    }
    ahead += Math.max(0, end - Date.now());
  };
})();
// Of the simulator's log of events only names and messages are asked for; the rest is long.
(() => {
  const report = window.__tagkitReport;
  if (!report) return;
  window.__tagkitReport = (kind, value) => report(
    kind, kind === 'event' ? { name: value.name, message: value.message } : value);
})();
