// Forms.

function listenToForms(runtime, trigger, key) {
  listeners.forms.push(waitSettings(trigger, key));
  listeners.startOnce('form submits', () => {
    const native = window.HTMLFormElement.prototype.submit;
    document.addEventListener('submit', (event) => onSubmit(event, native));
    window.HTMLFormElement.prototype.submit = function () {
      if (!onScriptedSubmit(this, native)) native.call(this);
    };
  });
}

// Meta's pixel posts long events through a form; Google's listener leaves those alone.
const isPixelForm = (form) => /facebook\.com\/tr\b/.test(attribute(form, 'action'));

function formMessage(form, items, canceled) {
  const message = elementData('gtm.formSubmit', form, items.map((item) => item.key));
  message['gtm.formCanceled'] = canceled;
  return message;
}

function onSubmit(event, native) {
  const form = event.target;
  if (isPixelForm(form)) return;
  const canceled = event.defaultPrevented;
  const interested = listeners.forms.filter((item) => !item.validates || !canceled);
  if (!interested.length) return;
  const message = formMessage(form, interested, canceled);
  if (event.submitter && event.submitter.formTarget) {
    message['gtm.elementTarget'] = event.submitter.formTarget;
  }
  const waiting = interested.filter((item) => item.waits);
  if (!waiting.length || canceled || !windowOf(attribute(form, 'target'))) {
    listeners.push(message);
    return;
  }
  const goOn = () => withSubmitter(form, event.submitter, () => native.call(form));
  if (holdBack(message, longest(waiting), goOn)) event.preventDefault();
}

/* form.submit() sends no button; the one that was pressed goes along as a hidden field. */
function withSubmitter(form, button, submit) {
  const field = button && button.name ? document.createElement('input') : null;
  if (field) {
    field.type = 'hidden';
    field.name = button.name;
    field.value = button.value;
    form.appendChild(field);
  }
  submit();
  if (field) form.removeChild(field);
}

/* True when the form is held back. */
function onScriptedSubmit(form, native) {
  if (isPixelForm(form)) return false;
  const message = formMessage(form, listeners.forms, false);
  const waiting = listeners.forms.filter((item) => item.waits);
  if (waiting.length && windowOf(attribute(form, 'target'))) {
    return holdBack(message, longest(waiting), () => native.call(form));
  }
  listeners.push(message);
  return false;
}
