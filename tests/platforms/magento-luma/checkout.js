// A stand-in for the checkout: one page, its step in the hash, the quote's totals in an observable, answers in
// [data-role=checkout-messages] of the part that asked. A click handler of Knockout prevents what the browser would do.
window.luma = function (define, observable) {
  'use strict';
  var d = document, totals = observable(window.checkoutConfig.totalsData), chosen;
  define('Magento_Checkout/js/model/quote', { totals: totals });
  function answer(box, type, text) {
    box.innerHTML = '<div class="message message-' + type + ' ' + type + '"><div data-ui-id="checkout-cart-validationmessages-message-' + type + '"></div></div>';
    box.firstChild.firstChild.textContent = text;
    box.hidden = false;
  }
  function go(step) { location.hash = step; d.getElementById('shipping').hidden = d.getElementById('opc-shipping_method').hidden = step === 'payment'; d.getElementById('payment').hidden = step !== 'payment'; }
  go('shipping');
  d.getElementById('co-shipping-method-form').addEventListener('submit', function (event) {
    var code = d.getElementById('KO1'), field = code.closest('.field');
    event.preventDefault();
    if (!code.value) {
      field.classList.add('_error');
      code.setAttribute('aria-invalid', 'true');
      code.setAttribute('aria-describedby', 'error-KO1');
      code.parentNode.insertAdjacentHTML('beforeend', '<div class="field-error" id="error-KO1" generated="true"><span>To pole jest wymagane.</span></div>');
      return;
    }
    setTimeout(function () {
      totals(Object.assign({}, window.checkoutConfig.totalsData, {
        shipping_amount: 12.19, shipping_incl_tax: 14.99, tax_amount: 21.46, grand_total: 93.33,
        total_segments: [{ code: 'subtotal', value: 81.14 }, { code: 'shipping', value: 12.19 }, { code: 'tax', value: 21.46 }, { code: 'grand_total', value: 114.79 }]
      }));
      go('payment');
    }, 300);
  });
  d.querySelectorAll('input[name="payment[method]"]').forEach(function (radio) {
    radio.addEventListener('change', function () {
      chosen = radio.value;
      d.querySelectorAll('.payment-method').forEach(function (el) { el.classList.toggle('_active', el.contains(radio)); });
    });
  });
  d.querySelectorAll('.payment-method .action.checkout').forEach(function (button) {
    button.addEventListener('click', function (event) {
      var method = button.closest('.payment-method'), box = method.querySelector('[data-role=checkout-messages]');
      event.preventDefault();
      if (!method.contains(d.querySelector('input[name="payment[method]"]:checked'))) { return; }
      setTimeout(function () {
        if (window.refuse) { answer(box, 'error', 'Nie udało się. Spróbuj ponownie.'); return; }
        location.assign(chosen === 'bank_redirect' ? window.bank || '/checkout/onepage/success/' : '/checkout/onepage/success/');
      }, 900);
    });
  });
  d.querySelector('#discount-form .action-apply').addEventListener('click', function (event) {
    var box = d.querySelector('.discount-code [data-role=checkout-messages]'), code = d.getElementById('discount-code').value;
    event.preventDefault();
    if (code) { setTimeout(function () { answer(box, code === 'HERBATA5' ? 'success' : 'error', code === 'HERBATA5' ? 'Kod działa.' : 'Nie ma takiego kodu.'); }, 400); }
  });
};
