// Runs before the first paint. The choice is kept under 'rapport.theme' as 'light' or 'dark'; without one the
// device decides. Storage can be blocked by the browser: then the device decides too.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem('rapport.theme');
  } catch {
    choice = null;
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  document.querySelector('meta[name="theme-color"]').content = dark ? '#100f0d' : '#f4f2f0';
})();
