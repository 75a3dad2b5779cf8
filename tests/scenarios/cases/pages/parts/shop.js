const sencha = { item_id: 'TEA-12', item_name: 'Sencha', price: 49.9, quantity: 1 };

function add(value) {
  window.dataLayer.push({ ecommerce: null });
  window.dataLayer.push({ event: 'add_to_cart', ecommerce: { currency: 'PLN', value, items: [sencha] } });
}

document.addEventListener('DOMContentLoaded', () => {
  const on = (selector, action) => document.querySelector(selector).addEventListener('click', action);
  on('#add-to-cart', () => add(49.9));
  on('#camel', () => window.dataLayer.push({ event: 'addToCart' }));
  on('#broken', () => { throw new Error('no such tea'); });
});
