/* The shop's cookie banner. It stands above the container, so that a choice made on an earlier page is known before
   anything is measured. It speaks as banners do: gtag('consent', 'update', …), then the event that the plan names. */
(function () {
  const KEY = 'shop-consent';
  const TYPES = ['ad_storage', 'ad_user_data', 'ad_personalization', 'analytics_storage'];
  const GRANTED = { all: TYPES, statistics: ['analytics_storage'], none: [] };

  window.dataLayer = window.dataLayer || [];
  window.gtag = window.gtag || function () { window.dataLayer.push(arguments); };

  function tell(choice) {
    const states = {};
    TYPES.forEach((type) => { states[type] = GRANTED[choice].includes(type) ? 'granted' : 'denied'; });
    window.gtag('consent', 'update', states);
  }

  function remembered() {
    const choice = localStorage.getItem(KEY);
    return Object.hasOwn(GRANTED, choice) ? choice : null;
  }

  function choose(choice) {
    localStorage.setItem(KEY, choice);
    tell(choice);
    const event = document.documentElement.dataset.updateEvent;
    if (event) window.dataLayer.push({ event });
  }

  if (remembered()) tell(remembered());

  document.addEventListener('DOMContentLoaded', () => {
    const banner = document.getElementById('cookies');
    banner.hidden = Boolean(remembered());
    banner.addEventListener('click', (event) => {
      const { consent } = event.target.dataset;
      if (!consent) return;
      choose(consent);
      banner.hidden = true;
      document.getElementById('main').focus();
    });
    document.getElementById('cookies-open').addEventListener('click', () => {
      banner.hidden = false;
      banner.querySelector('button').focus();
    });
  });
}());
