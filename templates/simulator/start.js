// The public face.

/* Starts the container; docs/simulator.md has the options and the record. */
function start(containerExport, options = {}) {
  return new Runtime(containerExport, options).start();
}

window.TagkitSimulator = { start, intercept, es6Features };
