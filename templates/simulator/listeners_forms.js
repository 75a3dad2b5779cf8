// Forms.

function listenToForms(listeners, trigger, key) {
  listeners.forms.push(waitSettings(trigger, key));
  listeners.startOnce('formSubmits', () => {
    document.addEventListener('submit', (event) => onSubmit(listeners, event));
    const native = HTMLFormElement.prototype.submit;
    listeners.nativeSubmit = native;
    HTMLFormElement.prototype.submit = function () {
      const submit = () => native.call(this);
      if (!onScriptedSubmit(listeners, this, submit)) submit();
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

function onSubmit(listeners, event) {
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
  if (!waiting.length || canceled) {
    listeners.push(message);
    return;
  }
  const goOn = () => {
    carrySubmitter(form, event.submitter);
    listeners.nativeSubmit.call(form);
  };
  if (holdBack(listeners, message, longest(waiting), goOn)) event.preventDefault();
}

/* form.submit() sends no button; the one that was pressed goes along as a hidden field. */
function carrySubmitter(form, button) {
  if (!button || !button.name) return;
  const field = document.createElement('input');
  field.type = 'hidden';
  field.name = button.name;
  field.value = button.value;
  form.appendChild(field);
}

function onScriptedSubmit(listeners, form, submit) {
  if (isPixelForm(form)) return false;
  const message = formMessage(form, listeners.forms, false);
  const waiting = listeners.forms.filter((item) => item.waits);
  if (waiting.length) return holdBack(listeners, message, longest(waiting), submit);
  listeners.push(message);
  return false;
}
