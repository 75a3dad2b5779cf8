// The public face; docs/simulator.md has the options and the record.

/* Starts a container. It never throws: what keeps a container from running stands in `errors`. */
function start(containerExport, options) {
  const given = isPlainObject(options) ? options : {};
  publishAt(given.origin);
  const recorder = new Recorder(given.report);
  intercept(given.block);
  try {
    return new Runtime(containerExport, given, recorder).start();
  } catch (error) {
    recorder.error('container', '', error);
    return null;
  }
}

window.TagkitSimulator = { start, intercept, es6Features };
